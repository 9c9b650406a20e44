//! Merges [apply statements](https://smithy.io/2.0/spec/model.html#applying-traits) into the shapes.

use super::raw::{AppliedTrait, RawMember, RawModel, RawShape, TraitMap};
use crate::ast::{Apply, Ast, Node, Trait, Value};
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics};
use std::collections::BTreeMap;

/// Merges every `apply` statement into the shape it names. If a trait is applied more than once, arrays are
/// concatenated and other values must be equal.
pub(super) fn merge<'a>(raw_model: &mut RawModel<'a>, ast: &Ast<'a>, diagnostics: &mut Diagnostics) {
    let mut arrays = Arrays::new();
    for apply in &ast.applies {
        let Some(shape) = raw_model.by_id.get_mut(&apply.shape) else {
            if let Some(diagnostic) = raw_model.missing(&apply.shape, apply.span) {
                diagnostics.push(diagnostic.label("traits applied to it here"));
            }
            continue;
        };
        if let Some(name) = apply.member {
            add_member(shape, name, apply);
        }
        let Some(traits) = traits(shape, apply.member) else {
            diagnostics.push(no_member(shape, apply));
            continue;
        };
        for new in &apply.traits {
            match traits.get(new.id) {
                None => {
                    traits.insert(new.id, AppliedTrait { span: new.span, value: new.value });
                }
                Some(old) => {
                    let target = (apply.shape.clone(), apply.member, new.id);
                    add_value(old, new, target, &mut arrays, diagnostics);
                }
            }
        }
    }
    for ((shape, member, id), items) in arrays {
        let traits = raw_model.by_id.get_mut(&shape).and_then(|shape| traits(shape, member));
        if let Some(applied) = traits.and_then(|traits| traits.get_mut(id)) {
            applied.value = Node::new(applied.value.span(), Value::Array(raw_model.arena.items(&items)));
        }
    }
}

/// The items of arrays that are concatenated, by shape, member and trait.
type Arrays<'a> = BTreeMap<(ShapeId, Option<&'a str>, &'a str), Vec<Node<'a>>>;

/// Adds a missing member to a shape with mixins: it may be a mixed-in one.
fn add_member<'a>(shape: &mut RawShape<'a>, name: &'a str, apply: &Apply<'a>) {
    if !shape.mixins.is_empty() {
        shape.members.push(RawMember { name, span: apply.span, target: None, traits: TraitMap::new() });
    }
}

/// Returns the traits of a shape, or of its member with this name.
fn traits<'s, 'a>(shape: &'s mut RawShape<'a>, member: Option<&str>) -> Option<&'s mut TraitMap<'a>> {
    match member {
        None => Some(&mut shape.traits),
        Some(name) => shape.members.get_mut(name).map(|member| &mut member.traits),
    }
}

/// Merges another value of an applied trait.
fn add_value<'a>(
    old: &AppliedTrait<'a>,
    new: &Trait<'a>,
    target: (ShapeId, Option<&'a str>, &'a str),
    arrays: &mut Arrays<'a>,
    diagnostics: &mut Diagnostics,
) {
    if let (Some(items), Some(more)) = (old.value.items(), new.value.items()) {
        arrays.entry(target).or_insert_with(|| items.to_vec()).extend(more);
    } else if !old.value.is_same_value(&new.value) {
        let diagnostic = Diagnostic::new(new.span, format!("conflicting values for trait `{}`", new.id))
            .label("conflicting value")
            .related(old.span, "first applied here")
            .help("keep one of the two values");
        diagnostics.push(diagnostic);
    }
}

fn no_member(shape: &RawShape<'_>, apply: &Apply<'_>) -> Diagnostic {
    let name = apply.member.unwrap_or_default();
    Diagnostic::new(apply.span, format!("shape `{}` has no member `{}`", shape.id, name.escape_debug()))
        .label("traits applied to it here")
        .related(shape.span, "shape defined here")
        .help("apply the traits to an existing member, or remove the statement")
}

