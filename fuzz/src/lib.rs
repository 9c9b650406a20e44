//! Bodies of the fuzz targets, which read arbitrary bytes as a response.
//!
//! Reading must not panic, hang, or use more memory than a multiple of the response ([`memory`]). A value
//! that was read can be written, and reading it back returns the same value, with floats compared by their
//! bits.

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
