//! What generated client crates stand on: schemas, codecs, protocols and the client loop.

pub mod codec;
pub mod protocol;
pub mod schema;
pub mod shape;
pub mod types;

#[cfg(test)]
mod test_shapes;
