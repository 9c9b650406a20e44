//! Copies [mixins](https://smithy.io/2.0/spec/mixins.html) into the shapes that use them.
//!
//! A shape's mixins, and theirs, form a graph. Two walks over it, each visiting a mixin once, give the two
//! orders that matter: members stand where a mixin comes *first*; of a trait's values the one counts whose
//! mixin comes *last*, the shape itself being the very last.

mod graph;
mod merge;

use super::draft::Drafts;
use crate::model::ShapeId;
use crate::{Diagnostic, Diagnostics};

/// The trait that marks a mixin.
pub(super) const MIXIN: &str = "smithy.api#mixin";

/// How many times all mixins together may be mixed in, lest a small model grow out of all bounds.
const MOST: usize = 2_000_000;

/// Gives every shape that uses mixins, and is none itself, the members and traits of its mixins.
pub(super) fn flatten(drafts: &mut Drafts<'_>, diagnostics: &mut Diagnostics) {
    graph::drop_wrong_references(drafts, diagnostics);
    graph::drop_cycles(drafts, diagnostics);
    let used = |(id, draft): (&ShapeId, &super::draft::Draft<'_>)| {
        (!draft.mixins.is_empty() && !draft.has(MIXIN)).then(|| id.clone())
    };
    let users: Vec<ShapeId> = drafts.by_id.iter().filter_map(used).collect();
    let mut budget = MOST;
    for id in users {
        let first = graph::in_order_of_first(drafts, &id);
        let last = graph::in_order_of_last(drafts, &id);
        let Some(left) = budget.checked_sub(first.len()) else {
            let span = drafts.get(&id).map(|draft| draft.span).unwrap_or_default();
            let diagnostic = Diagnostic::new(span, "too many mixins are mixed in")
                .label("gave up here")
                .help("flatten the mixins, or let fewer shapes use long chains of them");
            diagnostics.push(diagnostic);
            return;
        };
        budget = left;
        if let Some(merged) = merge::merge(drafts, &id, &first, &last, diagnostics) {
            drafts.by_id.insert(id, merged);
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

    /// A structure mixin with one member `x{name}`, documented as the mixin is.
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
    fn members_stand_where_they_come_first_and_traits_are_taken_from_where_they_come_last() {
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
    fn a_shape_may_add_traits_to_mixed_in_members_by_itself_and_by_apply() {
        let shapes = r#""a#In": {"type": "structure", "mixins": [{"target": "a#A"}], "members": {
            "own": {"target": "smithy.api#String"},
            "same": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "own"}}}},
            "a#In$xA": {"type": "apply", "traits": {"smithy.api#required": {}}},"#;
        let shapes = format!("{shapes}{}", mixin("A", &[]));
        let model = resolved(&shapes);
        assert_eq!(names(&shapes), ["xA", "same", "own"]);
        assert_eq!(member(&model, "a#In", "same").traits.documentation.as_deref(), Some("own"));
        assert!(member(&model, "a#In", "xA").traits.required);
        let wrong = shapes.replace("a#In$xA", "a#In$xB");
        assert_eq!(diagnostics(&wrong), ["5:13 «\"a#In$xB\"» shape `a#In` has no member `xB`"]);
    }

    #[test]
    fn lists_maps_enums_and_services_take_mixins_too() {
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
    fn operations_and_services_merge_what_their_mixins_hold() {
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
    fn mixins_that_cannot_be_mixed_in_are_errors() {
        let shapes =
            [mixin("A", &["B"]), mixin("B", &["A"]), r#""a#N": {"type": "structure"}"#.to_owned()].join(",");
        let found = diagnostics(&using("A N Gone", &shapes));
        assert_eq!(
            found,
            [
                "2:72 «\"a#N\"» `a#N` is not a mixin",
                "2:91 «\"a#Gone\"» shape `a#Gone` does not exist",
                "6:98 «\"a#A\"» mixins use each other in a cycle: a#A → a#B → a#A",
            ]
        );
        let other =
            r#""a#L": {"type": "list", "member": {"target": "a#In"}, "traits": {"smithy.api#mixin": {}}}"#;
        assert_eq!(
            diagnostics(&using("L", other)),
            ["2:53 «\"a#L\"» mixin `a#L` is of another type than `a#In`"]
        );
    }

    #[test]
    fn members_of_mixins_must_not_disagree_and_mixins_must_not_be_targeted() {
        let other = r#""a#C": {"type": "structure", "members": {"same": {"target": "smithy.api#Blob"}},
            "traits": {"smithy.api#mixin": {}}}"#;
        let found = diagnostics(&using("A C", &[mixin("A", &[]), other.to_owned()].join(",")));
        assert_eq!(
            found,
            ["6:107 «\"smithy.api#Blob\"» member `a#C$same` has another target than in a mixin"]
        );
        let targeted = input(r#""x": {"target": "a#A"}"#) + "," + &mixin("A", &[]);
        assert_eq!(diagnostics(&targeted), ["2:59 «\"a#A\"» mixin `a#A` cannot be targeted"]);
    }
}
