//! The client that every generated crate wraps: configuration, and the loop around an operation.

mod attempts;
mod builder;
mod call;
mod execute;
mod mode;
mod timer;

pub use builder::{BuildError, Builder};
pub use call::{Call, CallWithMetadata, Metadata, Response};
#[cfg(feature = "blocking")]
pub use mode::Blocking;
pub use mode::{Async, Mode};

use crate::operation::RequestOptions;
use crate::schema::ServiceSchema;
use crate::transport::Transport;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// What every generated crate's client is.
pub trait ServiceClient: Sized {
    /// Whether its calls are awaited or block.
    type Mode: Mode;
    /// The service that it calls.
    const SERVICE: &'static ServiceSchema;

    /// The client that holds this handle.
    fn from_handle(handle: Handle<Self::Mode>) -> Self;
}

/// What a generated client holds. Clones share one transport and its connections.
pub struct Handle<M> {
    inner: Arc<Inner>,
    mode: PhantomData<fn() -> M>,
}

impl<M> Handle<M> {
    fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner), mode: PhantomData }
    }
}

impl<M> Clone for Handle<M> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), mode: PhantomData }
    }
}

impl<M> fmt::Debug for Handle<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

#[derive(Debug)]
struct Inner {
    endpoint: http::Uri,
    transport: Arc<dyn Transport>,
    settings: Settings,
    request_options: RequestOptions,
}

/// What may be set for a client and changed for one call.
#[derive(Clone, Debug)]
struct Settings {
    timeout: Option<Duration>,
    retries: u32,
}
