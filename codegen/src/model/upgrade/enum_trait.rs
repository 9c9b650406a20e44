//! Conversion of strings with the deprecated
//! [`@enum` trait](https://smithy.io/1.0/spec/core/constraint-traits.html#enum-trait) into enum shapes.

use crate::Diagnostics;
use crate::ast::{Arena, Node, ShapeType, Target, Value};
use crate::model::prelude;
use crate::model::raw::{AppliedTrait, Members, RawMember, RawShape, TraitMap};
use crate::shape_id::{ShapeId, is_identifier};

const ENUM: &str = "smithy.api#enum";

/// Converts the shape into an enum if every value has a name or one can be synthesized from it. Otherwise
/// leaves the shape a string.
pub(super) fn convert<'a>(shape: &mut RawShape<'a>, arena: &'a Arena, diagnostics: &mut Diagnostics) {
    if shape.ty != ShapeType::String {
        return;
    }
    let Some(applied) = shape.traits.get(ENUM) else { return };
    let Some(definitions) = applied.value.items() else {
        diagnostics.push(applied.value.unexpected("`smithy.api#enum`", "an array of enum definitions"));
        return;
    };
    let mut members = Members::default();
    let count = definitions.len();
    for definition in definitions {
        match member(definition, arena) {
            Definition::Named(member) if members.get(member.name).is_none() => members.push(member),
            Definition::Named(_) | Definition::Unnamed => return,
            Definition::Invalid => {
                let expected = "an object with a string `value`";
                diagnostics.push(definition.unexpected("item of `smithy.api#enum`", expected));
                return;
            }
        }
    }
    if count > 0 {
        shape.ty = ShapeType::Enum;
        shape.members = members;
        shape.traits.remove(ENUM);
    }
}

enum Definition<'a> {
    Named(RawMember<'a>),
    Unnamed,
    Invalid,
}

fn member<'a>(definition: &Node<'a>, arena: &'a Arena) -> Definition<'a> {
    let entries = definition.entries().unwrap_or_default();
    let property = |key: &str| entries.iter().find(|entry| entry.key == key).map(|entry| entry.value);
    let Some((value, text)) = property("value").and_then(|node| Some((node, node.string()?))) else {
        return Definition::Invalid;
    };
    let explicit_name = property("name").and_then(|name| name.string());
    let synthesized = || synthesize(text).map(|name| arena.string(&name));
    let Some(name) = explicit_name.or_else(synthesized).filter(|name| is_identifier(name)) else {
        return Definition::Unnamed;
    };
    let span = property("name").unwrap_or(value).span();
    let mut traits = TraitMap::new();
    traits.insert("smithy.api#enumValue", AppliedTrait { span, value });
    if let Some(value) = property("documentation") {
        traits.insert("smithy.api#documentation", AppliedTrait { span, value });
    }
    if property("deprecated").and_then(|node| node.boolean()) == Some(true) {
        traits.insert("smithy.api#deprecated", AppliedTrait::implicit(span, Value::Object(&[])));
    }
    let tags = property("tags").and_then(|node| node.items()).unwrap_or_default();
    if tags.iter().any(|tag| tag.string() == Some("internal")) {
        traits.insert("smithy.api#internal", AppliedTrait::implicit(span, Value::Object(&[])));
    }
    let target = Some(Target { id: ShapeId::prelude(prelude::UNIT), span });
    Definition::Named(RawMember { name, span, target, traits })
}

/// Synthesizes a member name from a value by replacing each run of separators with an underscore. Returns
/// `None` if the value starts with a digit or contains other characters.
fn synthesize(value: &str) -> Option<String> {
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
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synthesizes_names_from_values() {
        assert_eq!(synthesize("t2.nano").as_deref(), Some("t2_nano"));
        assert_eq!(synthesize("a -:/b").as_deref(), Some("a_b"));
        assert_eq!(synthesize("2x"), None);
        assert_eq!(synthesize("é"), None);
    }
}
