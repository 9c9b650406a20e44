//! Values without members, as they are in documents.

use crate::types::{BigDecimal, BigInteger, Bytes, Document, Timestamp};

/// Largest magnitude up to which `f64` represents every integer (2^53).
const MAX_EXACT_INTEGER: f64 = 9_007_199_254_740_992.0;

/// A value read from a document that is neither a string nor a list or map.
pub(in crate::codec) enum Scalar<'v> {
    Boolean(bool),
    Integer(i64),
    /// A number that is not an `i64`.
    Real(f64),
    Blob(&'v [u8]),
    BigInteger(BigInteger),
    BigDecimal(BigDecimal),
    Timestamp(Timestamp),
    Document(Document),
}

/// The reason that a value cannot be stored in a member.
pub(super) enum Rejection {
    /// The value has another type, which is described here.
    Mismatch(&'static str),
    /// The number does not fit into the type of the member.
    OutOfRange,
    /// The text is invalid. Holds the message, which does not contain the text.
    Invalid(String),
}

impl Scalar<'_> {
    /// Rejects the value because of its type.
    #[inline]
    pub(super) fn mismatch<T>(&self) -> Result<T, Rejection> {
        Err(Rejection::Mismatch(match self {
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) | Self::Real(_) | Self::BigInteger(_) | Self::BigDecimal(_) => "a number",
            Self::Blob(_) => "a blob",
            Self::Timestamp(_) => "a timestamp",
            Self::Document(_) => "a document",
        }))
    }

    #[inline]
    pub(super) fn boolean(&self) -> Result<bool, Rejection> {
        match self {
            Self::Boolean(value) => Ok(*value),
            _ => self.mismatch(),
        }
    }

    /// Returns an integer. Accepts whole numbers such as `1.0` and `1e3` that `f64` represents exactly.
    #[inline]
    pub(super) fn integer<T: TryFrom<i64>>(&self) -> Result<T, Rejection> {
        let value = match self {
            Self::Integer(value) => *value,
            Self::Real(value) if value.fract() != 0.0 => {
                return Err(Rejection::Mismatch("a number with a fraction"));
            }
            Self::Real(value) if value.abs() > MAX_EXACT_INTEGER => return Err(Rejection::OutOfRange),
            Self::Real(value) => *value as i64,
            _ => return self.mismatch(),
        };
        value.try_into().map_err(|_| Rejection::OutOfRange)
    }

    #[inline]
    pub(super) fn float(&self) -> Result<f32, Rejection> {
        match self {
            Self::Integer(value) => Ok(*value as f32),
            Self::Real(value) if value.is_finite() && (*value as f32).is_infinite() => {
                Err(Rejection::OutOfRange)
            }
            Self::Real(value) => Ok(*value as f32),
            _ => self.mismatch(),
        }
    }

    #[inline]
    pub(super) fn double(&self) -> Result<f64, Rejection> {
        match self {
            Self::Integer(value) => Ok(*value as f64),
            Self::Real(value) => Ok(*value),
            _ => self.mismatch(),
        }
    }

    #[inline]
    pub(super) fn blob(&self) -> Result<Bytes, Rejection> {
        match self {
            Self::Blob(blob) => Ok(blob.to_vec().into()),
            _ => self.mismatch(),
        }
    }

    #[inline]
    pub(super) fn timestamp(&self) -> Result<Timestamp, Rejection> {
        match self {
            Self::Timestamp(value) => Ok(*value),
            _ => self.mismatch(),
        }
    }

    #[inline]
    pub(super) fn big_integer(self) -> Result<BigInteger, Rejection> {
        match self {
            Self::BigInteger(value) => Ok(value),
            other => other.mismatch(),
        }
    }

    #[inline]
    pub(super) fn big_decimal(self) -> Result<BigDecimal, Rejection> {
        match self {
            Self::BigDecimal(value) => Ok(value),
            other => other.mismatch(),
        }
    }

    #[inline]
    pub(super) fn document(self) -> Result<Document, Rejection> {
        match self {
            Self::Document(value) => Ok(value),
            other => other.mismatch(),
        }
    }
}
