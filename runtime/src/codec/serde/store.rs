//! Conversion of scalars to the types of members.

use super::format::Format;
use super::reader::Reader;
use super::scalar::Scalar;
use crate::schema::Member;
use crate::shape::Slot;
use serde_core::de::Error;

impl<F: Format> Reader<'_, F> {
    /// Stores a scalar in the slot of a member.
    // Inlined where the kind of scalar is known, so that only the conversions from it are compiled.
    #[inline(always)]
    pub(super) fn store<E: Error>(
        self,
        member: &'static Member,
        slot: Slot<'_>,
        scalar: Scalar<'_>,
    ) -> Result<(), E> {
        let stored = match slot {
            Slot::Unit => Ok(()),
            Slot::Boolean(slot) => scalar.boolean().map(|value| *slot = value),
            Slot::Byte(slot) => scalar.integer().map(|value| *slot = value),
            Slot::Short(slot) => scalar.integer().map(|value| *slot = value),
            Slot::Integer(slot) => scalar.integer().map(|value| *slot = value),
            Slot::IntEnum(slot) => scalar.integer().map(|value| slot.set(value)),
            Slot::Long(slot) => scalar.integer().map(|value| *slot = value),
            Slot::Float(slot) => scalar.float().map(|value| *slot = value),
            Slot::Double(slot) => scalar.double().map(|value| *slot = value),
            Slot::BigInteger(slot) => scalar.big_integer().map(|value| *slot = value),
            Slot::BigDecimal(slot) => scalar.big_decimal().map(|value| *slot = value),
            Slot::Timestamp(slot) => scalar.timestamp().map(|value| *slot = value),
            Slot::Blob(slot) => scalar.blob().map(|value| *slot = value),
            Slot::Document(slot) => scalar.document().map(|value| *slot = value),
            Slot::String(_)
            | Slot::Enum(_)
            | Slot::Body(_)
            | Slot::List(_)
            | Slot::Map(_)
            | Slot::Structure(_)
            | Slot::Union(_) => scalar.mismatch(),
        };
        stored.map_err(|rejection| self.reject(member, rejection))
    }
}
