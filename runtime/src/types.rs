//! Types of Smithy values that the standard library lacks.

pub(crate) mod base64_text;
mod big_number;
mod body;
mod calendar;
mod into_bytes;
mod into_value;
pub(crate) mod non_finite;
mod timestamp;
mod unknown_value;
mod unknown_variant;

pub use big_number::{BigDecimal, BigInteger, InvalidNumber};
pub(crate) use body::BodyEnd;
#[cfg(feature = "blocking")]
pub use body::BodyReader;
pub use body::{Body, BodyError};
pub use bytes::Bytes;
pub use into_bytes::IntoBytes;
pub use into_value::IntoValue;
pub use timestamp::{Timestamp, TimestampError, TimestampFormat};
pub use unknown_value::{UnknownInt, UnknownValue};
pub use unknown_variant::UnknownVariant;

/// An untyped value, shape [`document`](https://smithy.io/2.0/spec/simple-types.html#document). It is an
/// alias of [`serde_json::Value`], which `serde_json::json!` creates.
pub use serde_json::Value as Document;
