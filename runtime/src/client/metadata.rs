//! Metadata of a successful call: status, headers, request id, attempts.

use crate::error::{extended_request_id, request_id};
use std::fmt;
use std::time::Duration;

/// The output of an operation, with the metadata of its response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// The output of the operation.
    pub output: T,
    /// Status, headers, request id and attempts.
    pub metadata: Metadata,
}

/// Metadata of a successful call. [`Error`](crate::Error) has the same methods for a call that failed.
#[derive(Clone)]
pub struct Metadata {
    pub(super) head: http::Response<()>,
    pub(super) attempts: u32,
    pub(super) retry_delay: Duration,
}

impl Metadata {
    /// Returns the HTTP status.
    pub fn status(&self) -> http::StatusCode {
        self.head.status()
    }

    /// Returns the response headers.
    pub fn headers(&self) -> &http::HeaderMap {
        self.head.headers()
    }

    /// Returns the request id, if the service sent one. AWS services log it, and AWS support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// Returns the extended request id (`x-amz-id-2`), if the service sent one, as S3 does.
    pub fn extended_request_id(&self) -> Option<&str> {
        extended_request_id(self.headers())
    }

    /// Returns the number of attempts, including the first.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the total delay between attempts.
    pub fn retry_delay(&self) -> Duration {
        self.retry_delay
    }
}

impl fmt::Debug for Metadata {
    /// Omits the headers: they may contain cookies and sensitive members.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metadata")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("attempts", &self.attempts)
            .field("retry_delay", &self.retry_delay)
            .finish_non_exhaustive()
    }
}
