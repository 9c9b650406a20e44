//! Documents to read, with the memory that the values in them may take.

use bytes::Bytes;
use http::Response;

/// Memory that the values of any document may take, in bytes: services send small documents with sparse
/// values.
pub(crate) const DEFAULT_MAX_MEMORY: usize = 16 << 20;

/// Memory per byte of a document that its values may take, besides text. With text it is at most 16 times the
/// document.
const MEMORY_PER_BYTE: usize = 14;

/// A document to read, with the memory that the values in it may take.
///
/// Some documents are much smaller than their values: `{}` may stand for a structure of a kilobyte. Values take
/// at most [`max_memory`](Self::max_memory) bytes or 16 times the size of the document, whichever is more.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    bytes: &'a [u8],
    max_memory: usize,
}

impl<'a> Source<'a> {
    /// Creates a source whose values may take 16 MiB or 16 times the size of the document.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, max_memory: DEFAULT_MAX_MEMORY }
    }

    /// Sets the memory in bytes that values may take even if it is more than 16 times the size of the
    /// document.
    pub fn max_memory(self, bytes: usize) -> Self {
        Self { max_memory: bytes, ..self }
    }

    /// Creates a source from the body of a response, with the limit in its extensions.
    pub(crate) fn of(response: &'a Response<Bytes>) -> Self {
        let limit = response.extensions().get::<MaxParsedMemory>();
        Self::new(response.body()).max_memory(limit.map_or(DEFAULT_MAX_MEMORY, |limit| limit.0))
    }

    /// Returns the document.
    pub fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    /// Returns the memory that may be allocated for values other than text.
    pub(super) fn memory_budget(self) -> usize {
        self.bytes.len().saturating_mul(MEMORY_PER_BYTE).max(self.max_memory)
    }
}

/// The limit of a client, in the extensions of a response. Absent if it is the default.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MaxParsedMemory(pub(crate) usize);
