//! The generated Sign-In client against a server on loopback.

mod bodies;
mod calls;
mod concurrency;
mod connections;
mod declared_errors;
mod endpoints;
mod error_codes;
mod events;
mod metadata;
mod retries;
mod sans_io;
mod support;
mod timeouts;
mod tls;
mod transports;
mod wire_format;
