//! The client that every generated crate wraps: configuration, and the loop around an operation.

mod attempts;
mod builder;
mod call;
mod execute;

pub use builder::{BuildError, Builder};
pub use call::{Call, CallWithMetadata, Metadata, Response};

use crate::operation::RequestOptions;
use crate::transport::Transport;
use std::sync::Arc;
use std::time::Duration;

/// What a generated client holds. Clones share one transport and its connections.
#[derive(Clone, Debug)]
pub struct Handle {
    inner: Arc<Inner>,
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
