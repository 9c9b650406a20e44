//! Upgrades Smithy 1.0 to 2.0, as
//! [the migration guide](https://smithy.io/2.0/guides/model-translations/migrating-idl-1-to-2.html) says.

mod enum_trait;

use super::draft::{Applied, Draft, DraftMember, Drafts};
use crate::ast::{Node, ShapeType, Version};
use crate::model::ShapeId;
use crate::{Diagnostics, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;

const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";

/// Upgrades all shapes. The `@enum` trait, deprecated in 2.0, is converted in either version.
pub(super) fn upgrade(drafts: &mut Drafts<'_>, version: Version, mistakes: &mut Diagnostics) {
    if version == Version::V1 {
        let zeros: BTreeMap<ShapeId, &'static str> =
            drafts.by_id.values().filter_map(|draft| Some((draft.id.clone(), zero(draft)?))).collect();
        let structures = drafts.by_id.values_mut().filter(|draft| draft.ty == ShapeType::Structure);
        structures.flat_map(|draft| draft.members.iter_mut()).for_each(|member| add_default(member, &zeros));
    }
    drafts.by_id.values_mut().for_each(|draft| enum_trait::convert(draft, mistakes));
}

/// The default that members with this target have in 1.0 without saying so.
fn zero(target: &Draft<'_>) -> Option<&'static str> {
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

/// Writes down what 1.0 left unsaid. A required member has no need of a default.
fn add_default(member: &mut DraftMember<'_>, zeros: &BTreeMap<ShapeId, &'static str>) {
    if member.traits.contains_key(DEFAULT) || member.traits.contains_key("smithy.api#required") {
        return;
    }
    let boxed = member.traits.contains_key(BOX);
    let zero = member.target.as_ref().and_then(|target| zeros.get(&target.id).copied());
    if let Some(raw) = if boxed { Some("null") } else { zero } {
        member.traits.insert(Cow::Borrowed(DEFAULT), synthetic(raw, member.span));
    }
}

fn synthetic<'a>(raw: &'static str, span: Span) -> Applied<'a> {
    Applied { span, value: Node::synthetic(raw, span) }
}
