//! The runtime library of generated client crates: client, schemas, codecs, protocols and transports.
#![cfg_attr(
    not(any(feature = "async", feature = "blocking")),
    allow(dead_code, reason = "calls are executed by the async or blocking mode only")
)]

pub mod auth;
#[cfg(feature = "blocking")]
mod block_on;
mod boxed;
mod cache;
pub mod client;
pub mod codec;
pub mod endpoint;
pub mod error;
pub mod guide;
mod one_line;
pub mod operation;
mod percent;
pub mod protocol;
pub mod schema;
pub mod service;
mod set_optional;
pub mod shape;
pub mod testing;
pub mod transport;
pub mod types;

pub use error::{Error, ErrorKind};
pub use operation::AnyError;
pub use set_optional::SetOptional;

#[cfg(test)]
mod test_shapes;
