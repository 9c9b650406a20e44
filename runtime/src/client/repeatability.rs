//! The failures after which a request may be retried.

use crate::error::Failure;
use crate::schema::Trait;
use crate::service::{OperationSchema, OperationTrait};
use crate::shape::{Structure, View};

/// The failures after which a request may be retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeatability {
    /// All: to process the request twice has the same effect as once, or the caller allows it.
    Repeatable,
    /// Error responses, and failures after which the request was certainly not processed. A request without a
    /// complete response is not retried: it may be running, or done.
    AfterErrorResponse,
    /// Only failures after which the request was certainly not processed.
    SingleUse,
}

impl Repeatability {
    /// Returns the setting of the call, or else what follows from the model and the members that are set.
    pub(super) fn of(operation: &OperationSchema, input: &dyn Structure, setting: Option<bool>) -> Self {
        match setting {
            Some(true) => Self::Repeatable,
            Some(false) => Self::SingleUse,
            None if is_single_use(operation, input) => Self::SingleUse,
            None if operation.is_idempotent() || has_idempotency_token(operation) => Self::Repeatable,
            None => Self::AfterErrorResponse,
        }
    }

    /// Returns true if the request may be retried after this failure.
    pub(super) fn allows_retry(self, failure: &Failure) -> bool {
        match self {
            Self::Repeatable => true,
            Self::AfterErrorResponse => failure.is_error_response() || failure.was_not_processed(),
            Self::SingleUse => failure.was_not_processed(),
        }
    }
}

/// Returns true if requests carry an idempotency token: one is generated if the input sets none.
fn has_idempotency_token(operation: &OperationSchema) -> bool {
    operation.input.members.iter().any(|member| member.has(Trait::IdempotencyToken))
}

/// Returns true if the operation is single use, or a single-use member of the input is set.
pub(super) fn is_single_use(operation: &OperationSchema, input: &dyn Structure) -> bool {
    operation.traits.iter().any(|t| match t {
        OperationTrait::SingleUse(path) => is_set(input, path),
        _ => false,
    })
}

/// Returns true if the member at this path of member indices is set.
fn is_set(structure: &dyn Structure, path: &[usize]) -> bool {
    let [index, rest @ ..] = path else { return true };
    match structure.member(*index).map(|value| value.view()) {
        None | Some(View::Absent) => false,
        Some(View::Structure(inner)) => is_set(inner, rest),
        Some(_) => rest.is_empty(),
    }
}
