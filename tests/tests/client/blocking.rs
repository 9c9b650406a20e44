//! Blocking clients against servers on loopback.

mod calls;
mod connections;
mod proxies;
mod requests;
mod streams;
mod support;
mod timeouts;
mod tls;
mod transports;
