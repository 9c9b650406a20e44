//! Checks of references between shapes.

use super::raw::{RawModel, RawShape};
use crate::ast::{ShapeType, Target};
use crate::{Diagnostic, Diagnostics};

/// The role of a reference, which determines the shapes it may target.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TargetRole {
    Member,
    MapKey,
    Input,
    Output,
    Error,
    Operation,
    Resource,
}

impl TargetRole {
    /// Returns the reference and the shape that it must target, for messages.
    fn describe(self) -> (&'static str, &'static str) {
        match self {
            Self::Member => ("a member", "a data shape"),
            Self::MapKey => ("a map key", "a string or enum"),
            Self::Input => ("an operation input", "a structure"),
            Self::Output => ("an operation output", "a structure"),
            Self::Error => ("an error", "a structure with `smithy.api#error`"),
            Self::Operation => ("an operation binding", "an operation"),
            Self::Resource => ("a resource binding", "a resource"),
        }
    }

    fn allows(self, shape: &RawShape<'_>) -> bool {
        let is_data = !matches!(shape.ty, ShapeType::Service | ShapeType::Resource | ShapeType::Operation);
        match self {
            Self::Member => is_data && !shape.has("smithy.api#trait"),
            Self::MapKey => matches!(shape.ty, ShapeType::String | ShapeType::Enum),
            Self::Input | Self::Output => shape.ty == ShapeType::Structure,
            Self::Error => shape.ty == ShapeType::Structure && shape.has("smithy.api#error"),
            Self::Operation => shape.ty == ShapeType::Operation,
            Self::Resource => shape.ty == ShapeType::Resource,
        }
    }
}

/// Returns the target of a reference, or reports it if it is undefined or not allowed in this role.
pub(super) fn check<'d, 'a>(
    raw_model: &'d RawModel<'a>,
    target: &Target,
    role: TargetRole,
    diagnostics: &mut Diagnostics,
) -> Option<&'d RawShape<'a>> {
    let Some(shape) = raw_model.get(&target.id) else {
        raw_model
            .missing(&target.id, target.span)
            .into_iter()
            .for_each(|diagnostic| diagnostics.push(diagnostic));
        return None;
    };
    let diagnostic = if shape.is_mixin() {
        Diagnostic::new(target.span, format!("mixin `{}` cannot be targeted", shape.id))
            .label("targeted here")
            .related(shape.span, "mixin defined here")
            .help("target a shape that uses the mixin")
    } else if role.allows(shape) {
        return Some(shape);
    } else {
        let found = if role == TargetRole::Error && shape.ty == ShapeType::Structure {
            "a structure without it"
        } else if shape.has("smithy.api#trait") {
            "a trait definition"
        } else {
            shape.ty.description()
        };
        let (reference, expected) = role.describe();
        let message = format!("{reference} must target {expected}, but `{}` is {found}", shape.id);
        Diagnostic::new(target.span, message)
            .label(format!("expected {expected}"))
            .related(shape.span, "target defined here")
    };
    diagnostics.push(diagnostic);
    None
}
