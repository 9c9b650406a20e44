//! What generated client crates stand on.
