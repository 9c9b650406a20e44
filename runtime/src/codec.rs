//! Data formats: documents of shape values to bytes and back.
//!
//! [`Codec`] is the interface of a format, for the protocols.

#[cfg(feature = "cbor")]
pub mod cbor;
mod error;
mod error_body;
pub mod json;
mod members;
mod serde;
mod source;

pub use error::{ReadError, WriteError};
pub use error_body::ErrorBody;
pub use members::Members;
pub use source::Source;
pub(crate) use source::{DEFAULT_MAX_MEMORY, MaxParsedMemory};

use crate::schema::Member;
use crate::shape::{Structure, Value, View};
use std::fmt;

/// A data format, with the settings of a protocol.
///
/// A document is the serialized form of a structure, or of the member that is bound to the
/// [payload](https://smithy.io/2.0/spec/http-bindings.html#httppayload-trait) of a message. A format whose
/// documents have a name, such as XML, finds it in the schema of the structure or in the member.
pub trait Codec: fmt::Debug + Send + Sync {
    /// Returns the media type of documents.
    fn media_type(&self) -> &'static str;

    /// Serializes the selected members of a structure. Unset optional members are skipped.
    ///
    /// # Errors
    /// Returns an error if a value cannot be represented.
    fn write_structure(&self, structure: &dyn Structure, members: Members) -> Result<Vec<u8>, WriteError>;

    /// Deserializes a document into the selected members of a structure. Unknown members are ignored, and a
    /// null does not change its member.
    ///
    /// # Errors
    /// Returns an error if the document is malformed, does not match the schema, or its values take too much
    /// memory.
    fn read_structure(
        &self,
        source: Source<'_>,
        structure: &mut dyn Structure,
        members: Members,
    ) -> Result<(), ReadError>;

    /// Serializes the value of a payload member.
    ///
    /// # Errors
    /// Returns an error if the value cannot be represented.
    fn write_member(&self, member: &'static Member, view: View<'_>) -> Result<Vec<u8>, WriteError>;

    /// Deserializes the value of a payload member.
    ///
    /// # Errors
    /// Returns an error if the document is malformed, does not match the schema, or its values take too much
    /// memory.
    fn read_member(
        &self,
        source: Source<'_>,
        member: &'static Member,
        value: &mut dyn Value,
    ) -> Result<(), ReadError>;

    /// Returns the parts of an error document that do not depend on the declared error. Never fails: what is
    /// missing or malformed is `None`.
    fn read_error_body(&self, body: &[u8]) -> ErrorBody;
}
