//! Traits that generated code implements.

use crate::service::{OperationSchema, Service};
use crate::shape::{Structure, Value};
use std::any::Any;

/// An [operation](https://smithy.io/2.0/spec/service-types.html#operation) of a generated crate.
pub trait Operation: 'static {
    /// The service of the operation.
    type Service: Service;
    /// The input structure.
    type Input: Structure + Send + Sync + 'static;
    /// The output structure.
    type Output: Structure + Value + Send + 'static;
    /// The declared errors.
    type Error: OperationError + Send + Sync + 'static;
    /// The schema of the operation.
    const SCHEMA: &'static OperationSchema;
}

/// The input of a call, independent of the operation's types.
pub(crate) trait CallInput: Structure + Send + Sync {
    /// Returns the input, to be downcast to its type.
    fn as_any(&self) -> &(dyn Any + Send + Sync);

    fn as_structure(&self) -> &dyn Structure;

    fn as_structure_mut(&mut self) -> &mut dyn Structure;
}

impl<T: Structure + Send + Sync + 'static> CallInput for T {
    fn as_any(&self) -> &(dyn Any + Send + Sync) {
        self
    }

    fn as_structure(&self) -> &dyn Structure {
        self
    }

    fn as_structure_mut(&mut self) -> &mut dyn Structure {
        self
    }
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

impl std::fmt::Display for NoError {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl std::error::Error for NoError {}

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
