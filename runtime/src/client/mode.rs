//! Whether calls are awaited or block. One loop serves both.

use std::fmt;

/// How the calls of a client are made: [`Async`] or, with the feature `blocking`, `Blocking`.
pub trait Mode: Clone + fmt::Debug + Send + Sync + 'static + private::Sealed {}

/// Calls are awaited, in a tokio runtime.
#[derive(Clone, Copy, Debug)]
pub enum Async {}

impl Mode for Async {}

mod private {
    /// There are no other modes.
    pub trait Sealed {}

    impl Sealed for super::Async {}
}
