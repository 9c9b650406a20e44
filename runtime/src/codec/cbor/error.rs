//! What ends the reading or writing of CBOR. Never holds a value.

use serde_core::{de, ser};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CborError {
    /// The bytes are not CBOR, or cut short.
    Malformed,
    /// Arrays and maps within each other, more than anybody needs.
    TooDeep,
    /// More comes after the value.
    Trailing,
    /// The value is not one that was expected; what is wrong has been taken down elsewhere.
    Data,
}

impl fmt::Display for CborError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "malformed CBOR, or cut short,",
            Self::TooDeep => "CBOR nested too deeply",
            Self::Trailing => "CBOR followed by more bytes",
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
