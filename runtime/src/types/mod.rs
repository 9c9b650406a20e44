//! Types that members hold and Rust's standard library lacks.

mod big_number;
mod body;
mod calendar;
pub(crate) mod non_finite;
mod timestamp;
mod unknown_variant;

pub use big_number::{BigDecimal, BigInteger, NotANumber};
pub use body::Body;
#[cfg(feature = "blocking")]
pub use body::BodyReader;
pub use bytes::Bytes;
pub use timestamp::{Timestamp, TimestampError, TimestampFormat};
pub use unknown_variant::UnknownVariant;

/// An untyped value, shape [`document`](https://smithy.io/2.0/spec/simple-types.html#document). It is
/// `serde_json`'s value, so `serde_json::json!` writes one.
pub use serde_json::Value as Document;
