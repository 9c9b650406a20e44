//! Transports over real connections on loopback.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that cannot do its part fails the test")]

mod cancelling;
mod connecting;
mod http2;
mod mock;
mod pool;
mod proxies;
mod responses;
mod support;
mod tls;
mod tower;
