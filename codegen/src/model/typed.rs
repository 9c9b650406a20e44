//! Turns drafts of data shapes into [`Shape`]s.

use super::draft::{Draft, DraftMember};
use super::trait_values;
use crate::ast::ShapeType;
use crate::model::{EnumValue, Member, Shape, ShapeKind, SimpleKind};
use crate::{Diagnostic, Diagnostics, Span};
use std::collections::BTreeMap;
use std::fmt::Display;

const ENUM_VALUE: &str = "smithy.api#enumValue";

/// The shape; `None` when it is not a data shape or lacks a part.
pub(super) fn shape(draft: &Draft<'_>, diagnostics: &mut Diagnostics) -> Option<Shape> {
    let kind = kind(draft, diagnostics)?;
    let traits = trait_values::read(&draft.traits, diagnostics);
    Some(Shape { id: draft.id.clone(), kind, traits, span: draft.span })
}

fn kind(draft: &Draft<'_>, diagnostics: &mut Diagnostics) -> Option<ShapeKind> {
    use SimpleKind as Simple;
    Some(match draft.ty {
        ShapeType::Blob => ShapeKind::Simple(Simple::Blob),
        ShapeType::Boolean => ShapeKind::Simple(Simple::Boolean),
        ShapeType::String => ShapeKind::Simple(Simple::String),
        ShapeType::Byte => ShapeKind::Simple(Simple::Byte),
        ShapeType::Short => ShapeKind::Simple(Simple::Short),
        ShapeType::Integer => ShapeKind::Simple(Simple::Integer),
        ShapeType::Long => ShapeKind::Simple(Simple::Long),
        ShapeType::Float => ShapeKind::Simple(Simple::Float),
        ShapeType::Double => ShapeKind::Simple(Simple::Double),
        ShapeType::BigInteger => ShapeKind::Simple(Simple::BigInteger),
        ShapeType::BigDecimal => ShapeKind::Simple(Simple::BigDecimal),
        ShapeType::Timestamp => ShapeKind::Simple(Simple::Timestamp),
        ShapeType::Document => ShapeKind::Simple(Simple::Document),
        ShapeType::Enum => ShapeKind::Enum(enum_values(draft, diagnostics, string_value)),
        ShapeType::IntEnum => ShapeKind::IntEnum(enum_values(draft, diagnostics, integer_value)),
        ShapeType::List | ShapeType::Set => ShapeKind::List(fixed_member(draft, "member", diagnostics)?),
        ShapeType::Map => {
            let key = fixed_member(draft, "key", diagnostics);
            let value = fixed_member(draft, "value", diagnostics);
            ShapeKind::Map(key?, value?)
        }
        ShapeType::Structure => ShapeKind::Structure(members(draft, diagnostics)),
        ShapeType::Union => ShapeKind::Union(members(draft, diagnostics)),
        ShapeType::Service | ShapeType::Resource | ShapeType::Operation => return None,
    })
}

fn members(draft: &Draft<'_>, diagnostics: &mut Diagnostics) -> Vec<Member> {
    let members: Vec<Member> = draft.members.iter().filter_map(|m| member(m, diagnostics)).collect();
    if members.is_empty() && draft.ty == ShapeType::Union {
        let diagnostic = Diagnostic::new(draft.span, format!("union `{}` has no members", draft.id));
        diagnostics.push(diagnostic.label("an empty union").help("a union must have at least one member"));
    }
    members
}

fn member(draft: &DraftMember<'_>, diagnostics: &mut Diagnostics) -> Option<Member> {
    let target = draft.target.as_ref()?.id.clone();
    let traits = trait_values::read(&draft.traits, diagnostics);
    Some(Member { name: draft.name.to_string(), target, traits, span: draft.span })
}

fn fixed_member(draft: &Draft<'_>, name: &str, diagnostics: &mut Diagnostics) -> Option<Box<Member>> {
    let member = draft.members.get(name).and_then(|draft| member(draft, diagnostics));
    if member.is_none() {
        let message = format!("`{}` has no `{name}`", draft.id);
        let help = format!("add \"{name}\": {{\"target\": \"smithy.api#String\"}}, or what it is to hold");
        diagnostics
            .push(Diagnostic::new(draft.span, message).label(format!("`{name}` is missing")).help(help));
    }
    member.map(Box::new)
}

/// The values of an enum or intEnum, each once.
fn enum_values<T: Ord + Clone + Display>(
    draft: &Draft<'_>,
    diagnostics: &mut Diagnostics,
    value: fn(&DraftMember<'_>) -> Result<T, Diagnostic>,
) -> Vec<EnumValue<T>> {
    let mut values = Vec::new();
    let mut seen: BTreeMap<T, Span> = BTreeMap::new();
    for member in draft.members.iter() {
        let value = match value(member) {
            Ok(value) => value,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                continue;
            }
        };
        if let Some(first) = seen.get(&value) {
            let message = format!("`{}` has the value `{value}` twice", draft.id);
            let diagnostic = Diagnostic::new(value_place(member), message)
                .label("again here")
                .related(*first, "first here")
                .help("give each member a value of its own");
            diagnostics.push(diagnostic);
            continue;
        }
        seen.insert(value.clone(), value_place(member));
        let traits = trait_values::read(&member.traits, diagnostics);
        values.push(EnumValue { name: member.name.to_string(), value, traits, span: member.span });
    }
    if draft.members.iter().next().is_none() {
        let diagnostic = Diagnostic::new(draft.span, format!("enum `{}` has no members", draft.id));
        diagnostics.push(diagnostic.label("an empty enum").help("an enum must have at least one member"));
    }
    values
}

