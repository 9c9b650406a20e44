//! Why there is no whole answer.

#[cfg(any(feature = "async", feature = "blocking"))]
use super::permanent;
use super::{BoxError, cause};
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// Why there is no whole response.
///
/// It is one line when displayed: what failed, and the innermost cause. No part of the request or the
/// response is in it.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: Cow<'static, str>,
    may_have_been_sent: bool,
    permanent: bool,
    source: Option<BoxError>,
}

/// What kind of failure a [`TransportError`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection to the service.
    Connect,
    /// The exchange broke after it had begun.
    Interrupted,
    /// A limit of time was reached.
    Timeout,
}

impl TransportError {
    /// The service could not be reached: nothing was sent, so that trying again is harmless.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new(TransportErrorKind::Connect, "could not connect", false, source.into())
    }

    /// The exchange broke after it had begun: the service may have done what it was asked.
    ///
    /// A `TransportError` that comes as the source, out of a body for instance, is kept as it is.
    pub fn interrupted(source: impl Into<BoxError>) -> Self {
        let message = "the connection broke before the answer was whole";
        match source.into().downcast() {
            Ok(error) => *error,
            Err(source) => Self::new(TransportErrorKind::Interrupted, message, true, source),
        }
    }

    /// What was waited for did not come in time. `missing` says what, as in `no connection` or `no answer`;
    /// `may_have_been_sent`, whether the service may have received the request.
    ///
    /// ```
    /// # use farrier_runtime::transport::TransportError;
    /// # use std::time::Duration;
    /// let error = TransportError::timeout("no answer", Duration::from_millis(1500), true);
    /// assert_eq!(error.to_string(), "no answer within 1.5s");
    /// ```
    pub fn timeout(missing: &'static str, limit: Duration, may_have_been_sent: bool) -> Self {
        Self {
            kind: TransportErrorKind::Timeout,
            message: format!("{missing} within {limit:?}").into(),
            may_have_been_sent,
            permanent: false,
            source: None,
        }
    }

    pub(super) fn new(
        kind: TransportErrorKind,
        message: &'static str,
        may_have_been_sent: bool,
        source: BoxError,
    ) -> Self {
        #[cfg(any(feature = "async", feature = "blocking"))]
        let permanent = permanent::is_permanent(kind, source.as_ref());
        #[cfg(not(any(feature = "async", feature = "blocking")))]
        let permanent = false;
        Self { kind, message: message.into(), may_have_been_sent, permanent, source: Some(source) }
    }

    /// Says that trying again soon cannot help: see [`is_permanent`](Self::is_permanent).
    pub fn permanent(self) -> Self {
        Self { permanent: true, ..self }
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the service may have received the request. If not, trying again is harmless.
    pub fn may_have_been_sent(&self) -> bool {
        self.may_have_been_sent
    }

    /// Whether trying again soon cannot help: the server's certificate is not trusted, has expired or is for
    /// another host, the server does not speak TLS as this client does, or the headers of its answer are larger
    /// than the client allows. Calls that fail so are not tried again.
    pub fn is_permanent(&self) -> bool {
        self.permanent
    }
}

impl fmt::Display for TransportError {
    /// What failed, and the innermost cause: the layers between repeat each other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.source {
            Some(source) => write!(f, ": {}", cause::in_words(source.as_ref())),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn the_line_ends_with_the_innermost_cause() {
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        let error = TransportError::connect(io::Error::other(io::Error::other(refused)));
        assert_eq!(error.to_string(), "could not connect: connection refused");
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Connect, false));
    }

    #[test]
    fn a_timeout_that_comes_out_of_a_body_stays_one() {
        let timeout = TransportError::timeout("no more of the answer", Duration::from_secs(5), true);
        let error = TransportError::interrupted(BoxError::from(timeout));
        assert_eq!(error.to_string(), "no more of the answer within 5s");
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Timeout, true));
    }

    #[test]
    fn an_end_that_came_too_soon_is_said_in_words() {
        let error = TransportError::interrupted(io::Error::from(io::ErrorKind::UnexpectedEof));
        let expected = "the connection broke before the answer was whole: the server closed the connection";
        assert_eq!(error.to_string(), expected);
        assert!(error.may_have_been_sent());
        assert!(!error.is_permanent());
    }

    #[test]
    fn a_transport_may_say_that_a_failure_lasts() {
        assert!(!TransportError::connect("no route").is_permanent());
        assert!(TransportError::connect("no such scheme").permanent().is_permanent());
    }
}
