//! Turns a string with the deprecated [`@enum` trait](https://smithy.io/1.0/spec/core/constraint-traits.html#enum-trait)
//! into an enum, where every value has a name or one can be made of it.

use super::synthetic;
use crate::Diagnostics;
use crate::ast::{Node, ShapeType, Target};
use crate::model::draft::{Applied, Draft, DraftMember, Members, TraitMap};
use crate::model::{ShapeId, is_identifier, prelude};
use std::borrow::Cow;

const ENUM: &str = "smithy.api#enum";

/// Converts the shape if it can be converted; else it stays a string.
pub(super) fn convert(draft: &mut Draft<'_>, diagnostics: &mut Diagnostics) {
    if draft.ty != ShapeType::String {
        return;
    }
    let Some(applied) = draft.traits.get(ENUM) else { return };
    let Some(definitions) = applied.value.items() else {
        diagnostics.push(applied.value.unexpected("`smithy.api#enum`", "an array of enum definitions"));
        return;
    };
    let mut members = Members::default();
    let count = definitions.len();
    for definition in definitions {
        match member(definition) {
            Definition::Named(member) if members.get(&member.name).is_none() => members.push(member),
            Definition::Named(_) | Definition::Nameless => return,
            Definition::Wrong => {
                let wanted = "an object with a string `value`";
                diagnostics.push(definition.unexpected("an item of `smithy.api#enum`", wanted));
                return;
            }
        }
    }
    if count > 0 {
        draft.ty = ShapeType::Enum;
        draft.members = members;
        draft.traits.remove(ENUM);
    }
}

enum Definition<'a> {
    Named(DraftMember<'a>),
    Nameless,
    Wrong,
}

fn member(definition: Node<'_>) -> Definition<'_> {
    let entries = definition.entries().unwrap_or_default();
    let property = |key: &str| entries.iter().find(|entry| entry.key == key).map(|entry| entry.value);
    let Some((value, text)) = property("value").and_then(|node| Some((node, node.string()?))) else {
        return Definition::Wrong;
    };
    let given = property("name").and_then(|name| name.string());
    let Some(name) = given.or_else(|| synthesize(&text)).filter(|name| is_identifier(name)) else {
        return Definition::Nameless;
    };
    let span = property("name").unwrap_or(value).span();
    let mut traits = TraitMap::new();
    traits.insert(Cow::Borrowed("smithy.api#enumValue"), Applied { span, value });
    if let Some(value) = property("documentation") {
        traits.insert(Cow::Borrowed("smithy.api#documentation"), Applied { span, value });
    }
    if property("deprecated").and_then(|node| node.boolean()) == Some(true) {
        traits.insert(Cow::Borrowed("smithy.api#deprecated"), synthetic("{}", span));
    }
    let tags = property("tags").and_then(|node| node.items()).unwrap_or_default();
    if tags.iter().any(|tag| tag.string().as_deref() == Some("internal")) {
        traits.insert(Cow::Borrowed("smithy.api#internal"), synthetic("{}", span));
    }
    let target = Some(Target { id: ShapeId::prelude(prelude::UNIT), span });
    Definition::Named(DraftMember { name, span, target, traits })
}

/// A name made of a value: each run of separators becomes an underscore. A value that starts with a digit
/// or has other characters gives no name.
fn synthesize<'a>(value: &str) -> Option<Cow<'a, str>> {
    let is_separator = |c: char| matches!(c, '-' | '.' | ':' | '/') || c.is_ascii_whitespace();
    let mut name = String::with_capacity(value.len());
    let mut after_separator = false;
    for (i, c) in value.chars().enumerate() {
        let separator = is_separator(c);
        if !(separator || c == '_' || c.is_ascii_alphabetic() || (i > 0 && c.is_ascii_digit())) {
            return None;
        }
        match separator {
            true if after_separator => {}
            true => name.push('_'),
            false => name.push(c),
        }
        after_separator = separator;
    }
    Some(Cow::Owned(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_values_where_that_is_possible() {
        assert_eq!(synthesize("t2.nano").as_deref(), Some("t2_nano"));
        assert_eq!(synthesize("a -:/b").as_deref(), Some("a_b"));
        assert_eq!(synthesize("2x"), None);
        assert_eq!(synthesize("é"), None);
    }
}
