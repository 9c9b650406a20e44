//! The parts of error documents that all errors share.

/// The parts of an error document that do not depend on the declared error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorBody {
    /// The error code: `code`, or `Code`.
    pub code: Option<String>,
    /// The name of the error's shape: `__type`. It may be an absolute shape id.
    pub r#type: Option<String>,
    /// The human-readable message, if it is not empty.
    pub message: Option<String>,
}
