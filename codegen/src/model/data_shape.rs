//! Conversion of raw data shapes into [`Shape`]s.

use super::raw::{RawMember, RawShape};
use super::trait_values;
use crate::ast::ShapeType;
use crate::model::{EnumValue, Member, Shape, ShapeKind, SimpleKind};
use crate::{Diagnostic, Diagnostics, Span};
use std::collections::BTreeMap;
use std::fmt::Display;

const ENUM_VALUE: &str = "smithy.api#enumValue";

/// Converts a data shape. Returns `None` if it is another type of shape, or a list or map without its
/// members.
pub(super) fn convert(raw_shape: &RawShape<'_>, diagnostics: &mut Diagnostics) -> Option<Shape> {
    let kind = kind(raw_shape, diagnostics)?;
    let traits = trait_values::read(&raw_shape.traits, diagnostics);
    Some(Shape { id: raw_shape.id.clone(), kind, traits, span: raw_shape.span })
}

fn kind(raw_shape: &RawShape<'_>, diagnostics: &mut Diagnostics) -> Option<ShapeKind> {
    use SimpleKind as Simple;
    Some(match raw_shape.ty {
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
        ShapeType::Enum => ShapeKind::Enum(enum_values(raw_shape, diagnostics, string_value)),
        ShapeType::IntEnum => ShapeKind::IntEnum(enum_values(raw_shape, diagnostics, integer_value)),
        ShapeType::List | ShapeType::Set => ShapeKind::List(fixed_member(raw_shape, "member", diagnostics)?),
        ShapeType::Map => {
            let key = fixed_member(raw_shape, "key", diagnostics);
            let value = fixed_member(raw_shape, "value", diagnostics);
            ShapeKind::Map(key?, value?)
        }
        ShapeType::Structure => ShapeKind::Structure(members(raw_shape, diagnostics)),
        ShapeType::Union => ShapeKind::Union(members(raw_shape, diagnostics)),
        ShapeType::Service | ShapeType::Resource | ShapeType::Operation => return None,
    })
}

fn members(raw_shape: &RawShape<'_>, diagnostics: &mut Diagnostics) -> Vec<Member> {
    let members: Vec<Member> = raw_shape.members.iter().filter_map(|m| member(m, diagnostics)).collect();
    if members.is_empty() && raw_shape.ty == ShapeType::Union {
        let diagnostic = Diagnostic::new(raw_shape.span, format!("union `{}` has no members", raw_shape.id));
        diagnostics.push(diagnostic.label("empty union").help("add at least one member"));
    }
    members
}

fn member(raw_member: &RawMember<'_>, diagnostics: &mut Diagnostics) -> Option<Member> {
    let target = raw_member.target.as_ref()?.id.clone();
    let traits = trait_values::read(&raw_member.traits, diagnostics);
    Some(Member { name: raw_member.name.to_string(), target, traits, span: raw_member.span })
}

fn fixed_member(raw_shape: &RawShape<'_>, name: &str, diagnostics: &mut Diagnostics) -> Option<Box<Member>> {
    let member = raw_shape.members.get(name).and_then(|raw_member| member(raw_member, diagnostics));
    if member.is_none() {
        let message = format!("missing member `{name}` in `{}`", raw_shape.id);
        let help = format!("add the member, such as \"{name}\": {{\"target\": \"smithy.api#String\"}}");
        let diagnostic = Diagnostic::new(raw_shape.span, message);
        diagnostics.push(diagnostic.label(format!("missing `{name}`")).help(help));
    }
    member.map(Box::new)
}

/// Returns the values of an enum or intEnum, without duplicates.
fn enum_values<T: Ord + Clone + Display>(
    raw_shape: &RawShape<'_>,
    diagnostics: &mut Diagnostics,
    read_value: fn(&RawMember<'_>) -> Result<T, Diagnostic>,
) -> Vec<EnumValue<T>> {
    let mut values = Vec::new();
    let mut seen: BTreeMap<T, Span> = BTreeMap::new();
    for member in raw_shape.members.iter() {
        let value = match read_value(member) {
            Ok(value) => value,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                continue;
            }
        };
        if let Some(first) = seen.get(&value) {
            let message = format!("duplicate value `{value}` in `{}`", raw_shape.id);
            let diagnostic = Diagnostic::new(value_span(member), message)
                .label("duplicate value")
                .related(*first, "first used here")
                .help("use a different value for each member");
            diagnostics.push(diagnostic);
            continue;
        }
        seen.insert(value.clone(), value_span(member));
        let traits = trait_values::read(&member.traits, diagnostics);
        values.push(EnumValue { name: member.name.to_string(), value, traits, span: member.span });
    }
    if raw_shape.members.iter().next().is_none() {
        let diagnostic = Diagnostic::new(raw_shape.span, format!("enum `{}` has no members", raw_shape.id));
        diagnostics.push(diagnostic.label("empty enum").help("add at least one member"));
    }
    values
}

fn value_span(member: &RawMember<'_>) -> Span {
    member.traits.get(ENUM_VALUE).map_or(member.span, |applied| applied.value.span())
}

/// Returns the value of an enum member, which defaults to its name.
fn string_value(member: &RawMember<'_>) -> Result<String, Diagnostic> {
    let Some(applied) = member.traits.get(ENUM_VALUE) else { return Ok(member.name.to_string()) };
    let text = applied.value.string();
    text.map(str::to_owned)
        .ok_or_else(|| applied.value.unexpected("`smithy.api#enumValue` of an enum", "a string"))
}

fn integer_value(member: &RawMember<'_>) -> Result<i32, Diagnostic> {
    let Some(applied) = member.traits.get(ENUM_VALUE) else {
        let message = format!("intEnum member `{}` has no value", member.name);
        let help = "apply `smithy.api#enumValue` with an integer";
        return Err(Diagnostic::new(member.span, message).label("missing `smithy.api#enumValue`").help(help));
    };
    let value = applied.value.integer().map(i32::try_from);
    match value {
        Some(Ok(value)) => Ok(value),
        _ => Err(applied.value.unexpected("`smithy.api#enumValue` of an intEnum", "a 32-bit integer")),
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
    fn enum_values_default_to_member_names() {
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
    fn rejects_duplicate_enum_values_and_wrong_types() {
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
                "3:114 «\"B\"» duplicate value `B` in `a#E`",
                "3:220 «1» `smithy.api#enumValue` of an enum: expected a string, found a number",
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
                "3:185 «1» duplicate value `1` in `a#E`",
                "3:260 «3000000000» `smithy.api#enumValue` of an intEnum: expected a 32-bit integer, found a number",
                "3:344 «\"1\"» `smithy.api#enumValue` of an intEnum: expected a 32-bit integer, found a string",
            ]
        );
    }

    #[test]
    fn rejects_shapes_without_members() {
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
                "3:1 «\"a#L\"» missing member `member` in `a#L`",
                "4:1 «\"a#M\"» missing member `value` in `a#M`",
                "4:42 «\"smithy.api#Integer\"» a map key must target a string or enum, but `smithy.api#Integer` is an integer",
                "5:1 «\"a#U\"» union `a#U` has no members",
                "6:1 «\"a#E\"» enum `a#E` has no members",
            ]
        );
    }
}
