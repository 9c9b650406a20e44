//! HTTP message bodies, in memory or streamed.

mod background;
#[cfg(feature = "blocking")]
mod blocking;
mod collect;
mod error;
mod file;
mod save;

#[cfg(feature = "blocking")]
pub use blocking::BodyReader;
pub(crate) use collect::BodyEnd;
pub use error::BodyError;

use crate::boxed::BoxError;
use bytes::Bytes;
use file::{FileBody, FileContent};
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt;
use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

/// The body of an HTTP message, and the value of a
/// [streaming blob](https://smithy.io/2.0/spec/streaming.html#streaming-trait).
///
/// It is created from bytes or text, with [`Body::from_path`] from a file, or with [`Body::stream`] from any
/// [`http_body::Body`]. Clones of a streamed body share one stream: a chunk is returned to only one of them. Clones of a
/// file start at its beginning. Two bodies are equal if their bytes are equal, if they are the same file, or if they
/// share a stream.
#[derive(Clone)]
pub struct Body(Inner);

#[derive(Clone)]
enum Inner {
    Bytes(Bytes),
    Stream(Arc<Mutex<Stream>>),
    File(Box<dyn FileContent>),
}

type Stream = Pin<Box<dyn HttpBody<Data = Bytes, Error = BoxError> + Send>>;

impl Body {
    /// Creates a streamed body. Its length is known if its size hint is exact.
    pub fn stream<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Inner::Stream(Arc::new(Mutex::new(Box::pin(body.map_err(Into::into))))))
    }

    /// Creates a body with the content of a file, which is read while the body is sent. Its length is known, and
    /// requests with it can be retried: each attempt reads the file from its beginning.
    ///
    /// The file must not change until then; a call fails if it becomes shorter. In a tokio runtime it is read on a
    /// thread for blocking operations. Only its length is read here.
    ///
    /// # Errors
    /// Returns an error if there is no regular file at the path.
    pub fn from_path(path: impl Into<PathBuf>) -> Result<Self, BodyError> {
        FileBody::new(path.into()).map(|file| Self(Inner::File(Box::new(file))))
    }

    /// Returns true if a clone has all the bytes that are left: the body is in memory or a file.
    pub(crate) fn is_replayable(&self) -> bool {
        !matches!(self.0, Inner::Stream(_))
    }

    /// Returns the bytes, if the body is in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            Inner::Stream(_) | Inner::File(_) => None,
        }
    }

    /// Returns the length in bytes, if known.
    pub fn content_length(&self) -> Option<u64> {
        self.size_hint().exact()
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    /// Returns the error of the stream.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, BodyError>> {
        Some(self.next_chunk().await?.map_err(BodyError::stream))
    }

    /// Returns the next chunk with the unchanged error of the stream.
    async fn next_chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        loop {
            match self.frame().await?.map(Frame::into_data) {
                Ok(Ok(data)) => return Some(Ok(data)),
                // Trailers are ignored.
                Ok(Err(_)) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

fn lock(stream: &Mutex<Stream>) -> MutexGuard<'_, Stream> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Inner::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Stream(stream) => lock(stream).as_mut().poll_frame(context),
            Inner::File(file) => {
                let chunk = ready!(file.poll_chunk(context));
                Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data).map_err(Into::into)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Bytes(bytes) => bytes.is_empty(),
            Inner::Stream(stream) => lock(stream).is_end_stream(),
            Inner::File(file) => file.remaining() == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Stream(stream) => lock(stream).size_hint(),
            Inner::File(file) => SizeHint::with_exact(file.remaining()),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::from(Bytes::from(text))
    }
}

/// Copies the bytes. `Bytes::from_static` makes a body of static data without a copy.
impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        Self::from(Bytes::copy_from_slice(bytes))
    }
}

/// Copies the text.
impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self::from(text.as_bytes())
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Inner::Bytes(a), Inner::Bytes(b)) => a == b,
            (Inner::Stream(a), Inner::Stream(b)) => Arc::ptr_eq(a, b),
            (Inner::File(a), Inner::File(b)) => a.is_same(&**b),
            _ => false,
        }
    }
}

/// Shows the length, not the content.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.content_length() {
            Some(length) => write!(f, "{length} bytes"),
            None => f.write_str("a stream of unknown length"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::Full;
    use std::collections::VecDeque;

    /// Returns the output of a future that is ready.
    pub(super) fn ready<T>(future: impl Future<Output = T>) -> T {
        let mut future = std::pin::pin!(future);
        match future.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("not ready"),
        }
    }

    struct Frames(VecDeque<Result<Frame<Bytes>, BoxError>>);

    impl HttpBody for Frames {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            Poll::Ready(self.0.pop_front())
        }
    }

    pub(super) fn streamed(chunks: &[&'static str], fails: bool) -> Body {
        let mut frames: VecDeque<_> =
            chunks.iter().map(|chunk| Ok(Frame::data(Bytes::from(*chunk)))).collect();
        if fails {
            frames.push_back(Err("failed".into()));
        }
        Body::stream(Frames(frames))
    }

    #[test]
    fn as_bytes_returns_in_memory_bodies_only() {
        assert_eq!(Body::from("abc").as_bytes().unwrap(), "abc");
        assert_eq!(Body::from("abc").content_length(), Some(3));
        assert!(streamed(&["abc"], false).as_bytes().is_none());
        assert_eq!(streamed(&["abc"], false).content_length(), None);
        assert_eq!(Body::stream(Full::new(Bytes::from("abc"))).content_length(), Some(3));
    }

    #[test]
    fn collects_all_chunks_of_a_stream() {
        assert_eq!(ready(streamed(&["ab", "", "c"], false).collect()).unwrap(), "abc");
        assert_eq!(ready(Body::from("abc").collect()).unwrap(), "abc");
    }

    #[test]
    fn collect_fails_if_the_stream_fails() {
        assert!(ready(streamed(&["ab"], true).collect()).is_err());
        let mut body = streamed(&["ab"], true);
        assert_eq!(ready(body.chunk()).unwrap().unwrap(), "ab");
        assert!(ready(body.chunk()).unwrap().is_err());
        assert!(ready(body.chunk()).is_none());
    }

    #[test]
    fn debug_does_not_show_the_content() {
        assert_eq!(format!("{:?}", Body::from("secret")), "6 bytes");
        assert_eq!(format!("{:?}", streamed(&["secret"], false)), "a stream of unknown length");
    }
}
