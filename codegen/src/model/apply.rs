//! Merges [apply statements](https://smithy.io/2.0/spec/model.html#applying-traits) into the shapes.

use super::draft::{Applied, Draft, DraftMember, Drafts, TraitMap};
use crate::ast::{Apply, Ast};
use crate::{Diagnostic, Diagnostics};
use std::borrow::Cow;

/// Applies every statement.
pub(super) fn merge<'a>(drafts: &mut Drafts<'a>, ast: &Ast<'a>, diagnostics: &mut Diagnostics) {
    for apply in &ast.applies {
        let Some(draft) = drafts.by_id.get_mut(&apply.shape) else {
            if let Some(diagnostic) = drafts.missing(&apply.shape, apply.span) {
                diagnostics.push(diagnostic.label("traits are applied to it here"));
            }
            continue;
        };
        match traits_of(draft, apply) {
            Some(traits) => add(traits, apply, diagnostics),
            None => diagnostics.push(no_member(draft, apply)),
        }
    }
}

/// The traits that a statement adds to. A member that the shape itself has not may come from a mixin.
fn traits_of<'d, 'a>(draft: &'d mut Draft<'a>, apply: &Apply<'a>) -> Option<&'d mut TraitMap<'a>> {
    let Some(name) = &apply.member else { return Some(&mut draft.traits) };
    if draft.members.get(name).is_none() && !draft.mixins.is_empty() {
        draft.members.push(DraftMember {
            name: Cow::Owned(name.clone()),
            span: apply.span,
            target: None,
            traits: TraitMap::new(),
        });
    }
    draft.members.get_mut(name).map(|member| &mut member.traits)
}

fn add<'a>(traits: &mut TraitMap<'a>, apply: &Apply<'a>, diagnostics: &mut Diagnostics) {
    for new in &apply.traits {
        let applied = Applied { span: new.span, value: new.value };
        let Some(old) = traits.insert(new.id.clone(), applied) else { continue };
        if old.value.raw() != new.value.raw() && old.value.value() != new.value.value() {
            let diagnostic = Diagnostic::new(new.span, format!("trait `{}` is applied twice", new.id))
                .label("applied again here, with another value")
                .related(old.span, "first applied here")
                .help("keep one of the two values");
            diagnostics.push(diagnostic);
        }
    }
}

fn no_member(draft: &Draft<'_>, apply: &Apply<'_>) -> Diagnostic {
    let name = apply.member.as_deref().unwrap_or_default();
    Diagnostic::new(apply.span, format!("shape `{}` has no member `{}`", draft.id, name.escape_debug()))
        .label("traits are applied to it here")
        .related(draft.span, "the shape")
        .help("apply the traits to a member that the shape has, or remove the statement")
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, input, member, resolved};

    #[test]
    fn traits_are_applied_to_shapes_and_members() {
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
    fn a_statement_for_what_does_not_exist_is_an_error() {
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
    fn a_trait_with_two_values_is_an_error_and_with_the_same_twice_is_not() {
        let shapes = input(r#""x": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": "y"}}"#)
            + r#",
"a#In$x": {"type": "apply", "traits": {"smithy.api#jsonName": "z"}}"#;
        let found = ["3:40 «\"smithy.api#jsonName\"» trait `smithy.api#jsonName` is applied twice"];
        assert_eq!(diagnostics(&shapes), found);
        assert!(diagnostics(&shapes.replace("\"z\"", "\"\\u0079\"")).is_empty());
    }
}
