//! A request that a mock has recorded.

use crate::types::Body;
use bytes::Bytes;
use std::fmt;
use std::ops::Deref;

/// A request as it was sent, its body in memory: that of a stream too. It is used as the
/// [`http::Request`] that it is.
#[derive(Clone)]
pub struct RecordedRequest(http::Request<Body>);

impl RecordedRequest {
    /// A request whose body is in memory.
    pub(super) fn new(request: http::Request<Body>) -> Self {
        Self(request)
    }

    /// The value of a header, if it is there and text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    /// The body.
    pub fn bytes(&self) -> Bytes {
        self.body().as_bytes().cloned().unwrap_or_default()
    }

    /// The body, if it is text.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.body().as_bytes()?).ok()
    }

    /// The body, if it is JSON.
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

/// Tells the method and how long the body is. What a request holds may be secret, in a log of tests too.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("method", self.method())
            .field("body", self.body())
            .finish_non_exhaustive()
    }
}
