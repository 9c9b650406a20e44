//! What generated client crates stand on: schemas, codecs, protocols and the client loop.

pub mod auth;
pub mod client;
pub mod codec;
pub mod endpoint;
pub mod error;
pub mod operation;
pub mod protocol;
pub mod schema;
pub mod shape;
pub mod testing;
pub mod transport;
pub mod types;

pub use error::{Error, ErrorKind};

#[cfg(test)]
mod test_shapes;
