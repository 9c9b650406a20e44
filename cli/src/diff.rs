//! Text diffs.

use similar::TextDiff;

/// Returns a unified diff from the file on disk to the generated file.
pub(crate) fn unified(path: &str, old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(3)
        .header(path, &format!("{path} (generated)"))
        .to_string()
}
