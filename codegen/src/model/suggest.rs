//! Finding the name that somebody meant.

use crate::model::ShapeId;

/// How many characters may be compared in one run: a model with a hundred thousand missing targets gets
/// its diagnostics, only not all with a suggestion.
pub(super) const EFFORT: usize = 20_000_000;

const LONGEST: usize = 80;

/// The id most like the wanted one, if any is like it; takes what it costs from `effort`.
pub(super) fn similar<'i>(
    wanted: &ShapeId,
    ids: impl Iterator<Item = &'i ShapeId>,
    effort: &mut usize,
) -> Option<&'i ShapeId> {
    let name = wanted.name().as_bytes();
    if name.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &ShapeId)> = None;
    for id in ids {
        let other = id.name().as_bytes();
        let elsewhere = usize::from(id.namespace() != wanted.namespace());
        let limit = best.map_or(name.len() / 3 + 1, |(distance, _)| distance.saturating_sub(1));
        if other.len().abs_diff(name.len()) + elsewhere > limit {
            continue;
        }
        *effort = effort.checked_sub(name.len() * other.len())?;
        let distance = distance(name, other) + elsewhere;
        if distance <= limit {
            best = Some((distance, id));
        }
    }
    best.map(|(_, id)| id)
}

/// The Levenshtein distance, letter case aside.
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

    fn ids(texts: &[&str]) -> Vec<ShapeId> {
        texts.iter().map(|text| ShapeId::parse(text).unwrap()).collect()
    }

    #[test]
    fn the_nearest_name_is_found() {
        assert_eq!(distance(b"kitten", b"sitting"), 3);
        let known = ids(&["a#String", "a#Strong", "b#Stringy", "a#Other"]);
        let find =
            |text: &str| similar(&ids(&[text])[0], known.iter(), &mut EFFORT.clone()).map(ShapeId::as_str);
        assert_eq!(find("a#Sting"), Some("a#String"));
        assert_eq!(find("b#String"), Some("a#String"));
        assert_eq!(find("a#Unrelated"), None);
    }

    #[test]
    fn the_effort_is_bounded() {
        let known = ids(&["a#String"]);
        assert_eq!(similar(&ids(&["a#Sting"])[0], known.iter(), &mut 3), None);
    }
}
