//! The error of a transport.

#[cfg(any(feature = "async", feature = "blocking"))]
use super::MinThroughput;
use super::cause;
#[cfg(any(feature = "async", feature = "blocking"))]
use super::permanent;
use crate::boxed::BoxError;
use crate::one_line::OneLine;
use crate::types::BodyError;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// A failure to send a request or to receive the complete response.
///
/// `Display` writes one line: what failed and the innermost cause, but no part of the request or the
/// response. A client adds the scheme, host and port to errors of connecting.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    /// The subject of the message, such as `could not connect`.
    message: Cow<'static, str>,
    /// The server, if the error is one of connecting to it.
    target: Option<Box<str>>,
    /// The timeout that elapsed.
    elapsed: Option<Duration>,
    may_have_been_sent: bool,
    permanent: bool,
    source: Option<BoxError>,
}

/// The kind of a [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection to the service could be established.
    Connect,
    /// The connection failed while the request was sent or the response received.
    Interrupted,
    /// A timeout elapsed.
    Timeout,
}

impl TransportError {
    /// Creates an error of kind [`Connect`](TransportErrorKind::Connect): nothing was sent, so a retry is
    /// safe.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new(TransportErrorKind::Connect, "could not connect", false, source.into())
    }

    /// Creates an error of kind [`Interrupted`](TransportErrorKind::Interrupted): the service may have
    /// processed the request.
    ///
    /// A source that is a `TransportError` itself, such as the error of a body, is returned unchanged.
    pub fn interrupted(source: impl Into<BoxError>) -> Self {
        let message = "connection closed before the response was complete";
        let source = match source.into().downcast::<BodyError>() {
            Ok(error) => error.into_stream_error(),
            Err(source) => source,
        };
        match source.downcast() {
            Ok(error) => *error,
            Err(source) => Self::new(TransportErrorKind::Interrupted, message, true, source),
        }
    }

    /// Creates an error of kind [`Timeout`](TransportErrorKind::Timeout). `what` names the operation that
    /// timed out, such as `connect` or `read`; `may_have_been_sent` is true if the service may have received
    /// the request.
    ///
    /// ```
    /// # use farrier_runtime::transport::TransportError;
    /// # use std::time::Duration;
    /// let error = TransportError::timeout("read", Duration::from_millis(1500), true);
    /// assert_eq!(error.to_string(), "read timed out after 1.5s");
    /// ```
    pub fn timeout(what: &'static str, limit: Duration, may_have_been_sent: bool) -> Self {
        Self {
            kind: TransportErrorKind::Timeout,
            message: what.into(),
            target: None,
            elapsed: Some(limit),
            may_have_been_sent,
            permanent: false,
            source: None,
        }
    }

    /// Creates an error of kind [`Timeout`](TransportErrorKind::Timeout) for a transfer that is too slow. `what` is
    /// `upload` or `download`.
    #[cfg(any(feature = "async", feature = "blocking"))]
    pub(super) fn stalled(what: &'static str, min: MinThroughput) -> Self {
        let message = format!("{what} stalled: {}", min.describe());
        Self { message: message.into(), elapsed: None, ..Self::timeout(what, Duration::ZERO, true) }
    }

    pub(super) fn new(
        kind: TransportErrorKind,
        message: impl Into<Cow<'static, str>>,
        may_have_been_sent: bool,
        source: BoxError,
    ) -> Self {
        #[cfg(any(feature = "async", feature = "blocking"))]
        let permanent = permanent::is_permanent(kind == TransportErrorKind::Connect, source.as_ref());
        #[cfg(not(any(feature = "async", feature = "blocking")))]
        let permanent = false;
        Self {
            kind,
            message: message.into(),
            target: None,
            elapsed: None,
            may_have_been_sent,
            permanent,
            source: Some(source),
        }
    }

    /// Returns an equal error, whose source is the description of this one's. For requests that share a connection.
    #[cfg(feature = "http2")]
    pub(super) fn copy(&self) -> Self {
        Self {
            kind: self.kind,
            message: self.message.clone(),
            target: self.target.clone(),
            elapsed: self.elapsed,
            may_have_been_sent: self.may_have_been_sent,
            permanent: self.permanent,
            source: self.source.as_ref().map(|source| cause::describe(source.as_ref()).into()),
        }
    }

    /// Returns true if no connection was established.
    pub(crate) fn is_connect(&self) -> bool {
        self.kind != TransportErrorKind::Interrupted && !self.may_have_been_sent
    }

    /// Adds the server that could not be reached.
    pub(crate) fn with_target(self, target: String) -> Self {
        Self { target: Some(target.into()), ..self }
    }

    /// Marks the error as permanent: see [`is_permanent`](Self::is_permanent).
    pub fn permanent(self) -> Self {
        Self { permanent: true, ..self }
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns true if the service may have received the request. Otherwise a retry is safe.
    pub fn may_have_been_sent(&self) -> bool {
        self.may_have_been_sent
    }

    /// Returns true if a retry would fail in the same way: the server's certificate is not trusted, expired
    /// or not valid for the host, the TLS handshake cannot succeed, a proxy refuses the connection with status
    /// 403 or 407, or the response headers exceed the client's limits. Clients do not retry such errors.
    pub fn is_permanent(&self) -> bool {
        self.permanent
    }
}

impl fmt::Display for TransportError {
    /// Writes what failed and the innermost cause. The causes in between mostly repeat each other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(target) = &self.target {
            let preposition = if self.message.contains("connect") { "to" } else { "for" };
            write!(f, " {preposition} {target}")?;
        }
        if let Some(limit) = self.elapsed {
            write!(f, " timed out after {limit:?}")?;
        }
        match &self.source {
            // May contain text of the server, such as the names in its certificate.
            Some(source) => write!(f, ": {}", OneLine(&cause::describe(source.as_ref()))),
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
    fn displays_the_innermost_cause() {
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        let error = TransportError::connect(io::Error::other(io::Error::other(refused)));
        assert_eq!(error.to_string(), "could not connect: connection refused");
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Connect, false));
    }

    #[test]
    fn displays_the_target() {
        let target = || "`https://a.test:443`".to_owned();
        let timeout =
            |what| TransportError::timeout(what, Duration::from_secs(3), false).with_target(target());
        let connect = "connect to `https://a.test:443` timed out after 3s";
        assert_eq!(timeout("connect").to_string(), connect);
        assert_eq!(
            timeout("DNS lookup").to_string(),
            "DNS lookup for `https://a.test:443` timed out after 3s"
        );
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        let error = TransportError::connect(refused).with_target(target());
        assert_eq!(error.to_string(), "could not connect to `https://a.test:443`: connection refused");
    }

    #[test]
    fn interrupted_returns_a_timeout_unchanged() {
        let timeout = TransportError::timeout("read", Duration::from_secs(5), true);
        let error = TransportError::interrupted(BoxError::from(timeout));
        assert_eq!(error.to_string(), "read timed out after 5s");
        assert_eq!((error.kind(), error.may_have_been_sent()), (TransportErrorKind::Timeout, true));
    }

    #[test]
    fn describes_an_unexpected_eof() {
        let error = TransportError::interrupted(io::Error::from(io::ErrorKind::UnexpectedEof));
        let expected = "connection closed before the response was complete: the server closed the connection";
        assert_eq!(error.to_string(), expected);
        assert!(error.may_have_been_sent());
        assert!(!error.is_permanent());
    }

    #[test]
    fn permanent_marks_an_error() {
        assert!(!TransportError::connect("no route").is_permanent());
        assert!(TransportError::connect("no such scheme").permanent().is_permanent());
    }
}
