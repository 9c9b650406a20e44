//! Options for building requests.

use super::idempotency;
use std::fmt;
use std::sync::Arc;

/// The default of the AWS SDKs.
const MIN_COMPRESSION_BYTES: usize = 10_240;

type TokenSource = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// Options for building requests.
#[derive(Clone)]
pub struct RequestOptions {
    pub(super) idempotency_tokens: TokenSource,
    pub(super) min_compression_bytes: usize,
    pub(super) host_prefix: bool,
}

impl Default for RequestOptions {
    fn default() -> Self {
        Self {
            idempotency_tokens: Arc::new(idempotency::random_token),
            min_compression_bytes: MIN_COMPRESSION_BYTES,
            host_prefix: true,
        }
    }
}

impl RequestOptions {
    /// Sets the source of [idempotency
    /// tokens](https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait) that the input leaves
    /// unset. Default: random UUIDs; without the features `async` and `blocking` none, so that a request with an unset
    /// token is an error.
    pub fn idempotency_tokens(mut self, source: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.idempotency_tokens = Arc::new(move || Some(source()));
        self
    }

    /// Sets the minimum size in bytes of a body to compress, if the operation supports compression. Default:
    /// 10,240. With `usize::MAX`, no body is compressed.
    pub fn min_compression_bytes(mut self, bytes: usize) -> Self {
        self.min_compression_bytes = bytes;
        self
    }

    /// Sets whether the [host prefix](https://smithy.io/2.0/spec/endpoint-traits.html) of operations is added to
    /// the endpoint. Default: true. A server that is reachable by one name only, such as a local one or a VPC
    /// endpoint, needs false.
    pub fn host_prefix(mut self, enabled: bool) -> Self {
        self.host_prefix = enabled;
        self
    }
}

impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestOptions")
            .field("min_compression_bytes", &self.min_compression_bytes)
            .field("host_prefix", &self.host_prefix)
            .finish_non_exhaustive()
    }
}
