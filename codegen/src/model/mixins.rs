//! Flattening of [mixins](https://smithy.io/2.0/spec/mixins.html) into the shapes that use them.
//!
//! The mixins of a shape, direct and indirect, form a graph. A mixin that is reachable by several paths is
//! applied once, but its position differs: its members are ordered by its *first* use, whereas its trait
//! values are applied at its *last* use. The shape itself comes last and overrides all mixins.

mod graph;
mod merge;

use super::raw::RawModel;
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics};

/// The number of mixin applications allowed in one model. Limits the output size of small models with deep
/// mixins.
const MAX_APPLICATIONS: usize = 2_000_000;

/// Merges mixins into every shape that uses them and is not a mixin itself.
pub(super) fn flatten(raw_model: &mut RawModel<'_>, diagnostics: &mut Diagnostics) {
    graph::remove_invalid_references(raw_model, diagnostics);
    graph::remove_cycles(raw_model, diagnostics);
    let user = |(id, shape): (&ShapeId, &super::raw::RawShape<'_>)| {
        (!shape.mixins.is_empty() && !shape.is_mixin()).then(|| id.clone())
    };
    let users: Vec<ShapeId> = raw_model.by_id.iter().filter_map(user).collect();
    let mut budget = MAX_APPLICATIONS;
    for id in users {
        let member_order = graph::member_order(raw_model, &id);
        let trait_order = graph::trait_order(raw_model, &id);
        let Some(remaining) = budget.checked_sub(member_order.len()) else {
            let span = raw_model.get(&id).map(|shape| shape.span).unwrap_or_default();
            let diagnostic = Diagnostic::new(span, "too many mixin applications")
                .label("limit exceeded here")
                .help("flatten the mixins, or use long chains of mixins in fewer shapes");
            diagnostics.push(diagnostic);
            return;
        };
        budget = remaining;
        if let Some(merged) = merge::merge(raw_model, &id, &member_order, &trait_order, diagnostics) {
            raw_model.by_id.insert(id, merged);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::ShapeKind;
    use crate::model::testing::{diagnostics, input, member, resolved, shape};

    fn using(mixins: &str, shapes: &str) -> String {
        let mixins: Vec<String> = mixins.split(' ').map(|id| format!(r#"{{"target": "a#{id}"}}"#)).collect();
        format!(r#""a#In": {{"type": "structure", "mixins": [{}]}}, {shapes}"#, mixins.join(", "))
    }

    fn names(shapes: &str) -> Vec<String> {
        match &shape(&resolved(shapes), "a#In").kind {
            ShapeKind::Structure(members) => members.iter().map(|member| member.name.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns a structure mixin with the members `x{name}` and `same`, whose documentation is the name of
    /// the mixin.
    fn mixin(name: &str, mixins: &[&str]) -> String {
        let uses: Vec<String> = mixins.iter().map(|id| format!(r#"{{"target": "a#{id}"}}"#)).collect();
        format!(
            r#""a#{name}": {{"type": "structure", "mixins": [{}], "members": {{
            "x{name}": {{"target": "smithy.api#String"}},
            "same": {{"target": "smithy.api#String", "traits": {{"smithy.api#documentation": "{name}"}}}}}},
            "traits": {{"smithy.api#mixin": {{"localTraits": ["smithy.api#internal"]}}, "smithy.api#internal": {{}},
            "smithy.api#documentation": "{name}"}}}}"#,
            uses.join(", ")
        )
    }

    #[test]
    fn orders_members_by_first_use_and_traits_by_last_use() {
        let shapes = using("B A", &[mixin("A", &[]), mixin("B", &["A"])].join(","));
        let model = resolved(&shapes);
        assert_eq!(names(&shapes), ["xA", "same", "xB"]);
        let traits = &shape(&model, "a#In").traits;
        assert_eq!(traits.documentation.as_deref(), Some("A"));
        assert!(!traits.internal, "a local trait");
        assert_eq!(member(&model, "a#In", "same").traits.documentation.as_deref(), Some("A"));
        assert!(model.shapes.keys().all(|id| id.name() != "A" && id.name() != "B"));
    }

    #[test]
    fn adds_traits_to_mixed_in_members() {
        let shapes = r#""a#In": {"type": "structure", "mixins": [{"target": "a#A"}], "members": {
            "own": {"target": "smithy.api#String"},
            "same": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "own"}}}},
            "a#In$xA": {"type": "apply", "traits": {"smithy.api#required": {}}},"#;
        let shapes = format!("{shapes}{}", mixin("A", &[]));
        let model = resolved(&shapes);
        assert_eq!(names(&shapes), ["xA", "same", "own"]);
        assert_eq!(member(&model, "a#In", "same").traits.documentation.as_deref(), Some("own"));
        assert!(member(&model, "a#In", "xA").traits.required);
        let missing = shapes.replace("a#In$xA", "a#In$xB");
        assert_eq!(diagnostics(&missing), ["5:13 «\"a#In$xB\"» shape `a#In` has no member `xB`"]);
    }

    #[test]
    fn flattens_mixins_of_lists_maps_and_enums() {
        let shapes = input(r#""l": {"target": "a#L"}, "m": {"target": "a#M"}, "e": {"target": "a#E"}"#)
            + r#", "a#L": {"type": "list", "mixins": [{"target": "a#LM"}]},
            "a#LM": {"type": "list", "member": {"target": "smithy.api#Blob"}, "traits": {"smithy.api#mixin": {}}},
            "a#M": {"type": "map", "value": {"target": "smithy.api#Blob"}, "mixins": [{"target": "a#MM"}]},
            "a#MM": {"type": "map", "key": {"target": "smithy.api#String"},
                "value": {"target": "smithy.api#Blob"}, "traits": {"smithy.api#mixin": {}}},
            "a#E": {"type": "enum", "members": {"B": {"target": "smithy.api#Unit"}}, "mixins": [{"target": "a#EM"}]},
            "a#EM": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit"}},
                "traits": {"smithy.api#mixin": {}}}"#;
        let model = resolved(&shapes);
        assert!(matches!(&shape(&model, "a#L").kind, ShapeKind::List(m) if m.target.name() == "Blob"));
        assert!(matches!(&shape(&model, "a#M").kind, ShapeKind::Map(k, _) if k.target.name() == "String"));
        let ShapeKind::Enum(values) = &shape(&model, "a#E").kind else { panic!("not an enum") };
        let values: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
        assert_eq!(values, ["A", "B"]);
    }

    #[test]
    fn merges_mixins_of_services_and_operations() {
        let source = r#"{"smithy": "2", "shapes": {
            "a#S": {"type": "service", "mixins": [{"target": "a#SM"}], "operations": [{"target": "a#O"}],
                "rename": {"a#T": "Own"}},
            "a#SM": {"type": "service", "version": "9", "errors": [{"target": "a#E"}],
                "rename": {"a#T": "Mixed", "a#U": "Other"},
                "traits": {"smithy.api#mixin": {}, "aws.protocols#restJson1": {}}},
            "a#O": {"type": "operation", "mixins": [{"target": "a#OM"}],
                "traits": {"smithy.api#http": {"method": "GET", "uri": "/"}}},
            "a#OM": {"type": "operation", "errors": [{"target": "a#E"}, {"target": "a#F"}],
                "traits": {"smithy.api#mixin": {}}},
            "a#E": {"type": "structure", "traits": {"smithy.api#error": "client"}},
            "a#F": {"type": "structure", "traits": {"smithy.api#error": "server"}}}}"#;
        let model = crate::model::testing::load(source).unwrap();
        assert_eq!(model.service.version, "9");
        let renamed: Vec<&str> = model.service.rename.values().map(String::as_str).collect();
        assert_eq!(renamed, ["Own", "Other"]);
        let errors: Vec<&str> =
            model.operations.values().flat_map(|o| &o.errors).map(|id| id.name()).collect();
        assert_eq!(errors, ["E", "F"]);
    }

    #[test]
    fn rejects_invalid_mixins() {
        let shapes =
            [mixin("A", &["B"]), mixin("B", &["A"]), r#""a#N": {"type": "structure"}"#.to_owned()].join(",");
        let found = diagnostics(&using("A N Gone", &shapes));
        assert_eq!(
            found,
            [
                "2:72 «\"a#N\"» `a#N` is not a mixin",
                "2:91 «\"a#Gone\"» shape `a#Gone` does not exist",
                "6:98 «\"a#A\"» mixins form a cycle: a#A → a#B → a#A",
            ]
        );
        let other =
            r#""a#L": {"type": "list", "member": {"target": "a#In"}, "traits": {"smithy.api#mixin": {}}}"#;
        assert_eq!(
            diagnostics(&using("L", other)),
            ["2:53 «\"a#L\"» mixin `a#L` and shape `a#In` have different types"]
        );
    }

    #[test]
    fn rejects_conflicting_members_and_targeted_mixins() {
        let other = r#""a#C": {"type": "structure", "members": {"same": {"target": "smithy.api#Blob"}},
            "traits": {"smithy.api#mixin": {}}}"#;
        let found = diagnostics(&using("A C", &[mixin("A", &[]), other.to_owned()].join(",")));
        assert_eq!(found, ["6:107 «\"smithy.api#Blob\"» conflicting targets of mixed-in member `a#C$same`"]);
        let targeted = input(r#""x": {"target": "a#A"}"#) + "," + &mixin("A", &[]);
        assert_eq!(diagnostics(&targeted), ["2:59 «\"a#A\"» mixin `a#A` cannot be targeted"]);
    }
}
