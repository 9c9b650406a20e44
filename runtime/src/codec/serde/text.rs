//! Conversion of strings to the types of members.

use super::format::Format;
use super::reader::Reader;
use super::scalar::Rejection;
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
    /// Stores a string in the slot of a member.
    pub(super) fn store_text<E: Error>(
        self,
        member: &'static Member,
        slot: Slot<'_>,
        text: &str,
    ) -> Result<(), E> {
        let has_text_forms = self.format.has_text_forms();
        let stored = match slot {
            Slot::Unit => Ok(()),
            // The slot is usually empty: a new string is cheaper than growing it.
            Slot::String(slot) => {
                *slot = text.to_owned();
                Ok(())
            }
            Slot::Enum(slot) => {
                slot.set(text.to_owned());
                Ok(())
            }
            Slot::Blob(slot) if has_text_forms => match BASE64.decode(text) {
                Ok(blob) => {
                    *slot = blob.into();
                    Ok(())
                }
                Err(_) => Err(Rejection::Invalid("invalid base64".to_owned())),
            },
            Slot::Timestamp(slot) => match Timestamp::parse(text, self.format.timestamp_format(member)) {
                Ok(timestamp) => {
                    *slot = timestamp;
                    Ok(())
                }
                Err(error) => Err(Rejection::Invalid(error.to_string())),
            },
            Slot::Float(slot) if has_text_forms => non_finite(text).map(|value| *slot = value as f32),
            Slot::Double(slot) if has_text_forms => non_finite(text).map(|value| *slot = value),
            Slot::Blob(_)
            | Slot::Body(_)
            | Slot::Boolean(_)
            | Slot::Byte(_)
            | Slot::Short(_)
            | Slot::Integer(_)
            | Slot::IntEnum(_)
            | Slot::Long(_)
            | Slot::Float(_)
            | Slot::Double(_)
            | Slot::BigInteger(_)
            | Slot::BigDecimal(_)
            | Slot::Document(_)
            | Slot::List(_)
            | Slot::Map(_)
            | Slot::Structure(_)
            | Slot::Union(_) => Err(MISMATCH),
        };
        stored.map_err(|rejection| self.reject(member, rejection))
    }
}

const MISMATCH: Rejection = Rejection::Mismatch("a string");

/// Returns the NaN or infinity that a string names.
fn non_finite(text: &str) -> Result<f64, Rejection> {
    non_finite::value(text).ok_or(MISMATCH)
}
