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
}

impl Default for RequestOptions {
    fn default() -> Self {
        Self {
            idempotency_tokens: Arc::new(idempotency::random_token),
            min_compression_bytes: MIN_COMPRESSION_BYTES,
        }
    }
}

impl RequestOptions {
    /// Sets the source of [idempotency
    /// tokens](https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait) that the input leaves
    /// unset. Default: random UUIDs.
    pub fn idempotency_tokens(mut self, source: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.idempotency_tokens = Arc::new(move || Some(source()));
        self
    }

    /// Sets the minimum size in bytes of a body to compress, if the operation supports compression. Default:
    /// 10,240.
    pub fn min_compression_bytes(mut self, bytes: usize) -> Self {
        self.min_compression_bytes = bytes;
        self
    }
}

impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestOptions")
            .field("min_compression_bytes", &self.min_compression_bytes)
            .finish_non_exhaustive()
    }
}
