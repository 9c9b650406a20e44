//! The kinds of errors.

/// The stage at which a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The endpoint could not be resolved. No request was sent.
    Endpoint,
    /// The request could not be signed: usually, no credentials are configured. Or a secret would be sent over
    /// plain HTTP. It was not sent.
    Auth,
    /// The input could not be serialized. No request was sent.
    Serialization,
    /// The connection could not be established, or was closed before the response was complete.
    Connection,
    /// The read, attempt or call timeout was reached, or a transfer was slower than the minimum throughput.
    Timeout,
    /// A [hook](crate::client::Hook) returned an error.
    Hook,
    /// The service returned an error, declared in its model or not.
    Service,
    /// The service returned success, but the response could not be deserialized, or exceeds a limit of the
    /// client.
    Response,
}
