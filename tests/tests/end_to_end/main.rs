//! The generated Sign-In client against a server on loopback.

mod bodies;
mod connections;
mod declared_errors;
mod endpoints;
mod error_codes;
mod grants;
mod support;
