//! The error of a body.

use crate::boxed::BoxError;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// An error of reading a [`Body`](super::Body), or of storing it in a file.
#[derive(Debug)]
pub struct BodyError(Cause);

#[derive(Debug)]
enum Cause {
    Stream(BoxError),
    TooLarge(usize),
    NotText,
    File { verb: &'static str, path: PathBuf, error: io::Error },
}

impl BodyError {
    /// Creates the error of a stream, such as a [`TransportError`](crate::transport::TransportError).
    pub(super) fn stream(error: BoxError) -> Self {
        match error.downcast() {
            Ok(error) => *error,
            Err(error) => Self(Cause::Stream(error)),
        }
    }

    /// Creates an error for a body with more bytes than a limit.
    pub(super) fn too_large(limit: usize) -> Self {
        Self(Cause::TooLarge(limit))
    }

    pub(super) fn not_text() -> Self {
        Self(Cause::NotText)
    }

    /// Creates the error of a file that could not be read or written.
    pub(super) fn file(verb: &'static str, path: &Path, error: io::Error) -> Self {
        Self(Cause::File { verb, path: path.to_owned(), error })
    }

    /// Returns the error of the stream, or else this error.
    pub(crate) fn into_stream_error(self) -> BoxError {
        match self.0 {
            Cause::Stream(error) => error,
            cause => Self(cause).into(),
        }
    }

    /// Returns true if the body has more bytes than the limit.
    pub fn is_too_large(&self) -> bool {
        matches!(self.0, Cause::TooLarge(_))
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Stream(error) => write!(f, "could not read the body: {error}"),
            Cause::TooLarge(limit) => write!(f, "body is larger than {limit} bytes: raise the limit"),
            Cause::NotText => f.write_str("body is not UTF-8: read its bytes instead"),
            Cause::File { verb, path, error } => write!(f, "could not {verb} the file {path:?}: {error}"),
        }
    }
}

/// The source is the error of the stream or the file.
impl Error for BodyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Cause::Stream(error) => Some(error.as_ref()),
            Cause::File { error, .. } => Some(error),
            Cause::TooLarge(_) | Cause::NotText => None,
        }
    }
}

impl From<BodyError> for io::Error {
    fn from(error: BodyError) -> Self {
        match error.0 {
            Cause::File { error, .. } => error,
            cause => Self::other(BodyError(cause)),
        }
    }
}
