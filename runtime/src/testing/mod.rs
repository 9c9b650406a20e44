//! For tests of code that uses a client, and of clients themselves.

mod mock;
mod protocol_test;

pub use mock::MockTransport;
pub use protocol_test::{RequestCase, ResponseCase, check_request, check_response};
