//! Detection of HTTP/2 response bodies that end early.

use super::connection::Permit;
use crate::transport::BoxError;
use bytes::Bytes;
use http::{Method, StatusCode};
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The body of an HTTP/2 response, which fails if it ends without `END_STREAM` before its length is reached.
///
/// hyper treats `RST_STREAM` and `GOAWAY` with `NO_ERROR` as the end of the body: they stop an upload after a
/// complete response ([RFC 9113, section 8.1](https://www.rfc-editor.org/rfc/rfc9113#section-8.1)). Without a
/// complete response they are errors.
pub(super) struct WholeBody {
    body: Incoming,
    /// The place of the request on its connection, up to the end of the body.
    permit: Option<Permit>,
    /// True if the body may end early: the response has none.
    has_no_body: bool,
    /// True after the end or an error.
    ended: bool,
}

impl WholeBody {
    /// Wraps the body of a response with this status to a request with this method.
    pub(super) fn new(body: Incoming, permit: Permit, method: &Method, status: StatusCode) -> Self {
        // Their `content-length` is that of a body that is not sent.
        let has_no_body =
            *method == Method::HEAD || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
        Self { body, permit: Some(permit), has_no_body, ended: false }
    }

    /// Returns true if the end of the body is the end of the response.
    fn is_whole(&self) -> bool {
        self.has_no_body || self.body.is_end_stream() || self.body.size_hint().exact() == Some(0)
    }
}

impl HttpBody for WholeBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else { return Poll::Pending };
        self.ended = !matches!(frame, Some(Ok(_)));
        if self.ended {
            self.permit = None;
        }
        Poll::Ready(match frame {
            None if !self.is_whole() => Some(Err(EndedEarly.into())),
            frame => frame.map(|frame| frame.map_err(Into::into)),
        })
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The error of a body that ended early.
#[derive(Debug)]
struct EndedEarly;

impl fmt::Display for EndedEarly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the server ended the stream early")
    }
}

impl std::error::Error for EndedEarly {}
