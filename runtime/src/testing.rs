//! Test helpers for code that uses a client, and for the tests of generated crates.

#[cfg(feature = "protocol-tests")]
mod endpoint_test;
mod mock;
#[cfg(feature = "protocol-tests")]
mod protocol_test;

use crate::types::{Document, UnknownVariant};

#[cfg(feature = "protocol-tests")]
pub use endpoint_test::{EndpointCase, PartitionData, check_endpoints};
pub use mock::{MockError, MockTransport, RecordedRequest};
#[cfg(feature = "protocol-tests")]
pub use protocol_test::{RequestCase, ResponseCase, check_request, check_response};

/// Creates a member of a union that the client does not know, from its name and value on the wire: a test of code that
/// handles members of later versions of a service needs one.
///
/// For an unknown value of an enum, convert its text: `Color::from("MAUVE")`.
pub fn unknown_member(name: impl Into<String>, value: Document) -> UnknownVariant {
    UnknownVariant::new(name, value)
}
