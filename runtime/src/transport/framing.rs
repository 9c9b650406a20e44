//! The framing of a request: its headers say how long the body is, and the body must be that long.

use super::{BoxError, TransportError, TransportErrorKind};
use crate::types::Body;
use bytes::Bytes;
use http::Request;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Checks the `content-length` and `transfer-encoding` of a request, and makes its body fail if its length is
/// another. `content-length` is removed if the body is sent in chunks
/// ([RFC 9112, section 6.2](https://www.rfc-editor.org/rfc/rfc9112#section-6.2)).
pub(super) fn check(request: &mut Request<Body>) -> Result<(), TransportError> {
    if request.headers().contains_key(TRANSFER_ENCODING) {
        return check_chunked(request);
    }
    let Some(declared) = declared_length(request)? else { return Ok(()) };
    match request.body().as_bytes() {
        Some(bytes) if bytes.len() as u64 == declared => Ok(()),
        Some(_) => Err(invalid("`content-length` is not the length of the body")),
        None => {
            let body = std::mem::take(request.body_mut());
            *request.body_mut() =
                Body::stream(CheckedBody { body, remaining: declared, held: None, ended: false });
            Ok(())
        }
    }
}

fn check_chunked(request: &mut Request<Body>) -> Result<(), TransportError> {
    let is_chunked = |value: &http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"chunked");
    let mut codings = request.headers().get_all(TRANSFER_ENCODING).iter();
    if !codings.next().is_some_and(is_chunked) || codings.next().is_some() {
        return Err(invalid("`transfer-encoding` is not `chunked`: encode the body before it is sent"));
    }
    let is_empty = request.body().content_length() == Some(0);
    let headers = request.headers_mut();
    headers.remove(CONTENT_LENGTH);
    match is_empty {
        true => drop(headers.remove(TRANSFER_ENCODING)),
        // ureq adds another header if the letters differ.
        false => drop(headers.insert(TRANSFER_ENCODING, http::HeaderValue::from_static("chunked"))),
    }
    Ok(())
}

/// Returns the length in the headers, or else that of a streamed body if it is known.
fn declared_length(request: &Request<Body>) -> Result<Option<u64>, TransportError> {
    let mut values = request.headers().get_all(CONTENT_LENGTH).iter();
    let Some(value) = values.next() else {
        let body = request.body();
        return Ok(body.content_length().filter(|_| body.as_bytes().is_none()));
    };
    let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let length = value.to_str().ok().filter(is_number).and_then(|text| text.parse().ok());
    match (length, values.next()) {
        (Some(length), None) => Ok(Some(length)),
        _ => Err(invalid("`content-length` is not one number")),
    }
}

fn invalid(reason: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Interrupted, "invalid request", false, reason.into()).permanent()
}

/// A body that fails if its length is not the declared one.
struct CheckedBody {
    body: Body,
    remaining: u64,
    /// The last bytes of the declared length. They are returned once the body has ended: the connection does not
    /// ask for more.
    held: Option<Bytes>,
    ended: bool,
}

impl CheckedBody {
    fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(context)).transpose()?;
            let Some(frame) = frame else {
                return Poll::Ready(match self.remaining {
                    0 => self.held.take().map(Ok),
                    _ => Some(Err("it is shorter than its content length".into())),
                });
            };
            // Trailers are not sent.
            let Ok(data) = frame.into_data() else { continue };
            let Some(remaining) = self.remaining.checked_sub(data.len() as u64) else {
                return Poll::Ready(Some(Err("it is longer than its content length".into())));
            };
            self.remaining = remaining;
            if remaining > 0 {
                return Poll::Ready(Some(Ok(data)));
            }
            if !data.is_empty() {
                self.held = Some(data);
            }
        }
    }
}

impl HttpBody for CheckedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let data = ready!(self.poll_data(context));
        self.ended = self.remaining == 0 || !matches!(data, Some(Ok(_)));
        Poll::Ready(data.map(|data| data.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.ended
    }

    fn size_hint(&self) -> SizeHint {
        let held = self.held.as_ref().map_or(0, Bytes::len);
        SizeHint::with_exact(self.remaining.saturating_add(held as u64))
    }
}
