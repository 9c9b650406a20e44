//! Path and message of an error.

use super::budget::Budget;
use crate::codec::{ReadError, WriteError};
use serde_core::{de, ser};
use std::borrow::Cow;
use std::cell::RefCell;

/// Records the message of an error, and its path as the recursion unwinds. It also has the memory budget of a
/// deserialization, so that one reference leads to both.
///
/// `serde`'s own errors have no path and contain the value that was found, which may be sensitive. Does not
/// allocate unless an error occurs.
#[derive(Default)]
pub(in crate::codec) struct Trace {
    path: RefCell<Vec<Cow<'static, str>>>,
    message: RefCell<Option<String>>,
    budget: Budget,
}

impl Trace {
    /// Creates a trace of a deserialization whose values may take this many bytes of memory.
    pub(super) fn with_budget(bytes: usize) -> Self {
        Self { budget: Budget::new(bytes), ..Self::default() }
    }

    /// Takes memory from the budget. Returns an error if too little is left.
    #[inline]
    pub(super) fn take_memory<E: de::Error>(&self, bytes: usize) -> Result<(), E> {
        if self.budget.take(bytes) { Ok(()) } else { Err(self.fail_read(self.budget.exceeded())) }
    }

    /// Records the message of a deserialization error and returns the error. The message must not contain
    /// the value.
    pub(in crate::codec) fn fail_read<E: de::Error>(&self, message: impl Into<String>) -> E {
        self.record(message.into());
        E::custom("")
    }

    /// Records the message of a serialization error and returns the error. The message must not contain the
    /// value.
    pub(in crate::codec) fn fail_write<E: ser::Error>(&self, message: impl Into<String>) -> E {
        self.record(message.into());
        E::custom("")
    }

    fn record(&self, message: String) {
        self.message.borrow_mut().get_or_insert(message);
    }

    /// Adds a path segment: the member, or the position in a list or map. Called for the innermost segment
    /// first. Map keys are not recorded, because they are data.
    pub(super) fn within<E>(&self, error: E, segment: impl Into<Cow<'static, str>>) -> E {
        self.path.borrow_mut().push(segment.into());
        error
    }

    /// Returns the error of a serialization to a format. It has a general message if none was recorded.
    pub(super) fn into_write_error(self, format: &str) -> WriteError {
        let message = self.message.into_inner();
        let message = message.unwrap_or_else(|| format!("value cannot be represented in {format}"));
        WriteError::at(self.path.into_inner(), message)
    }

    /// Returns the error of a deserialization. `message` is used if none was recorded.
    pub(super) fn into_read_error(self, message: String) -> ReadError {
        ReadError::at(self.path.into_inner(), self.message.into_inner().unwrap_or(message))
    }
}
