//! For tests of code that uses a client, and of clients themselves.

mod mock;
#[cfg(feature = "protocol-tests")]
mod protocol_test;

pub use mock::{MockTransport, RecordedRequest};
#[cfg(feature = "protocol-tests")]
pub use protocol_test::{RequestCase, ResponseCase, check_request, check_response};
