//! The transport: sends HTTP requests. [`Transport`] has one method to implement.

#[cfg(any(feature = "async", feature = "blocking"))]
mod build_error;
mod cause;
mod error;
#[cfg(any(feature = "async", feature = "blocking"))]
mod framing;
#[cfg(feature = "async")]
mod hyper;
#[cfg(any(feature = "async", feature = "blocking"))]
mod large_head;
mod loopback;
#[cfg(any(feature = "async", feature = "blocking"))]
mod permanent;
mod pooled;
#[cfg(any(feature = "async", feature = "blocking"))]
mod proxy;
#[cfg(any(feature = "async", feature = "blocking"))]
mod roots;
#[cfg(any(feature = "async", feature = "blocking"))]
mod settings;
mod throughput;
mod timeouts;
#[cfg(feature = "async")]
mod tower;
mod typed_mock;
#[cfg(feature = "blocking")]
mod ureq;

#[cfg(any(feature = "async", feature = "blocking"))]
pub use build_error::TransportBuildError;
pub use error::{TransportError, TransportErrorKind};
#[cfg(feature = "async")]
pub use hyper::{HyperTransport, HyperTransportBuilder};
pub(crate) use loopback::is_loopback;
pub use pooled::PooledConnection;
#[cfg(any(feature = "async", feature = "blocking"))]
pub use proxy::Proxy;
#[cfg(any(feature = "async", feature = "blocking"))]
pub use roots::Roots;
pub use throughput::MinThroughput;
pub use timeouts::Timeouts;
#[cfg(feature = "async")]
pub use tower::TowerTransport;
pub(crate) use typed_mock::{MockedCall, MockedResponse, TypedMock};
#[cfg(feature = "blocking")]
pub use ureq::{UreqTransport, UreqTransportBuilder};

pub use crate::boxed::{BoxError, BoxFuture};

use crate::types::Body;
use std::fmt;

/// Sends one request and returns the response, whose body may still be arriving. A response with any status
/// is `Ok`.
///
/// Dropping the future or the body cancels the request.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends a request.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Returns the mock to call in place of [`send`](Self::send), with the input of the call. Default: none.
    #[doc(hidden)]
    fn typed_mock(&self) -> Option<&dyn typed_mock::TypedMock> {
        None
    }
}

/// Returns an error outside a tokio runtime, where tokio's own functions would panic.
#[cfg(feature = "async")]
pub(crate) fn require_tokio() -> Result<(), TransportError> {
    let missing = "no tokio runtime is running here: call the client from within one";
    tokio::runtime::Handle::try_current().map(drop).map_err(|_| TransportError::connect(missing).permanent())
}
