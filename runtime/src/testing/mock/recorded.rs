//! Requests recorded by a mock transport.

use crate::types::Body;
use bytes::Bytes;
use std::fmt;
use std::ops::Deref;

/// A request as it was sent, with its body in memory, including that of a stream. Dereferences to
/// [`http::Request`].
#[derive(Clone)]
pub struct RecordedRequest(http::Request<Body>);

impl RecordedRequest {
    /// Creates a recorded request. Its body must be in memory.
    pub(super) fn new(request: http::Request<Body>) -> Self {
        Self(request)
    }

    /// Returns the value of a header, if it is present and valid text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    /// Returns the body.
    pub fn bytes(&self) -> Bytes {
        self.body().as_bytes().cloned().unwrap_or_default()
    }

    /// Returns the body, if it is valid UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.body().as_bytes()?).ok()
    }

    /// Returns the body, if it is valid JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_str(self.text()?).ok()
    }
}

impl Deref for RecordedRequest {
    type Target = http::Request<Body>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Shows only the method and the length of the body: the rest may contain secrets, even in test logs.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("method", self.method())
            .field("body", self.body())
            .finish_non_exhaustive()
    }
}
