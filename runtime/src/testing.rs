//! Test helpers for code that uses a client, and for the tests of generated crates.

#[cfg(feature = "protocol-tests")]
mod endpoint_test;
mod mock;
#[cfg(feature = "protocol-tests")]
mod protocol_test;

#[cfg(feature = "protocol-tests")]
pub use endpoint_test::{EndpointCase, PartitionData, check_endpoints};
pub use mock::{MockError, MockTransport, RecordedRequest};
#[cfg(feature = "protocol-tests")]
pub use protocol_test::{RequestCase, ResponseCase, check_request, check_response};
