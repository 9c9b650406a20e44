//! Merges [apply statements](https://smithy.io/2.0/spec/model.html#applying-traits) into the shapes.

use super::raw::{AppliedTrait, RawMember, RawModel, RawShape, TraitMap};
use crate::ast::{Apply, Ast};
use crate::{Diagnostic, Diagnostics};
use std::borrow::Cow;

/// Merges every `apply` statement into the shape it names.
pub(super) fn merge<'a>(raw_model: &mut RawModel<'a>, ast: &Ast<'a>, diagnostics: &mut Diagnostics) {
    for apply in &ast.applies {
        let Some(shape) = raw_model.by_id.get_mut(&apply.shape) else {
            if let Some(diagnostic) = raw_model.missing(&apply.shape, apply.span) {
                diagnostics.push(diagnostic.label("traits applied to it here"));
            }
            continue;
        };
        match traits_of(shape, apply) {
            Some(traits) => add(traits, apply, diagnostics),
            None => diagnostics.push(no_member(shape, apply)),
        }
    }
}

/// Returns the traits that a statement adds to. If the shape has mixins, adds a missing member: it may be a
/// mixed-in one.
fn traits_of<'d, 'a>(shape: &'d mut RawShape<'a>, apply: &Apply<'a>) -> Option<&'d mut TraitMap<'a>> {
    let Some(name) = &apply.member else { return Some(&mut shape.traits) };
    if shape.members.get(name).is_none() && !shape.mixins.is_empty() {
        shape.members.push(RawMember {
            name: Cow::Owned(name.clone()),
            span: apply.span,
            target: None,
            traits: TraitMap::new(),
        });
    }
    shape.members.get_mut(name).map(|member| &mut member.traits)
}

fn add<'a>(traits: &mut TraitMap<'a>, apply: &Apply<'a>, diagnostics: &mut Diagnostics) {
    for new in &apply.traits {
        let applied = AppliedTrait { span: new.span, value: new.value };
        let Some(old) = traits.insert(new.id.clone(), applied) else { continue };
        if old.value.raw() != new.value.raw() && old.value.value() != new.value.value() {
            let diagnostic = Diagnostic::new(new.span, format!("conflicting values for trait `{}`", new.id))
                .label("conflicting value")
                .related(old.span, "first applied here")
                .help("keep one of the two values");
            diagnostics.push(diagnostic);
        }
    }
}

fn no_member(shape: &RawShape<'_>, apply: &Apply<'_>) -> Diagnostic {
    let name = apply.member.as_deref().unwrap_or_default();
    Diagnostic::new(apply.span, format!("shape `{}` has no member `{}`", shape.id, name.escape_debug()))
        .label("traits applied to it here")
        .related(shape.span, "shape defined here")
        .help("apply the traits to an existing member, or remove the statement")
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, input, member, resolved};

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
}
