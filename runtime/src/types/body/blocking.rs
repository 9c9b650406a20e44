//! Bodies that are read by blocking the thread.

use super::Body;
use crate::block_on::block_on;
use crate::transport::BoxError;
use bytes::{Buf, Bytes};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::fmt;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

const PIECE: usize = 16 * 1024;

impl Body {
    /// A body that is read from a reader as it is sent, which blocks the thread. Its length is told to the service
    /// if it is known; it must then be right.
    pub fn from_reader(mut reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        Self::pull(length, move |buffer| {
            loop {
                match reader.read(buffer) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    read => return read.map_err(Into::into),
                }
            }
        })
    }

    /// A reader of the bytes that are left. Reading blocks the thread.
    pub fn into_reader(self) -> BodyReader {
        BodyReader { body: self, piece: Bytes::new() }
    }

    /// A body whose pieces a function puts into a buffer, as [`Read::read`] does.
    pub(crate) fn pull(
        length: Option<u64>,
        read: impl FnMut(&mut [u8]) -> Result<usize, BoxError> + Send + 'static,
    ) -> Self {
        Self::stream(Pull { length, read: Box::new(read), buffer: Vec::new(), ended: false })
    }
}

/// Gives the bytes of a [`Body`], from [`Body::into_reader`].
pub struct BodyReader {
    body: Body,
    piece: Bytes,
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() && !buffer.is_empty() {
            match block_on(self.body.chunk()) {
                None => return Ok(0),
                Some(piece) => self.piece = piece.map_err(io_error)?,
            }
        }
        let count = buffer.len().min(self.piece.len());
        self.piece.copy_to_slice(&mut buffer[..count]);
        Ok(count)
    }
}

/// An error of I/O as it was, which tells its kind, and any other as the inside of one.
fn io_error(error: BoxError) -> io::Error {
    match error.downcast::<io::Error>() {
        Ok(error) => *error,
        Err(error) => io::Error::other(error),
    }
}

impl fmt::Debug for BodyReader {
    /// Tells how long the rest is, not what it holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyReader").field("body", &self.body).finish_non_exhaustive()
    }
}

type ReadFn = dyn FnMut(&mut [u8]) -> Result<usize, BoxError> + Send;

/// Asks a function for each piece.
struct Pull {
    /// How many bytes are left, where that is known.
    length: Option<u64>,
    read: Box<ReadFn>,
    buffer: Vec<u8>,
    ended: bool,
}

impl Pull {
    fn piece(&mut self) -> Result<Bytes, BoxError> {
        self.buffer.resize(PIECE, 0);
        let count = (self.read)(&mut self.buffer)?;
        Ok(Bytes::copy_from_slice(self.buffer.get(..count).unwrap_or_default()))
    }
}

impl HttpBody for Pull {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = self.piece();
        self.ended = piece.as_ref().map_or(true, Bytes::is_empty);
        Poll::Ready(match piece {
            Ok(piece) if piece.is_empty() => None,
            Ok(piece) => {
                self.length = self.length.map(|length| length.saturating_sub(piece.len() as u64));
                Some(Ok(Frame::data(piece)))
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
    fn what_a_reader_gives_is_read_again_whole() {
        let bytes: Vec<u8> = (0..100_000).map(|n| (n % 251) as u8).collect();
        let body = Body::from_reader(Cursor::new(bytes.clone()), Some(100_000));
        assert_eq!(body.content_length(), Some(100_000));
        let mut read = Vec::new();
        body.into_reader().read_to_end(&mut read).unwrap();
        assert!(read == bytes);
    }

    #[test]
    fn a_body_in_memory_can_be_read() {
        let mut text = String::new();
        Body::from("abc").into_reader().read_to_string(&mut text).unwrap();
        assert_eq!(text, "abc");
    }

    #[test]
    fn an_error_of_the_reader_is_told_once_with_its_kind() {
        let body = Body::pull(None, |_| Err(io::Error::from(io::ErrorKind::ConnectionReset).into()));
        let mut reader = body.into_reader();
        assert_eq!(reader.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::ConnectionReset);
        assert_eq!(reader.read(&mut [0]).unwrap(), 0);
    }

    #[test]
    fn a_read_that_was_interrupted_is_tried_again() {
        let mut interrupted = false;
        let reader = std::iter::from_fn(move || {
            let first = !std::mem::replace(&mut interrupted, true);
            Some(if first { Err(io::ErrorKind::Interrupted.into()) } else { Ok(0) })
        });
        let mut body = Body::from_reader(Answers(reader), None);
        assert!(block_on(body.chunk()).is_none());
    }

    struct Answers<I>(I);

    impl<I: Iterator<Item = io::Result<usize>>> Read for Answers<I> {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            self.0.next().unwrap_or(Ok(0))
        }
    }
}