#[cfg(test)]
mod tests {
    use crate::Span;
    use crate::model::ShapeKind;
    use crate::model::testing::{diagnostics, input, load_all, member, model, resolved, shape};

    #[test]
    fn applies_traits_to_shapes_and_members() {
        let shapes = input(r#""x": {"target": "a#T"}"#)
            + r#", "a#T": {"type": "string"}, "a#M": {"type": "structure", "members": {"x": {"target": "a#T"}}},
            "a#In$x": {"type": "apply", "traits": {"smithy.api#required": {}}},
            "a#In": {"type": "structure"}"#;
        assert_eq!(diagnostics(&shapes), ["4:13 «\"a#In\"» shape `a#In` is defined twice"]);
        let model =
            resolved(&shapes.replace(r#""a#In": {"type": "structure"}"#, r#""b#T": {"type": "string"}"#));
        assert!(member(&model, "a#In", "x").traits.required);
    }

    #[test]
    fn rejects_statements_for_missing_shapes_and_members() {
        let shapes = input("")
            + r#",
"a#Inn": {"type": "apply", "traits": {}},
"a#In$x": {"type": "apply", "traits": {}}"#;
        assert_eq!(
            diagnostics(&shapes),
            [
                "3:1 «\"a#Inn\"» shape `a#Inn` does not exist",
                "4:1 «\"a#In$x\"» shape `a#In` has no member `x`"
            ]
        );
    }

    #[test]
    fn rejects_conflicting_values_and_accepts_equal_ones() {
        let shapes = input(r#""x": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": "y"}}"#)
            + r#",
"a#In$x": {"type": "apply", "traits": {"smithy.api#jsonName": "z"}}"#;
        let found = ["3:40 «\"smithy.api#jsonName\"» conflicting values for trait `smithy.api#jsonName`"];
        assert_eq!(diagnostics(&shapes), found);
        assert!(diagnostics(&shapes.replace("\"z\"", "\"\\u0079\"")).is_empty());
    }

    /// Returns a model of two files: one with a string and its enum trait, and one with these apply statements.
    fn files(applies: &str) -> [String; 2] {
        let string = r#", "a#E": {"type": "string", "traits": {"smithy.api#enum": [{"name": "A", "value": "a"}],
"smithy.api#documentation": "d"}}"#;
        let applies = format!("{{\"smithy\": \"2\", \"shapes\": {{\n{applies}}}}}");
        [model(&(input(r#""x": {"target": "a#E"}"#) + string)), applies]
    }

    #[test]
    fn concatenates_arrays_and_accepts_equal_values_in_another_file() {
        let apply = r#""a#E": {"type": "apply", "traits": {
            "smithy.api#enum": [{"name": "B", "value": "b"}], "smithy.api#documentation": "d",
            "smithy.api#title": "t"}}"#;
        let model = load_all(&files(apply)).unwrap();
        let ShapeKind::Enum(values) = &shape(&model, "a#E").kind else { panic!("not an enum") };
        let values: Vec<_> =
            values.iter().map(|value| (value.name.as_str(), value.span.file.index())).collect();
        assert_eq!(values, [("A", 0), ("B", 1)]);
        assert_eq!(shape(&model, "a#E").traits.title.as_deref(), Some("t"));
    }

    #[test]
    fn reports_conflicts_with_another_file() {
        let files = files(r#""a#E": {"type": "apply", "traits": {"smithy.api#documentation": "e"}}"#);
        let diagnostics = load_all(&files).unwrap_err();
        let found: Vec<_> = diagnostics.iter().collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "conflicting values for trait `smithy.api#documentation`");
        let marked = |span: Span| (span.file.index(), &files[span.file.index()][span.range()]);
        assert_eq!(marked(found[0].span), (1, "\"smithy.api#documentation\""));
        assert_eq!(marked(found[0].related[0].0), (0, "\"smithy.api#documentation\""));
    }
}
