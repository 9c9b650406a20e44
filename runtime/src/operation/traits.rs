//! Traits that generated code implements.

use crate::service::OperationSchema;
use crate::shape::{Structure, Value};

/// An [operation](https://smithy.io/2.0/spec/service-types.html#operation) of a generated crate.
pub trait Operation: 'static {
    /// The input structure.
    type Input: Structure + Send + 'static;
    /// The output structure.
    type Output: Structure + Value + Send + 'static;
    /// The declared errors.
    type Error: OperationError + Send + 'static;
    /// The schema of the operation.
    const SCHEMA: &'static OperationSchema;
}

/// The declared errors of an operation, indexed as in [`OperationSchema::errors`].
pub trait OperationError: Sized {
    /// Returns the error at an index with all members unset or at their default value.
    fn default_value(index: usize) -> Option<Self>;

    /// Returns the error structure.
    fn shape(&self) -> &dyn Structure;

    /// Returns the error structure for deserialization.
    fn shape_mut(&mut self) -> &mut dyn Structure;
}

/// The error type of operations that declare no errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoError {}

impl OperationError for NoError {
    fn default_value(_: usize) -> Option<Self> {
        None
    }

    fn shape(&self) -> &dyn Structure {
        match *self {}
    }

    fn shape_mut(&mut self) -> &mut dyn Structure {
        match *self {}
    }
}
