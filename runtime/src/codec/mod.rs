//! Schema-driven codecs: shape values to bytes and back.

#[cfg(feature = "cbor")]
pub mod cbor;
mod error;
pub mod json;
mod members;
mod serde;

pub use error::{ReadError, WriteError};
pub use members::Members;
