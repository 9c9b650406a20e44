//! Names of shapes and members in Rust, for `Debug`.
//!
//! They are derived from the names in the model, which takes no data for most members. `Trait::RustName` has the others.

use super::traits::Trait;

/// Returns the name in the traits.
pub(super) fn given(traits: &[Trait]) -> Option<&'static str> {
    traits.iter().find_map(|t| if let Trait::RustName(name) = t { Some(*name) } else { None })
}

/// Returns the name of a type: the shape's name with its first letter in upper case.
pub(super) fn type_name(shape: &str) -> String {
    let mut name = shape.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// Returns the name of a field, in snake case.
pub(super) fn field_name(member: &str) -> String {
    let mut name = String::with_capacity(member.len() + 4);
    for_each_letter(member, |letter, starts_word| {
        if starts_word && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    });
    name
}

/// Returns the name of a variant, in upper camel case.
pub(super) fn variant_name(member: &str) -> String {
    let mut name = String::with_capacity(member.len());
    for_each_letter(member, |letter, starts_word| {
        name.push(if starts_word { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() });
    });
    name
}

/// Calls `f` with each letter and digit, and with true if it starts a word: after a separator, before a capital that
/// follows a lower-case letter, and before the last of several capitals if a lower-case letter follows it.
fn for_each_letter(name: &str, mut f: impl FnMut(char, bool)) {
    let (mut last_letter, mut starts) = (None::<char>, true);
    let mut letters = name.chars().peekable();
    while let Some(c) = letters.next() {
        if !c.is_ascii_alphanumeric() {
            (last_letter, starts) = (None, true);
            continue;
        }
        let is_before_lower = letters.peek().is_some_and(char::is_ascii_lowercase);
        let starts_after = |last: char| last.is_ascii_lowercase() || is_before_lower;
        f(c, starts || (c.is_ascii_uppercase() && last_letter.is_some_and(starts_after)));
        starts = false;
        if c.is_ascii_alphabetic() {
            last_letter = Some(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_in_snake_case() {
        for (member, field) in [
            ("accessKeyId", "access_key_id"),
            ("S3Bucket", "s3_bucket"),
            ("HTTPSPort", "https_port"),
            ("a1B", "a1_b"),
            ("A1b", "a1b"),
            ("A1Bc", "a1_bc"),
            ("x_y", "x_y"),
            ("_a__B_", "a_b"),
            ("", ""),
        ] {
            assert_eq!(field_name(member), field, "{member}");
        }
    }

    #[test]
    fn variants_are_in_upper_camel_case() {
        for (member, variant) in [("text", "Text"), ("IN_PROGRESS", "InProgress"), ("awsVPC", "AwsVpc")] {
            assert_eq!(variant_name(member), variant, "{member}");
        }
        assert_eq!((type_name("city"), type_name("")), ("City".to_owned(), String::new()));
    }
}
