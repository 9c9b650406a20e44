//! Classification of failures as transient or throttling, as in the AWS SDKs
//! ([retry behavior](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html)).

use super::failure::{Cause, Failure};
use super::kind::ErrorKind;
use crate::schema::Trait;
use crate::system;
use crate::types::{Timestamp, TimestampFormat};
use http::HeaderMap;
use std::time::{Duration, SystemTime};

/// The reason to retry a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A transient failure of the network or the service.
    Transient,
    /// The service throttles requests.
    Throttling,
}

const THROTTLING_CODES: [&str; 14] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];

const TRANSIENT_CODES: [&str; 4] =
    ["InternalError", "RequestTimeout", "RequestTimeoutException", "TimeoutError"];

const CLOCK_SKEW_CODES: [&str; 6] = [
    "AuthFailure",
    "InvalidSignatureException",
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

impl Failure {
    /// Returns the reason to retry; `None` if a retry would fail as well.
    pub(crate) fn retry_reason(&self) -> Option<Reason> {
        reason(self)
    }

    /// Returns the delay that the service requests before the next attempt.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.response.as_ref().and_then(|response| retry_after(response.headers()))
    }

    /// Returns true if the service returned an error, even if its body was interrupted.
    pub(crate) fn is_error_response(&self) -> bool {
        self.kind == ErrorKind::Service
    }

    /// Returns true if the service certainly did not process the request: it was not reached, or it throttled
    /// the request. Status 503 alone is no proof: a proxy may send it after the service has the request.
    pub(crate) fn was_not_processed(&self) -> bool {
        let throttled = self.retry_reason() == Some(Reason::Throttling);
        match &self.cause {
            Cause::Transport(error) => throttled || (self.response.is_none() && !error.may_have_been_sent()),
            Cause::ErrorResponse | Cause::Read(_) => throttled,
            Cause::Write(_) => true,
            Cause::Endpoint(_) | Cause::Auth(_) | Cause::Hook(_) => self.response.is_none(),
            Cause::Timeout { may_have_been_sent, .. } => !may_have_been_sent,
        }
    }
}

fn reason(failure: &Failure) -> Option<Reason> {
    match failure.kind {
        ErrorKind::Connection | ErrorKind::Timeout => match &failure.cause {
            Cause::Transport(error) if error.is_permanent() => None,
            _ => Some(Reason::Transient),
        },
        ErrorKind::Service => service_reason(failure),
        ErrorKind::Auth => match &failure.cause {
            Cause::Auth(error) if error.is_retryable() => Some(Reason::Transient),
            _ => None,
        },
        ErrorKind::Endpoint | ErrorKind::Serialization | ErrorKind::Hook | ErrorKind::Response => None,
    }
}

/// The `@retryable` trait takes precedence over the error code, and the code over the status, except for 429,
/// which is always throttling.
fn service_reason(failure: &Failure) -> Option<Reason> {
    let status = failure.status().map_or(0, |status| status.as_u16());
    let code = failure.report.code.as_deref().unwrap_or_default();
    let declared = failure.error_traits.iter().find_map(|t| match t {
        Trait::Retryable { throttling } => Some(*throttling),
        _ => None,
    });
    if declared == Some(true) || status == 429 || THROTTLING_CODES.contains(&code) {
        return Some(Reason::Throttling);
    }
    let transient =
        declared.is_some() || TRANSIENT_CODES.contains(&code) || matches!(status, 500 | 502 | 503 | 504);
    transient.then_some(Reason::Transient)
}

/// Returns true if the service may have rejected the request for clock skew.
pub(crate) fn is_clock_skew(failure: &Failure) -> bool {
    failure.report.code.as_deref().is_some_and(|code| CLOCK_SKEW_CODES.contains(&code))
}

/// Returns the delay that the service requests: `x-amz-retry-after` in milliseconds, or
/// [`Retry-After`](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3) in seconds or as a date. A date is
/// relative to the `Date` of the response, which makes the delay independent of clock skew,
/// else to the current time, if there is a clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    if let Some(milliseconds) = text("x-amz-retry-after").and_then(number) {
        return Some(Duration::from_millis(milliseconds));
    }
    let after = text("retry-after")?;
    if let Some(seconds) = number(after) {
        return Some(Duration::from_secs(seconds));
    }
    let now = text("date").and_then(http_date).or_else(system::time)?;
    Some(http_date(after)?.duration_since(now).unwrap_or_default())
}

/// Parses an HTTP date.
pub(crate) fn http_date(text: &str) -> Option<SystemTime> {
    Timestamp::parse(text, TimestampFormat::HttpDate).ok().and_then(|timestamp| timestamp.try_into().ok())
}
