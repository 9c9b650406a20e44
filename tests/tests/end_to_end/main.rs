//! The generated Sign-In client against a server on loopback.

mod bodies;
mod calls;
mod concurrency;
mod connections;
mod declared_errors;
mod endpoints;
mod error_codes;
mod grants;
mod retries;
mod sans_io;
mod support;
mod timeouts;
mod transports;
