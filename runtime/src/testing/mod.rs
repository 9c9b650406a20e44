//! For tests of code that uses a client, and of clients themselves.

#[cfg(feature = "protocol-tests")]
mod endpoint_test;
mod mock;
#[cfg(feature = "protocol-tests")]
mod protocol_test;

#[cfg(feature = "protocol-tests")]
pub use endpoint_test::{EndpointCase, EndpointPassed, check_endpoints};
pub use mock::{MockTransport, RecordedRequest};
#[cfg(feature = "protocol-tests")]
pub use protocol_test::{RequestCase, ResponseCase, check_request, check_response};
