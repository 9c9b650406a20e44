//! Conversion of strings to the types of members.

use super::format::Format;
use super::reader::Reader;
use super::scalar::Rejection;
use crate::schema::Member;
use crate::shape::Slot;
use crate::types::{Timestamp, base64_text, non_finite};
use serde_core::de::Error;

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
            Slot::Blob(slot) if has_text_forms => match base64_text::decode(text) {
                Some(blob) => {
                    *slot = blob.into();
                    Ok(())
                }
                None => Err(Rejection::Invalid("invalid base64".to_owned())),
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
