//! Reading of a whole body into one buffer.

use super::{Body, Inner};
use crate::boxed::BoxError;
use bytes::Bytes;

/// Smallest capacity of a buffer for several chunks, in bytes.
const MIN_CAPACITY: usize = 64 << 10;
/// Growth of a buffer when the length of the body is known. The length alone is no reason to allocate: the
/// body may be shorter.
const GROWTH_IF_KNOWN: usize = 4;
const GROWTH: usize = 2;

/// The end of what was read of a body.
#[derive(Debug)]
pub(crate) enum End {
    /// The body is complete.
    Complete,
    /// The stream failed.
    Failed(BoxError),
    /// The body is larger than the limit in bytes.
    TooLarge(usize),
}

impl Body {
    /// Reads all remaining bytes up to the end, an error, or the limit in bytes.
    pub(crate) async fn collect_up_to(mut self, limit: usize) -> (Bytes, End) {
        if let Inner::Bytes(bytes) = &mut self.0 {
            let is_complete = bytes.len() <= limit;
            bytes.truncate(limit);
            return (std::mem::take(bytes), if is_complete { End::Complete } else { End::TooLarge(limit) });
        }
        let length = self.content_length().and_then(|length| usize::try_from(length).ok());
        let mut buffer = Buffer { only: Bytes::new(), bytes: Vec::new(), length };
        let end = loop {
            match self.chunk().await {
                None => break End::Complete,
                Some(Ok(mut chunk)) => {
                    let left = limit - buffer.len();
                    let is_too_large = chunk.len() > left;
                    chunk.truncate(left);
                    buffer.push(chunk);
                    if is_too_large {
                        break End::TooLarge(limit);
                    }
                }
                Some(Err(error)) => break End::Failed(error),
            }
        };
        (buffer.into_bytes(), end)
    }
}

/// The bytes of a body so far. A body of one chunk is not copied.
struct Buffer {
    /// The only chunk, while there is one.
    only: Bytes,
    /// All bytes, once there are several chunks.
    bytes: Vec<u8>,
    /// The length of the whole body, if known.
    length: Option<usize>,
}

impl Buffer {
    fn len(&self) -> usize {
        self.only.len() + self.bytes.len()
    }

    fn push(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.only = chunk;
            return;
        }
        let first = std::mem::take(&mut self.only);
        self.reserve(first.len() + chunk.len());
        self.bytes.extend_from_slice(&first);
        self.bytes.extend_from_slice(&chunk);
    }

    fn reserve(&mut self, additional: usize) {
        let (needed, capacity) = (self.bytes.len().saturating_add(additional), self.bytes.capacity());
        if needed <= capacity {
            return;
        }
        let target = match self.length.filter(|length| *length >= needed) {
            Some(length) => capacity.saturating_mul(GROWTH_IF_KNOWN).max(MIN_CAPACITY).min(length),
            None => capacity.saturating_mul(GROWTH).max(MIN_CAPACITY),
        };
        self.bytes.reserve_exact(target.max(needed) - self.bytes.len());
    }

    fn into_bytes(self) -> Bytes {
        if self.bytes.is_empty() { self.only } else { self.bytes.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ready, streamed};
    use super::*;

    fn collect(body: Body, limit: usize) -> (Bytes, bool) {
        let (bytes, end) = ready(body.collect_up_to(limit));
        (bytes, matches!(end, End::TooLarge(_)))
    }

    #[test]
    fn collects_up_to_the_limit() {
        for chunks in [&["abc"][..], &["a", "bc"], &["a", "", "b", "c"]] {
            let streamed = |limit| collect(streamed(chunks, false), limit);
            let in_memory = |limit| collect(Body::from("abc"), limit);
            for (limit, expected) in
                [(4, ("abc", false)), (3, ("abc", false)), (2, ("ab", true)), (0, ("", true))]
            {
                let expected = (Bytes::from(expected.0), expected.1);
                assert_eq!((streamed(limit), in_memory(limit)), (expected.clone(), expected), "{limit}");
            }
        }
    }

    #[test]
    fn returns_the_bytes_before_an_error() {
        let (bytes, end) = ready(streamed(&["a", "b"], true).collect_up_to(10));
        assert!(bytes == "ab" && matches!(end, End::Failed(_)));
    }

    #[test]
    fn a_buffer_of_known_length_ends_with_that_capacity() {
        let length = 1_000_000;
        let mut buffer = Buffer { only: Bytes::new(), bytes: Vec::new(), length: Some(length) };
        let mut left = length;
        while left > 0 {
            let chunk = left.min(10_000);
            buffer.push(vec![1; chunk].into());
            left -= chunk;
        }
        assert_eq!((buffer.len(), buffer.bytes.capacity()), (length, length));
    }

    #[test]
    fn a_length_that_is_not_sent_is_not_allocated() {
        let mut buffer = Buffer { only: Bytes::new(), bytes: Vec::new(), length: Some(1 << 40) };
        buffer.push(Bytes::from("a"));
        buffer.push(Bytes::from("b"));
        assert_eq!(buffer.bytes.capacity(), MIN_CAPACITY);
    }
}
