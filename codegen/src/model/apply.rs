//! Merges [apply statements](https://smithy.io/2.0/spec/model.html#applying-traits) into the shapes.

use super::draft::{Applied, Draft, DraftMember, Drafts, TraitMap};
use crate::ast::{Apply, Ast};
use crate::{Diagnostic, Diagnostics};
use std::borrow::Cow;

/// Applies every statement.
pub(super) fn merge<'a>(drafts: &mut Drafts<'a>, ast: &Ast<'a>, mistakes: &mut Diagnostics) {
    for apply in &ast.applies {
        let Some(draft) = drafts.by_id.get_mut(&apply.shape) else {
            let mistake = drafts.missing(&apply.shape, apply.span);
            mistakes.push(mistake.label("traits are applied to it here"));
            continue;
        };
        match traits_of(draft, apply) {
            Some(traits) => add(traits, apply, mistakes),
            None => mistakes.push(no_member(draft, apply)),
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

fn add<'a>(traits: &mut TraitMap<'a>, apply: &Apply<'a>, mistakes: &mut Diagnostics) {
    for new in &apply.traits {
        let applied = Applied { span: new.span, value: new.value };
        let Some(old) = traits.insert(new.id.clone(), applied) else { continue };
        if old.value.raw() != new.value.raw() && old.value.value() != new.value.value() {
            let mistake = Diagnostic::new(new.span, format!("trait `{}` is applied twice", new.id))
                .label("applied again here, with another value")
                .related(old.span, "first applied here")
                .help("keep one of the two values");
            mistakes.push(mistake);
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
