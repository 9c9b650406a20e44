//! The client behind every generated client: configuration, calls, retries and hooks.

mod attempt;
mod build_error;
mod builder;
mod call;
mod clock;
mod connection;
mod discovered_endpoints;
mod discovery;
mod endpoint_cache;
mod environment;
mod execute;
mod hook;
mod hook_code;
mod metadata;
mod mocked;
mod mode;
mod notify;
mod overrides;
mod prepare;
mod repeatability;
mod retry;
mod send;
mod settings;
mod target;
mod timer;
mod user_agent;
mod with_hooks;

pub use build_error::BuildError;
pub use builder::{BUILDER_METHODS, Builder};
pub use call::{Call, CallWithMetadata};
pub use discovery::DISCOVERY;
pub use hook::{
    Attempt, AttemptOutcome, AttemptResponse, CallInfo, CallOutcome, Hook, RetryDecision, RunCall,
};
pub use metadata::{Metadata, Response};
#[cfg(feature = "blocking")]
pub use mode::Blocking;
pub use mode::{Async, Mode};
pub use retry::Retries;

use crate::auth::Identities;
use crate::operation::RequestOptions;
use crate::service::{Service, ServiceSchema};
use crate::transport::Transport;
use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Instant;

/// A generated client.
pub trait ServiceClient: Sized {
    /// [`Async`] or `Blocking`.
    type Mode: Mode;
    /// The type of the service.
    type Service: Service;

    /// Creates the client from its handle.
    fn from_handle(handle: Handle<Self::Mode>) -> Self;
}

/// The state of a generated client. Clones share one transport and its connections.
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
        f.debug_struct("Handle")
            .field("service", &self.inner.service.id)
            .field("region", &self.inner.endpoints.region())
            .field("transport", &self.inner.transport)
            .field("settings", &self.inner.settings)
            .finish_non_exhaustive()
    }
}

/// State shared by all calls of a client.
struct Inner {
    service: &'static ServiceSchema,
    endpoints: endpoint_cache::EndpointCache,
    transport: Arc<dyn Transport>,
    hooks: Vec<Arc<dyn hook::DynHook>>,
    /// Set if there are hooks.
    hook_code: Option<&'static (dyn Any + Send + Sync)>,
    settings: settings::Settings,
    request_options: RequestOptions,
    allow_secrets_over_http: bool,
    user_agent: http::HeaderValue,
    identities: Identities,
    retries: retry::RetryState,
    clock: clock::Clock,
    discovered: discovered_endpoints::DiscoveredEndpoints,
    /// The time at which the client was built.
    created_at: Instant,
}
