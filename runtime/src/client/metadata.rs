//! What is known of an exchange besides its output.

use crate::error::{extended_request_id, request_id};
use std::fmt;
use std::time::Duration;

/// An output and what is known of the exchange that gave it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// What the operation gave.
    pub output: T,
    /// What is known of the exchange.
    pub metadata: Metadata,
}

/// What is known of an exchange besides its output. An [`Error`](crate::Error) tells the same of one that
/// failed.
#[derive(Clone)]
pub struct Metadata {
    pub(super) head: http::Response<()>,
    pub(super) attempts: u32,
    pub(super) retry_delay: Duration,
}

impl Metadata {
    /// The HTTP status.
    pub fn status(&self) -> http::StatusCode {
        self.head.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &http::HeaderMap {
        self.head.headers()
    }

    /// The id under which AWS services log the request.
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// The second id that some AWS services log the request under, S3 first of all.
    pub fn extended_request_id(&self) -> Option<&str> {
        extended_request_id(self.headers())
    }

    /// How many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long was waited between the attempts, all in all.
    pub fn retry_delay(&self) -> Duration {
        self.retry_delay
    }
}

impl fmt::Debug for Metadata {
    /// Leaves out the headers, which may hold cookies and sensitive members.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("attempts", &self.attempts)
            .field("retry_delay", &self.retry_delay)
            .finish_non_exhaustive()
    }
}
