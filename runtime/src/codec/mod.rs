//! Values of shapes to bytes and back, by schema.

mod error;

pub use error::{ReadError, WriteError};
