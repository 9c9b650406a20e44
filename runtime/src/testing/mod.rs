//! For tests of code that uses a client.

mod mock;

pub use mock::MockTransport;
