//! Context of a deserialization.

use super::document::DocumentSeed;
use super::format::Format;
use super::scalar::Rejection;
use super::trace::Trace;
use crate::schema::{Kind, Member};
use serde_core::de::Error;

/// Context shared by all steps of one deserialization.
pub(super) struct Reader<'r, F> {
    pub(super) format: &'r F,
    pub(super) trace: &'r Trace,
}

impl<F> Clone for Reader<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Reader<'_, F> {}

impl<'r, F: Format> Reader<'r, F> {
    pub(super) fn document_seed(self) -> DocumentSeed<'r> {
        DocumentSeed::new(self.trace)
    }

    /// Returns the error of a value that cannot be stored in a member. It contains the kinds, but not the
    /// value.
    #[cold]
    pub(super) fn reject<E: Error>(self, member: &Member, rejection: Rejection) -> E {
        let kind = describe(member.target.kind);
        self.trace.fail_read(match rejection {
            Rejection::Mismatch(found) => format!("expected {kind}, found {found}"),
            Rejection::OutOfRange => format!("number out of range for {kind}"),
            Rejection::Invalid(message) => message,
        })
    }
}

/// Returns a kind with its article, for messages.
pub(super) fn describe(kind: Kind) -> &'static str {
    match kind {
        Kind::Blob => "a blob",
        Kind::Boolean => "a boolean",
        Kind::String => "a string",
        Kind::Byte => "a byte",
        Kind::Short => "a short",
        Kind::Integer => "an integer",
        Kind::Long => "a long",
        Kind::Float => "a float",
        Kind::Double => "a double",
        Kind::BigInteger => "a big integer",
        Kind::BigDecimal => "a big decimal",
        Kind::Timestamp => "a timestamp",
        Kind::Document => "a document",
        Kind::List => "a list",
        Kind::Map => "a map",
        Kind::Structure => "a structure",
        Kind::Union => "a union",
    }
}
