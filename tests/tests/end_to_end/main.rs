//! The generated Sign-In client against a server on loopback.

mod endpoints;
mod grants;
