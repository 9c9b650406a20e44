//! Checks what shapes refer to.

use super::draft::{Draft, Drafts};
use crate::ast::{ShapeType, Target};
use crate::model::mixins::MIXIN;
use crate::{Diagnostic, Diagnostics};

/// What a reference stands for, and so what it may name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Member,
    MapKey,
    Input,
    Output,
    Error,
    Operation,
    Resource,
}

impl Use {
    fn takes(self) -> &'static str {
        match self {
            Self::Member => "a member must target a data shape",
            Self::MapKey => "the key of a map must target a string or enum",
            Self::Input => "an operation's input must be a structure",
            Self::Output => "an operation's output must be a structure",
            Self::Error => "an error must be a structure with the trait `smithy.api#error`",
            Self::Operation => "only operations can be bound here",
            Self::Resource => "only resources can be bound here",
        }
    }

    fn allows(self, draft: &Draft<'_>) -> bool {
        let is_data = !matches!(draft.ty, ShapeType::Service | ShapeType::Resource | ShapeType::Operation);
        match self {
            Self::Member => is_data && !draft.has("smithy.api#trait"),
            Self::MapKey => matches!(draft.ty, ShapeType::String | ShapeType::Enum),
            Self::Input | Self::Output => draft.ty == ShapeType::Structure,
            Self::Error => draft.ty == ShapeType::Structure && draft.has("smithy.api#error"),
            Self::Operation => draft.ty == ShapeType::Operation,
            Self::Resource => draft.ty == ShapeType::Resource,
        }
    }
}

/// The shape that a reference names, if it may name it.
pub(super) fn check<'d, 'a>(
    drafts: &'d Drafts<'a>,
    target: &Target,
    what: Use,
    diagnostics: &mut Diagnostics,
) -> Option<&'d Draft<'a>> {
    let Some(draft) = drafts.get(&target.id) else {
        drafts
            .missing(&target.id, target.span)
            .into_iter()
            .for_each(|diagnostic| diagnostics.push(diagnostic));
        return None;
    };
    let diagnostic = if draft.has(MIXIN) {
        Diagnostic::new(target.span, format!("mixin `{}` cannot be targeted", draft.id))
            .label("targeted here")
            .related(draft.span, "the mixin")
            .help("define a shape that uses the mixin, and target that")
    } else if what.allows(draft) {
        return Some(draft);
    } else {
        let found = if what == Use::Error && draft.ty == ShapeType::Structure {
            "a structure without that trait"
        } else if draft.has("smithy.api#trait") {
            "a trait"
        } else {
            described(draft.ty)
        };
        Diagnostic::new(target.span, format!("{}, and `{}` is {found}", what.takes(), draft.id))
            .label("targeted here")
            .related(draft.span, format!("{found} is defined here"))
    };
    diagnostics.push(diagnostic);
    None
}

fn described(ty: ShapeType) -> &'static str {
    match ty {
        ShapeType::Blob => "a blob",
        ShapeType::Boolean => "a boolean",
        ShapeType::String => "a string",
        ShapeType::Byte => "a byte",
        ShapeType::Short => "a short",
        ShapeType::Integer => "an integer",
        ShapeType::Long => "a long",
        ShapeType::Float => "a float",
        ShapeType::Double => "a double",
        ShapeType::BigInteger => "a bigInteger",
        ShapeType::BigDecimal => "a bigDecimal",
        ShapeType::Timestamp => "a timestamp",
        ShapeType::Document => "a document",
        ShapeType::Enum => "an enum",
        ShapeType::IntEnum => "an intEnum",
        ShapeType::List | ShapeType::Set => "a list",
        ShapeType::Map => "a map",
        ShapeType::Structure => "a structure",
        ShapeType::Union => "a union",
        ShapeType::Service => "a service",
        ShapeType::Resource => "a resource",
        ShapeType::Operation => "an operation",
    }
}
