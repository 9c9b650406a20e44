//! What the fuzz targets do with any bytes: read them as a service's answer.
//!
//! Nothing may panic, hang, or take more memory than a multiple of the answer ([`memory`]). A value that
//! could be read can be written, and what was written reads as the same value, floats bit for bit.

mod cbor;
mod headers;
mod json;
mod memory;
mod operations;
mod round_trip;
mod same;

pub use cbor::cbor;
pub use headers::headers;
pub use json::json;
