//! Conversion of scalars to the types of members.

use super::format::Format;
use super::reader::Reader;
use super::scalar::{Rejection, Scalar};
use crate::schema::Member;
use crate::shape::Slot;
use crate::types::{Timestamp, non_finite};
use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_core::de::Error;

/// Base64 with the standard alphabet. Padding is optional when decoding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl<F: Format> Reader<'_, F> {
    /// Stores a scalar in the slot of a member.
    #[inline]
    pub(super) fn store<E: Error>(
        self,
        member: &'static Member,
        slot: Slot<'_>,
        scalar: Scalar<'_>,
    ) -> Result<(), E> {
        let stored = match slot {
            Slot::Unit => Ok(()),
            Slot::Boolean(slot) => scalar.boolean().map(|value| *slot = value),
            // The slot is usually empty: a new string is cheaper than growing it.
            Slot::String(slot) => scalar.text().map(|text| *slot = text),
            Slot::Enum(slot) => scalar.text().map(|text| slot.set(text)),
            Slot::Byte(slot) => scalar.integer().map(|value| *slot = value),
            Slot::Short(slot) => scalar.integer().map(|value| *slot = value),
            Slot::Integer(slot) => scalar.integer().map(|value| *slot = value),
            Slot::IntEnum(slot) => scalar.integer().map(|value| slot.set(value)),
            Slot::Long(slot) => scalar.integer().map(|value| *slot = value),
            Slot::Float(slot) => {
                let named = self.non_finite(&scalar).map(|value| Ok(value as f32));
                named.unwrap_or_else(|| scalar.float()).map(|value| *slot = value)
            }
            Slot::Double(slot) => {
                let named = self.non_finite(&scalar).map(Ok);
                named.unwrap_or_else(|| scalar.double()).map(|value| *slot = value)
            }
            Slot::BigInteger(slot) => scalar.big_integer().map(|value| *slot = value),
            Slot::BigDecimal(slot) => scalar.big_decimal().map(|value| *slot = value),
            Slot::Timestamp(slot) => self.timestamp(member, &scalar).map(|value| *slot = value),
            Slot::Blob(slot) => self.blob(&scalar).map(|value| *slot = value.into()),
            Slot::Document(slot) => scalar.document().map(|value| *slot = value),
            Slot::Body(_) | Slot::List(_) | Slot::Map(_) | Slot::Structure(_) | Slot::Union(_) => {
                scalar.mismatch()
            }
        };
        stored.map_err(|rejection| self.reject(member, rejection))
    }

    /// Returns the NaN or infinity that a string names.
    fn non_finite(self, scalar: &Scalar<'_>) -> Option<f64> {
        match scalar {
            Scalar::Text(text) if self.format.has_text_forms() => non_finite::value(text),
            _ => None,
        }
    }

    fn timestamp(self, member: &'static Member, scalar: &Scalar<'_>) -> Result<Timestamp, Rejection> {
        match scalar {
            Scalar::Timestamp(value) => Ok(*value),
            Scalar::Text(text) => Timestamp::parse(text, self.format.timestamp_format(member))
                .map_err(|error| Rejection::Invalid(error.to_string())),
            other => other.mismatch(),
        }
    }

    fn blob(self, scalar: &Scalar<'_>) -> Result<Vec<u8>, Rejection> {
        match scalar {
            Scalar::Blob(blob) => Ok(blob.to_vec()),
            Scalar::Text(text) if self.format.has_text_forms() => {
                BASE64.decode(text).map_err(|_| Rejection::Invalid("invalid base64".to_owned()))
            }
            other => other.mismatch(),
        }
    }
}
