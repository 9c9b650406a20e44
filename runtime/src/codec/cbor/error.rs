//! Error of the CBOR serializer and deserializer. Never contains a value.

use serde_core::{de, ser};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CborError {
    /// The bytes are malformed or truncated.
    Malformed,
    /// Arrays and maps are nested beyond the limit.
    TooDeep,
    /// Bytes follow the top-level value.
    Trailing,
    /// The value has an unexpected type. The message is recorded in the `Trace`.
    Data,
}

impl fmt::Display for CborError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "malformed or truncated CBOR",
            Self::TooDeep => "CBOR nested too deeply",
            Self::Trailing => "trailing bytes after the CBOR value",
            Self::Data => "unexpected CBOR",
        })
    }
}

impl std::error::Error for CborError {}

impl de::Error for CborError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Data
    }
}

impl ser::Error for CborError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Data
    }
}
