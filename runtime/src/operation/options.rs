//! What a request depends on besides its input.

use super::idempotency;
use std::fmt;
use std::sync::Arc;

/// Bodies of fewer bytes are not worth compressing; the official SDKs draw the line here too.
const MIN_COMPRESSION_BYTES: usize = 10_240;

type TokenSource = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// What a request depends on besides its input and endpoint.
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
    /// Where [idempotency tokens](https://smithy.io/2.0/spec/behavior-traits.html#idempotencytoken-trait)
    /// come from that the input does not set. Random UUIDs unless set.
    pub fn idempotency_tokens(mut self, source: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.idempotency_tokens = Arc::new(move || Some(source()));
        self
    }

    /// From how many bytes on a body is compressed, where the operation asks for it. 10,240 unless set.
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
