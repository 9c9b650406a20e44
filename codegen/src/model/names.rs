//! Lists and paths of names in diagnostics, shortened if they are long.

/// The number of names to show at each end of a long path; a list shows twice as many.
const SHOWN: usize = 10;

/// Formats names as a path with arrows, without the middle of a long path.
pub(super) fn path<S: AsRef<str>>(names: &[S]) -> String {
    let part = |names: &[S]| names.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" → ");
    match (names.get(..SHOWN), names.len().checked_sub(SHOWN).and_then(|tail| names.get(tail..))) {
        (Some(head), Some(tail)) if names.len() > 2 * SHOWN => {
            format!("{} → … {} more … → {}", part(head), names.len() - 2 * SHOWN, part(tail))
        }
        _ => part(names),
    }
}

/// Formats names as a comma-separated list in backticks, without the end of a long list.
pub(super) fn list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let mut names = names.into_iter();
    let shown: Vec<String> =
        names.by_ref().take(2 * SHOWN).map(|name| format!("`{}`", name.as_ref())).collect();
    match names.count() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_long_paths_and_lists() {
        let names: Vec<String> = (0..100).map(|n| n.to_string()).collect();
        assert_eq!(path(&names[..3]), "0 → 1 → 2");
        assert!(path(&names).contains("9 → … 80 more … → 90"));
        assert_eq!(list(&names[..2]), "`0`, `1`");
        assert!(list(&names).ends_with("`19` and 80 more"));
    }
}
