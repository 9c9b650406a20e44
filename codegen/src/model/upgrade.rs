//! Upgrade from Smithy 1.0 to 2.0, as described in
//! [the migration guide](https://smithy.io/2.0/guides/model-translations/migrating-idl-1-to-2.html).

mod enum_trait;

use super::raw::{AppliedTrait, RawMember, RawModel, RawShape};
use crate::ast::{Node, ShapeType, Version};
use crate::shape_id::ShapeId;
use crate::{Diagnostics, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;

const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";

/// Upgrades all shapes. Converts the `@enum` trait in models of either version.
pub(super) fn upgrade(raw_model: &mut RawModel<'_>, version: Version, diagnostics: &mut Diagnostics) {
    if version == Version::V1 {
        let zeros: BTreeMap<ShapeId, &'static str> =
            raw_model.by_id.values().filter_map(|shape| Some((shape.id.clone(), zero(shape)?))).collect();
        let structures = raw_model.by_id.values_mut().filter(|shape| shape.ty == ShapeType::Structure);
        structures.flat_map(|shape| shape.members.iter_mut()).for_each(|member| add_default(member, &zeros));
    }
    raw_model.by_id.values_mut().for_each(|shape| enum_trait::convert(shape, diagnostics));
}

/// Returns the implicit default value of members with this target in Smithy 1.0.
fn zero(target: &RawShape<'_>) -> Option<&'static str> {
    if target.has(BOX) {
        return None;
    }
    match target.ty {
        ShapeType::Boolean => Some("false"),
        ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::Long => Some("0"),
        ShapeType::Float | ShapeType::Double | ShapeType::IntEnum => Some("0"),
        ShapeType::Blob if target.has("smithy.api#streaming") => Some("\"\""),
        _ => None,
    }
}

/// Adds the implicit default of Smithy 1.0 to a member, unless the member is required or has a default.
fn add_default(member: &mut RawMember<'_>, zeros: &BTreeMap<ShapeId, &'static str>) {
    if member.traits.contains_key(DEFAULT) || member.traits.contains_key("smithy.api#required") {
        return;
    }
    let boxed = member.traits.contains_key(BOX);
    let zero = member.target.as_ref().and_then(|target| zeros.get(&target.id).copied());
    if let Some(raw) = if boxed { Some("null") } else { zero } {
        member.traits.insert(Cow::Borrowed(DEFAULT), synthetic(raw, member.span));
    }
}

fn synthetic<'a>(raw: &'static str, span: Span) -> AppliedTrait<'a> {
    AppliedTrait { span, value: Node::synthetic(raw, span) }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{load, member, shape};
    use crate::model::{Model, ShapeKind};
    use serde_json::json;

    const SHARED: &str = r#"
        "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}],
            "traits": {"aws.protocols#restJson1": {}}},
        "a#O": {"type": "operation", "input": {"target": "a#In"},
            "traits": {"smithy.api#http": {"method": "POST", "uri": "/"}}}"#;

    const V1: &str = r#",
        "a#In": {"type": "structure", "members": {
            "primitive": {"target": "smithy.api#PrimitiveInteger"},
            "boxed": {"target": "smithy.api#Integer"},
            "boxedHere": {"target": "a#Flag", "traits": {"smithy.api#box": {}}},
            "flag": {"target": "a#Flag"},
            "boxedFlag": {"target": "a#BoxedFlag"},
            "required": {"target": "a#Flag", "traits": {"smithy.api#required": {}}},
            "names": {"target": "a#Names"}, "kind": {"target": "a#Kind"}, "odd": {"target": "a#Odd"}}},
        "a#Flag": {"type": "boolean"},
        "a#BoxedFlag": {"type": "boolean", "traits": {"smithy.api#box": {}}},
        "a#Names": {"type": "set", "member": {"target": "smithy.api#String"}},
        "a#Kind": {"type": "string", "traits": {"smithy.api#enum": [
            {"value": "t2.nano", "documentation": "Small."},
            {"name": "BIG", "value": "t2.big", "deprecated": true, "tags": ["internal"]}]}},
        "a#Odd": {"type": "string", "traits": {"smithy.api#enum": [{"value": "2é"}]}}"#;

    const V2: &str = r#",
        "a#In": {"type": "structure", "members": {
            "primitive": {"target": "smithy.api#PrimitiveInteger", "traits": {"smithy.api#default": 0}},
            "boxed": {"target": "smithy.api#Integer"},
            "boxedHere": {"target": "a#Flag", "traits": {"smithy.api#default": null}},
            "flag": {"target": "a#Flag", "traits": {"smithy.api#default": false}},
            "boxedFlag": {"target": "a#BoxedFlag"},
            "required": {"target": "a#Flag", "traits": {"smithy.api#required": {}}},
            "names": {"target": "a#Names"}, "kind": {"target": "a#Kind"}, "odd": {"target": "a#Odd"}}},
        "a#Flag": {"type": "boolean"},
        "a#BoxedFlag": {"type": "boolean"},
        "a#Names": {"type": "list", "member": {"target": "smithy.api#String"}},
        "a#Kind": {"type": "enum", "members": {
            "t2_nano": {"target": "smithy.api#Unit", "traits": {
                "smithy.api#enumValue": "t2.nano", "smithy.api#documentation": "Small."}},
            "BIG": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "t2.big",
                "smithy.api#deprecated": {}, "smithy.api#internal": {}}}}},
        "a#Odd": {"type": "string"}"#;

    fn model(version: &str, shapes: &str) -> Model {
        load(&format!("{{\"smithy\": \"{version}\", \"shapes\": {{{SHARED}{shapes}}}}}")).unwrap()
    }

    /// Formats the model without source locations.
    fn without_spans(model: &Model) -> String {
        let text = format!("{:#?}", (&model.service, &model.operations, &model.shapes));
        let is_offset =
            |line: &&str| ["start:", "end:"].iter().any(|field| line.trim_start().starts_with(field));
        text.lines().filter(|line| !is_offset(line)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn equivalent_models_in_1_0_and_2_0_are_equal() {
        assert_eq!(without_spans(&model("1.0", V1)), without_spans(&model("2.0", V2)));
    }

    #[test]
    fn unboxed_members_have_defaults_in_1_0() {
        let model = model("1", V1);
        let default = |name: &str| member(&model, "a#In", name).traits.default.clone();
        assert_eq!(default("primitive"), Some(json!(0)));
        assert_eq!(default("flag"), Some(json!(false)));
        for name in ["boxed", "boxedHere", "boxedFlag", "required"] {
            assert_eq!(default(name), None, "{name}");
        }
        assert!(matches!(shape(&model, "a#Names").kind, ShapeKind::List(_)));
        assert!(matches!(shape(&model, "a#Odd").kind, ShapeKind::Simple(_)));
    }

    #[test]
    fn converts_enum_trait_in_2_0() {
        let mixed = V2.replace(
            r#""a#Odd": {"type": "string"}"#,
            r#""a#Odd": {"type": "string", "traits": {"smithy.api#enum": [{"value": "x"}]}}"#,
        );
        assert!(matches!(shape(&model("2", &mixed), "a#Odd").kind, ShapeKind::Enum(_)));
    }
}
