//! Reading of a whole body into one buffer.

use super::{Body, BodyError, Inner};
use crate::boxed::BoxError;
use bytes::Bytes;

/// Smallest capacity of a buffer for several chunks, in bytes.
const MIN_CAPACITY: usize = 64 << 10;
/// Growth of a buffer when the length of the body is known. The length alone is no reason to allocate: the
/// body may be shorter.
const GROWTH_IF_KNOWN: usize = 4;
const GROWTH: usize = 2;

/// The number of chunks after which the rest is read by a task.
const MANY_CHUNKS: usize = 64;

/// The end of what was read of a body.
#[derive(Debug)]
pub(crate) enum BodyEnd {
    /// The body is complete.
    Complete,
    /// The stream failed.
    Failed(BoxError),
    /// The body is larger than the limit in bytes.
    TooLarge(usize),
}

impl Body {
    /// Reads all remaining bytes.
    ///
    /// # Errors
    /// Returns the error of the stream, if any.
    pub async fn collect(self) -> Result<Bytes, BodyError> {
        self.collect_bytes(usize::MAX).await
    }

    /// Reads all remaining bytes, at most a number of them.
    ///
    /// # Errors
    /// Returns an error if the body has more bytes, or the error of the stream.
    pub async fn collect_bytes(self, max_bytes: usize) -> Result<Bytes, BodyError> {
        match self.collect_up_to(max_bytes).await {
            (bytes, BodyEnd::Complete) => Ok(bytes),
            (_, BodyEnd::TooLarge(limit)) => Err(BodyError::too_large(limit)),
            (_, BodyEnd::Failed(error)) => Err(BodyError::stream(error)),
        }
    }

    /// Reads the remaining bytes, at most a number of them, as UTF-8.
    ///
    /// # Errors
    /// Returns an error if the body has more bytes or is not UTF-8, or the error of the stream.
    pub async fn collect_text(self, max_bytes: usize) -> Result<String, BodyError> {
        let bytes = self.collect_bytes(max_bytes).await?;
        String::from_utf8(bytes.into()).map_err(|_| BodyError::not_text())
    }

    /// Reads all remaining bytes up to the end, an error, or the limit in bytes.
    pub(crate) async fn collect_up_to(mut self, limit: usize) -> (Bytes, BodyEnd) {
        if let Inner::Bytes(bytes) = &mut self.0 {
            let is_complete = bytes.len() <= limit;
            bytes.truncate(limit);
            return (
                std::mem::take(bytes),
                if is_complete { BodyEnd::Complete } else { BodyEnd::TooLarge(limit) },
            );
        }
        let length = self.content_length().and_then(|length| usize::try_from(length).ok());
        let mut collector = Collector { body: self, buffer: Buffer::new(length), limit };
        match collector.read_chunks(MANY_CHUNKS).await {
            Some(end) => (collector.buffer.into_bytes(), end),
            // Boxed: the future of every call would be larger for the few bodies of this kind.
            None => Box::pin(collector.read_rest()).await,
        }
    }
}

/// A body that is being read.
struct Collector {
    body: Body,
    buffer: Buffer,
    limit: usize,
}

impl Collector {
    /// Reads up to a number of chunks. Returns the end, if it is reached.
    async fn read_chunks(&mut self, count: usize) -> Option<BodyEnd> {
        for _ in 0..count {
            match self.body.next_chunk().await {
                None => return Some(BodyEnd::Complete),
                Some(Ok(mut chunk)) => {
                    let left = self.limit - self.buffer.len();
                    let is_too_large = chunk.len() > left;
                    chunk.truncate(left);
                    self.buffer.push(chunk);
                    if is_too_large {
                        return Some(BodyEnd::TooLarge(self.limit));
                    }
                }
                Some(Err(error)) => return Some(BodyEnd::Failed(error)),
            }
        }
        None
    }

    async fn read_to_end(mut self) -> (Bytes, BodyEnd) {
        let end = loop {
            if let Some(end) = self.read_chunks(usize::MAX).await {
                break end;
            }
        };
        (self.buffer.into_bytes(), end)
    }

    /// Reads the rest of a body of many chunks.
    ///
    /// In a multi-threaded tokio runtime it is read by a task, on a thread that also runs the task of the
    /// connection. The caller may be another thread, which would have to be woken for each chunk.
    #[cfg(feature = "async")]
    async fn read_rest(self) -> (Bytes, BodyEnd) {
        use tokio::runtime::{Handle, RuntimeFlavor};
        match Handle::try_current() {
            Ok(runtime) if runtime.runtime_flavor() == RuntimeFlavor::MultiThread => {
                let mut task = AbortOnDrop(runtime.spawn(self.read_to_end()));
                let stopped = |error| (Bytes::new(), BodyEnd::Failed(BoxError::from(error)));
                (&mut task.0).await.unwrap_or_else(stopped)
            }
            _ => self.read_to_end().await,
        }
    }

    #[cfg(not(feature = "async"))]
    async fn read_rest(self) -> (Bytes, BodyEnd) {
        self.read_to_end().await
    }
}

/// A task that ends when the caller drops this.
#[cfg(feature = "async")]
struct AbortOnDrop<T>(tokio::task::JoinHandle<T>);

#[cfg(feature = "async")]
impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
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
    fn new(length: Option<usize>) -> Self {
        Self { only: Bytes::new(), bytes: Vec::new(), length }
    }

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
        (bytes, matches!(end, BodyEnd::TooLarge(_)))
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
        assert!(bytes == "ab" && matches!(end, BodyEnd::Failed(_)));
    }

    #[test]
    fn a_buffer_of_known_length_ends_with_that_capacity() {
        let length = 1_000_000;
        let mut buffer = Buffer::new(Some(length));
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
        let mut buffer = Buffer::new(Some(1 << 40));
        buffer.push(Bytes::from("a"));
        buffer.push(Bytes::from("b"));
        assert_eq!(buffer.bytes.capacity(), MIN_CAPACITY);
    }
}
