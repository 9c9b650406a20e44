//! Upgrade from Smithy 1.0 to 2.0, as described in
//! [the migration guide](https://smithy.io/2.0/guides/model-translations/migrating-idl-1-to-2.html).

mod enum_trait;

use super::raw::{AppliedTrait, RawMember, RawModel, RawShape};
use crate::Diagnostics;
use crate::ast::{Node, ShapeType, Value, Version};
use crate::shape_id::ShapeId;
use std::collections::BTreeMap;

const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";

/// Upgrades the shapes of files in 1.0. Converts the `@enum` trait in files of either version.
pub(super) fn upgrade(raw_model: &mut RawModel<'_>, diagnostics: &mut Diagnostics) {
    let is_old = |shape: &RawShape<'_>| shape.version == Version::V1;
    if raw_model.by_id.values().any(is_old) {
        let zeros: BTreeMap<ShapeId, Value<'static>> =
            raw_model.by_id.values().filter_map(|shape| Some((shape.id.clone(), zero(shape)?))).collect();
        let structures = raw_model.by_id.values_mut();
        let structures = structures.filter(|shape| shape.ty == ShapeType::Structure && is_old(shape));
        structures.flat_map(|shape| shape.members.iter_mut()).for_each(|member| add_default(member, &zeros));
    }
    let arena = raw_model.arena;
    raw_model.by_id.values_mut().for_each(|shape| enum_trait::convert(shape, arena, diagnostics));
}

/// Returns the implicit default value of members with this target in Smithy 1.0.
fn zero(target: &RawShape<'_>) -> Option<Value<'static>> {
    let zero = match target.ty {
        ShapeType::Boolean => Value::Boolean(false),
        ShapeType::Byte | ShapeType::Short | ShapeType::Integer | ShapeType::Long => Value::Number("0"),
        ShapeType::Float | ShapeType::Double | ShapeType::IntEnum => Value::Number("0"),
        ShapeType::Blob if target.has("smithy.api#streaming") && !target.has(BOX) => {
            return Some(Value::String(""));
        }
        _ => return None,
    };
    (!is_boxed(target, zero)).then_some(zero)
}

/// Returns true if members with this target have no implicit default: in 1.0 if the target has `@box`, in 2.0
/// unless its default is zero.
fn is_boxed(target: &RawShape<'_>, zero: Value<'static>) -> bool {
    match target.version {
        Version::V1 => target.has(BOX),
        Version::V2 => !target
            .traits
            .get(DEFAULT)
            .is_some_and(|applied| applied.value.is_same_value(&Node::new(applied.span, zero))),
    }
}

/// Adds the implicit default of Smithy 1.0 to a member, unless the member is required or has a default.
fn add_default(member: &mut RawMember<'_>, zeros: &BTreeMap<ShapeId, Value<'static>>) {
    if member.traits.contains_key(DEFAULT) || member.traits.contains_key("smithy.api#required") {
        return;
    }
    let boxed = member.traits.contains_key(BOX);
    let zero = member.target.as_ref().and_then(|target| zeros.get(&target.id).copied());
    if let Some(value) = if boxed { Some(Value::Null) } else { zero } {
        member.traits.insert(DEFAULT, AppliedTrait::implicit(member.span, value));
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{load, load_all, member, shape};
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
        let is_offset = |line: &&str| {
            ["start:", "end:", "file:"].iter().any(|field| line.trim_start().starts_with(field))
        };
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

    #[test]
    fn upgrades_each_file_by_its_own_version() {
        let file =
            |version: &str, shapes: &str| format!("{{\"smithy\": \"{version}\", \"shapes\": {{{shapes}}}}}");
        let old = r#"
            "a#In": {"type": "structure", "members": {
                "old": {"target": "a#Old"}, "new": {"target": "a#New"}, "zero": {"target": "a#Zero"},
                "inner": {"target": "a#Inner"}}},
            "a#Old": {"type": "integer"}"#;
        let new = r#",
            "a#Inner": {"type": "structure", "members": {"old": {"target": "a#Old"}, "zero": {"target": "a#Zero"}}},
            "a#New": {"type": "integer"},
            "a#Zero": {"type": "integer", "traits": {"smithy.api#default": 0}}"#;
        let model = load_all(&[file("1.0", old), file("2.0", &format!("{SHARED}{new}"))]).unwrap();
        let default = |id: &str, name: &str| member(&model, id, name).traits.default.clone();
        assert_eq!(default("a#In", "old"), Some(json!(0)));
        assert_eq!(default("a#In", "zero"), Some(json!(0)));
        assert_eq!(default("a#In", "new"), None, "boxed in 2.0");
        assert_eq!(default("a#Inner", "old"), None);
        assert_eq!(default("a#Inner", "zero"), None);
    }
}
