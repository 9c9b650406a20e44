//! Transports over real connections on loopback.

mod cancellation;
mod chunks;
mod connecting;
mod http2;
mod mock;
mod pool;
mod proxies;
mod responses;
mod support;
mod throughput;
mod tls;
mod tower;