fn value_place(member: &DraftMember<'_>) -> Span {
    member.traits.get(ENUM_VALUE).map_or(member.span, |applied| applied.value.span())
}

/// What stands on the wire for a member of an enum: its value, else its name.
fn string_value(member: &DraftMember<'_>) -> Result<String, Diagnostic> {
    let Some(applied) = member.traits.get(ENUM_VALUE) else { return Ok(member.name.to_string()) };
    let text = applied.value.string();
    text.map(|text| text.into_owned())
        .ok_or_else(|| applied.value.unexpected("`smithy.api#enumValue` of an enum", "a string"))
}

fn integer_value(member: &DraftMember<'_>) -> Result<i32, Diagnostic> {
    let Some(applied) = member.traits.get(ENUM_VALUE) else {
        let message = format!("member `{}` of an intEnum has no value", member.name);
        let help = "apply `smithy.api#enumValue` with an integer";
        return Err(Diagnostic::new(member.span, message).label("no value").help(help));
    };
    let wanted = "an integer of 32 bits";
    let value = applied.value.integer().map(i32::try_from);
    match value {
        Some(Ok(value)) => Ok(value),
        _ => Err(applied.value.unexpected("`smithy.api#enumValue` of an intEnum", wanted)),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::ShapeKind;
    use crate::model::testing::{diagnostics, input, resolved, shape};

    fn with_enum(ty: &str, members: &str) -> String {
        input(r#""e": {"target": "a#E"}"#)
            + &format!(",\n\"a#E\": {{\"type\": \"{ty}\", \"members\": {{{members}}}}}")
    }

    #[test]
    fn a_value_of_an_enum_defaults_to_the_name() {
        let model = resolved(&with_enum(
            "enum",
            r#""A": {"target": "smithy.api#Unit"},
               "B": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "b", "smithy.api#internal": {}}}"#,
        ));
        let ShapeKind::Enum(values) = &shape(&model, "a#E").kind else { panic!("not an enum") };
        let facts: Vec<_> =
            values.iter().map(|v| (v.name.as_str(), v.value.as_str(), v.traits.internal)).collect();
        assert_eq!(facts, [("A", "A", false), ("B", "b", true)]);
    }

    #[test]
    fn values_must_be_unique_and_of_the_right_type() {
        let value = |value: &str| {
            format!(r#"{{"target": "smithy.api#Unit", "traits": {{"smithy.api#enumValue": {value}}}}}"#)
        };
        let members = format!(
            r#""A": {}, "B": {}, "C": {}"#,
            value("\"B\""),
            r#"{"target": "smithy.api#Unit"}"#,
            value("1")
        );
        assert_eq!(
            diagnostics(&with_enum("enum", &members)),
            [
                "3:114 «\"B\"» `a#E` has the value `B` twice",
                "3:220 «1» `smithy.api#enumValue` of an enum takes a string, not a number",
            ]
        );
        let members = format!(
            r#""A": {}, "B": {}, "C": {}, "D": {}"#,
            value("1"),
            value("1"),
            value("3000000000"),
            value("\"1\"")
        );
        assert_eq!(
            diagnostics(&with_enum("intEnum", &members)),
            [
                "3:185 «1» `a#E` has the value `1` twice",
                "3:260 «3000000000» `smithy.api#enumValue` of an intEnum takes an integer of 32 bits, not a number",
                "3:344 «\"1\"» `smithy.api#enumValue` of an intEnum takes an integer of 32 bits, not a string",
            ]
        );
    }

    #[test]
    fn shapes_that_lack_a_part_are_errors() {
        let shapes = input(
            r#""l": {"target": "a#L"}, "m": {"target": "a#M"}, "u": {"target": "a#U"}, "e": {"target": "a#E"}"#,
        ) + r#",
"a#L": {"type": "list"},
"a#M": {"type": "map", "key": {"target": "smithy.api#Integer"}},
"a#U": {"type": "union"},
"a#E": {"type": "enum"}"#;
        assert_eq!(
            diagnostics(&shapes),
            [
                "3:1 «\"a#L\"» `a#L` has no `member`",
                "4:1 «\"a#M\"» `a#M` has no `value`",
                "4:42 «\"smithy.api#Integer\"» the key of a map must target a string or enum, and `smithy.api#Integer` is an integer",
                "5:1 «\"a#U\"» union `a#U` has no members",
                "6:1 «\"a#E\"» enum `a#E` has no members",
            ]
        );
    }
}
