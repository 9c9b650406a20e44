//! Names that are replaced in code spans.

use std::collections::BTreeMap;

/// The names of the model that are replaced in code spans, with their replacements.
pub(crate) type Names = BTreeMap<String, Name>;

/// The replacement of a code span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// The name to show.
    pub(crate) name: String,
    /// The intra-doc link target, if any.
    pub(crate) target: Option<String>,
}
