//! Suggestions for misspelled shape ids.

use crate::shape_id::ShapeId;

/// The number of byte comparisons allowed in one run. Keeps models with a hundred thousand missing targets
/// fast: once the budget is used up, diagnostics have no suggestion.
pub(super) const BUDGET: usize = 20_000_000;

/// The length of the longest name to find suggestions for.
const MAX_LENGTH: usize = 80;

/// Returns the id most similar to `missing`, if one is similar enough. Subtracts the cost of the search from
/// `budget`.
pub(super) fn similar<'i>(
    missing: &ShapeId,
    ids: impl Iterator<Item = &'i ShapeId>,
    budget: &mut usize,
) -> Option<&'i ShapeId> {
    let name = missing.name().as_bytes();
    if name.len() > MAX_LENGTH {
        return None;
    }
    let mut best: Option<(usize, &ShapeId)> = None;
    for id in ids {
        let other = id.name().as_bytes();
        let namespace_distance = usize::from(id.namespace() != missing.namespace());
        let limit = best.map_or(name.len() / 3 + 1, |(distance, _)| distance.saturating_sub(1));
        if other.len().abs_diff(name.len()) + namespace_distance > limit {
            continue;
        }
        *budget = budget.checked_sub(name.len() * other.len())?;
        let distance = distance(name, other) + namespace_distance;
        if distance <= limit {
            best = Some((distance, id));
        }
    }
    best.map(|(_, id)| id)
}

/// Returns the Levenshtein distance, ignoring ASCII case.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let substitution = diagonal + usize::from(!x.eq_ignore_ascii_case(y));
            diagonal = *cell;
            left = substitution.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape_id::ShapeId;

    fn ids(texts: &[&str]) -> Vec<ShapeId> {
        texts.iter().map(|text| ShapeId::parse(text).unwrap()).collect()
    }

    #[test]
    fn finds_most_similar_id() {
        assert_eq!(distance(b"kitten", b"sitting"), 3);
        let known = ids(&["a#String", "a#Strong", "b#Stringy", "a#Other"]);
        let find =
            |text: &str| similar(&ids(&[text])[0], known.iter(), &mut BUDGET.clone()).map(ShapeId::as_str);
        assert_eq!(find("a#Sting"), Some("a#String"));
        assert_eq!(find("b#String"), Some("a#String"));
        assert_eq!(find("a#Unrelated"), None);
    }

    #[test]
    fn stops_when_budget_is_used_up() {
        let known = ids(&["a#String"]);
        assert_eq!(similar(&ids(&["a#Sting"])[0], known.iter(), &mut 3), None);
    }
}
