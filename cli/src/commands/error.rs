//! Errors of the commands.

use std::fmt;

/// The reason why a command could not run. `Display` is one message, without `error:`.
#[derive(Debug)]
pub struct Error(pub(super) String);

impl Error {
    /// Creates an error with a message.
    pub fn new(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
