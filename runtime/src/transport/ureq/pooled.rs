//! The connection that carried a request.
//!
//! ureq does not tell which connection it used. It runs a request on the thread that sends it, so each
//! connection notes in a variable of the thread that it was the last one to send something.

use crate::transport::PooledConnection;
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    static LAST: RefCell<Option<Reusable>> = const { RefCell::new(None) };
}

/// A flag of a connection: true until it must not be used again.
#[derive(Clone, Debug)]
pub(super) struct Reusable(Arc<AtomicBool>);

impl Reusable {
    pub(super) fn new() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }

    pub(super) fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Notes that the connection sends something.
    pub(super) fn note(&self) {
        LAST.with_borrow_mut(|last| *last = Some(self.clone()));
    }

    /// Returns the connection that was the last one to send something on this thread.
    pub(super) fn take_last() -> Option<Self> {
        LAST.take()
    }
}

impl From<Reusable> for PooledConnection {
    fn from(reusable: Reusable) -> Self {
        Self::new(move || reusable.0.store(false, Ordering::Relaxed))
    }
}
