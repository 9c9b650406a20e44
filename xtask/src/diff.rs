//! Differences between texts.

use similar::TextDiff;

/// A unified diff from the file on disk to what it should be.
pub(crate) fn unified(path: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(3)
        .header(path, &format!("{path} (generated)"))
        .to_string()
}
