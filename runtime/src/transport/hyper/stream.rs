//! The connection type that hyper uses.

use super::writes::Writes;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::TokioIo;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::client::TlsStream;

/// A connection to a service or proxy over TCP, TLS, or TLS inside the TLS of a proxy. One type for all
/// cases, so that hyper and rustls are compiled only once.
pub(super) struct Stream {
    bytes: TokioIo<Bytes>,
    /// True if HTTP/2 was negotiated.
    #[cfg(feature = "http2")]
    http2: bool,
    /// True if the proxy forwards the requests, which then have an absolute-form target.
    is_forwarded: bool,
    writes: Writes,
}

pub(super) type Bytes = Box<dyn Io>;

pub(super) trait Io: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

impl Stream {
    pub(super) fn plain(bytes: impl Io + 'static) -> Self {
        Self {
            bytes: TokioIo::new(Box::new(bytes)),
            #[cfg(feature = "http2")]
            http2: false,
            is_forwarded: false,
            writes: Writes::default(),
        }
    }

    pub(super) fn tls(bytes: TlsStream<Bytes>) -> Self {
        #[cfg(feature = "http2")]
        let http2 = bytes.get_ref().1.alpn_protocol() == Some(b"h2");
        Self {
            #[cfg(feature = "http2")]
            http2,
            ..Self::plain(bytes)
        }
    }

    #[cfg(feature = "http2")]
    pub(super) fn is_http2(&self) -> bool {
        self.http2
    }

    /// Marks the connection as one to a proxy that forwards the requests.
    pub(super) fn forwarded(self) -> Self {
        Self { is_forwarded: true, ..self }
    }

    pub(super) fn into_inner(self) -> Bytes {
        self.bytes.into_inner()
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.is_forwarded)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let stream = &mut *self;
        stream.writes.poll(bytes.len(), || Pin::new(&mut stream.bytes).poll_write(context, bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let stream = &mut *self;
        stream.writes.poll((), || Pin::new(&mut stream.bytes).poll_flush(context))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.bytes.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let len = buffers.iter().map(|buffer| buffer.len()).sum();
        let stream = &mut *self;
        stream.writes.poll(len, || Pin::new(&mut stream.bytes).poll_write_vectored(context, buffers))
    }
}
