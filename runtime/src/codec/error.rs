//! Errors of writing and reading values.

use std::fmt;

macro_rules! codec_error {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            path: Vec<String>,
            message: String,
        }

        impl $name {
            /// Creates an error with a message. The message must not contain the value, which may be
            /// sensitive.
            pub fn new(message: impl Into<String>) -> Self {
                Self { path: Vec::new(), message: message.into() }
            }

            /// Creates an error with a message and a path, innermost segment first.
            pub(super) fn at(path: impl IntoIterator<Item: Into<String>>, message: String) -> Self {
                Self { path: path.into_iter().map(Into::into).collect(), message }
            }

            /// Adds a path segment: the member, index or key that contains the error. Call it for the
            /// innermost segment first.
            pub fn within(mut self, segment: impl Into<String>) -> Self {
                self.path.push(segment.into());
                self
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                for (i, segment) in self.path.iter().rev().enumerate() {
                    write!(f, "{}{segment}", if i == 0 { "" } else { "." })?;
                }
                write!(f, "{}{}", if self.path.is_empty() { "" } else { ": " }, self.message)
            }
        }

        impl std::error::Error for $name {}
    };
}

codec_error! {
    /// An input could not be serialized. Displays the path of the member and the reason.
    WriteError
}

codec_error! {
    /// A response could not be deserialized. Displays the path of the member and the reason.
    ReadError
}
