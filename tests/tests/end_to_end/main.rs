//! The generated Sign-In client against a server on loopback.

mod bodies;
mod endpoints;
mod grants;
mod support;
