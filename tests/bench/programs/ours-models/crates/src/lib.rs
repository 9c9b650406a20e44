//! Nothing: what it depends on is built.
