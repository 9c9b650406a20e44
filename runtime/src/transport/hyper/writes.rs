//! Writes to a connection that the server has closed.

use std::io::{self, ErrorKind};
use std::task::Poll;

/// The state of the writing half of a connection. Once the server has closed the connection, what is written is
/// discarded: hyper would fail without reading the response that the server may have sent before, such as a
/// rejection of a request whose body it does not read
/// ([RFC 9112, section 9.5](https://www.rfc-editor.org/rfc/rfc9112#section-9.5)). Without a response, reading fails.
#[derive(Debug, Default)]
pub(super) struct Writes {
    is_closed: bool,
}

impl Writes {
    /// Writes, or returns `discarded` if the server has closed the connection.
    pub(super) fn poll<T>(
        &mut self,
        discarded: T,
        write: impl FnOnce() -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if self.is_closed {
            return Poll::Ready(Ok(discarded));
        }
        match write() {
            Poll::Ready(Err(error)) if is_closed(&error) => {
                self.is_closed = true;
                Poll::Ready(Ok(discarded))
            }
            written => written,
        }
    }
}

fn is_closed(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted)
}
