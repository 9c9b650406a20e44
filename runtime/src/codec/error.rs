//! Why a value could not be written or read.

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
            /// An error with what is wrong. The text must not hold the value itself, which may be a secret.
            pub fn new(message: impl Into<String>) -> Self {
                Self { path: Vec::new(), message: message.into() }
            }

            /// Adds the member, index or key inside which it went wrong; the innermost first.
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
    /// Why an input could not be written: the member and what is wrong with it.
    WriteError
}

codec_error! {
    /// Why an answer could not be read: the member and what is wrong with it.
    ReadError
}
