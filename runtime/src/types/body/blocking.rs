//! Bodies with blocking reads.

use super::{Body, BodyError};
use crate::block_on::block_on;
use crate::boxed::BoxError;
use bytes::{Buf, Bytes};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::fmt;
use std::io::{self, Read};
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};

const CHUNK_SIZE: usize = 16 * 1024;

impl Body {
    /// Creates a body that is read from a reader while it is sent, which blocks the thread. `length`, if
    /// known, is sent as the content length and must be exact.
    pub fn from_reader(mut reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        Self::from_read_fn(length, move |buffer| {
            loop {
                match reader.read(buffer) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    read => return read.map_err(Into::into),
                }
            }
        })
    }

    /// Returns a reader of the remaining bytes. Reading blocks the thread.
    pub fn into_reader(self) -> BodyReader {
        BodyReader { body: self, chunk: Bytes::new() }
    }

    /// Reads the remaining bytes, at most a number of them, and blocks the thread: [`collect_bytes`](Self::collect_bytes)
    /// without async.
    ///
    /// # Errors
    /// As [`collect_bytes`](Self::collect_bytes).
    pub fn blocking_collect_bytes(self, max_bytes: usize) -> Result<Bytes, BodyError> {
        block_on(self.collect_bytes(max_bytes))
    }

    /// Reads the remaining bytes as UTF-8, and blocks the thread: [`collect_text`](Self::collect_text) without async.
    ///
    /// # Errors
    /// As [`collect_text`](Self::collect_text).
    pub fn blocking_collect_text(self, max_bytes: usize) -> Result<String, BodyError> {
        block_on(self.collect_text(max_bytes))
    }

    /// Stores the remaining bytes in a file, and blocks the thread: [`save_to`](Self::save_to) without async.
    ///
    /// # Errors
    /// As [`save_to`](Self::save_to).
    pub fn blocking_save_to(self, path: impl Into<PathBuf>) -> Result<u64, BodyError> {
        block_on(self.save_to(path))
    }

    /// Creates a body from a function that fills a buffer like [`Read::read`].
    pub(crate) fn from_read_fn(
        length: Option<u64>,
        read: impl FnMut(&mut [u8]) -> Result<usize, BoxError> + Send + 'static,
    ) -> Self {
        Self::stream(ReadFnBody { length, read: Box::new(read), buffer: Vec::new(), ended: false })
    }
}

/// A blocking reader of a [`Body`]. Returned by [`Body::into_reader`].
pub struct BodyReader {
    body: Body,
    chunk: Bytes,
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() && !buffer.is_empty() {
            match block_on(self.body.next_chunk()) {
                None => return Ok(0),
                Some(chunk) => self.chunk = chunk.map_err(io_error)?,
            }
        }
        let count = buffer.len().min(self.chunk.len());
        self.chunk.copy_to_slice(&mut buffer[..count]);
        Ok(count)
    }
}

/// Returns an I/O error unchanged and wraps any other error.
fn io_error(error: BoxError) -> io::Error {
    match error.downcast::<io::Error>() {
        Ok(error) => *error,
        Err(error) => io::Error::other(error),
    }
}

impl fmt::Debug for BodyReader {
    /// Shows the length of the rest, not its content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyReader").field("body", &self.body).finish_non_exhaustive()
    }
}

type ReadFn = dyn FnMut(&mut [u8]) -> Result<usize, BoxError> + Send;

/// A body that calls a function for each chunk.
struct ReadFnBody {
    /// The number of remaining bytes, if known.
    length: Option<u64>,
    read: Box<ReadFn>,
    buffer: Vec<u8>,
    ended: bool,
}

impl ReadFnBody {
    fn read_chunk(&mut self) -> Result<Bytes, BoxError> {
        self.buffer.resize(CHUNK_SIZE, 0);
        let count = (self.read)(&mut self.buffer)?;
        Ok(Bytes::copy_from_slice(self.buffer.get(..count).unwrap_or_default()))
    }
}

impl HttpBody for ReadFnBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let chunk = self.read_chunk();
        self.ended = chunk.as_ref().map_or(true, Bytes::is_empty);
        Poll::Ready(match chunk {
            Ok(chunk) if chunk.is_empty() => None,
            Ok(chunk) => {
                self.length = self.length.map(|length| length.saturating_sub(chunk.len() as u64));
                Some(Ok(Frame::data(chunk)))
            }
            Err(error) => Some(Err(error)),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn reads_back_all_bytes_of_a_reader() {
        let bytes: Vec<u8> = (0..100_000).map(|n| (n % 251) as u8).collect();
        let body = Body::from_reader(Cursor::new(bytes.clone()), Some(100_000));
        assert_eq!(body.content_length(), Some(100_000));
        let mut read = Vec::new();
        body.into_reader().read_to_end(&mut read).unwrap();
        assert!(read == bytes);
    }

    #[test]
    fn reads_an_in_memory_body() {
        let mut text = String::new();
        Body::from("abc").into_reader().read_to_string(&mut text).unwrap();
        assert_eq!(text, "abc");
    }

    #[test]
    fn returns_the_reader_error_once_with_its_kind() {
        let body = Body::from_read_fn(None, |_| Err(io::Error::from(io::ErrorKind::ConnectionReset).into()));
        let mut reader = body.into_reader();
        assert_eq!(reader.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::ConnectionReset);
        assert_eq!(reader.read(&mut [0]).unwrap(), 0);
    }

    #[test]
    fn retries_an_interrupted_read() {
        let mut interrupted = false;
        let reader = std::iter::from_fn(move || {
            let first = !std::mem::replace(&mut interrupted, true);
            Some(if first { Err(io::ErrorKind::Interrupted.into()) } else { Ok(0) })
        });
        let mut body = Body::from_reader(ScriptedReads(reader), None);
        assert!(block_on(body.chunk()).is_none());
    }

    struct ScriptedReads<I>(I);

    impl<I: Iterator<Item = io::Result<usize>>> Read for ScriptedReads<I> {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            self.0.next().unwrap_or(Ok(0))
        }
    }
}
