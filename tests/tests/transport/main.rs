//! Transports over real connections on loopback.
#![allow(clippy::unwrap_used, clippy::panic, reason = "panics fail the test")]

mod cancellation;
mod connecting;
mod http2;
mod mock;
mod pool;
mod proxies;
mod responses;
mod support;
mod tls;
mod tower;
