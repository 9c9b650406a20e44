//! Control over the reuse of a connection.

use std::fmt;
use std::sync::Arc;

/// The pooled connection of a response, in the extensions of the response.
///
/// The default transports add it to responses with an error status. After a transient failure, such as status
/// 503, the client calls [`do_not_reuse`](Self::do_not_reuse), so that the next attempt may reach another host
/// of the service. Custom transports may add it too.
#[derive(Clone)]
pub struct PooledConnection(Arc<dyn Fn() + Send + Sync>);

impl PooledConnection {
    /// Creates a handle. `do_not_reuse` is called when no further request may use the connection; requests in
    /// progress may continue.
    pub fn new(do_not_reuse: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(do_not_reuse))
    }

    /// Prevents that further requests use the connection.
    pub fn do_not_reuse(&self) {
        (self.0)();
    }
}

impl fmt::Debug for PooledConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PooledConnection").finish_non_exhaustive()
    }
}
