//! Values of shapes to bytes and back, by schema.

mod error;
pub mod json;
mod serde;

pub use error::{ReadError, WriteError};
