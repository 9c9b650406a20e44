//! Where reading or writing is, and what went wrong there.

use serde_core::{de, ser};
use std::borrow::Cow;
use std::cell::RefCell;

/// Takes down the path of an error as the recursion unwinds, and its text.
///
/// `serde`'s own errors have room for neither, and name the value that was found, which may be a secret.
/// Costs nothing while all goes well.
#[derive(Default)]
pub(in crate::codec) struct Trace {
    path: RefCell<Vec<Cow<'static, str>>>,
    message: RefCell<Option<String>>,
}

impl Trace {
    /// Keeps what is wrong with the input, without the value, and returns the error that ends the reading.
    pub(in crate::codec) fn fail<E: de::Error>(&self, message: impl Into<String>) -> E {
        self.keep(message.into());
        E::custom("")
    }

    /// Keeps what is wrong with the value, without the value, and returns the error that ends the writing.
    pub(in crate::codec) fn refuse<E: ser::Error>(&self, message: impl Into<String>) -> E {
        self.keep(message.into());
        E::custom("")
    }

    fn keep(&self, message: String) {
        self.message.borrow_mut().get_or_insert(message);
    }

    /// Adds the member, or the position in a list or map, inside which it went wrong; the innermost first.
    /// Keys of maps are left out, since they are data.
    pub(super) fn within<E>(&self, error: E, segment: impl Into<Cow<'static, str>>) -> E {
        self.path.borrow_mut().push(segment.into());
        error
    }

    /// The path, the innermost first, and what is wrong, where one of ours found it.
    pub(in crate::codec) fn into_parts(self) -> (Vec<Cow<'static, str>>, Option<String>) {
        (self.path.into_inner(), self.message.into_inner())
    }
}
