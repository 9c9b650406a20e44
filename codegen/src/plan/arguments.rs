//! Arguments of constructors and setters: the forms in which they take the values of members.

use super::data::{Argument, Form, Item};
use super::types::{RustType, TypeMap};
use crate::model::{Model, ShapeId, ShapeKind};

/// Returns the argument for a member that targets a shape: an iterator for a list or map, else a value.
pub(super) fn argument(model: &Model, types: &TypeMap<'_>, target: &ShapeId) -> Argument {
    match (&model.shape(target).kind, types.rust_type(target)) {
        (ShapeKind::List(member), RustType::Vec(ty)) => Argument::Items(item(model, &member.target, *ty)),
        (ShapeKind::Map(_, value), RustType::Map(key, ty)) => {
            Argument::Entries(*key, item(model, &value.target, *ty))
        }
        (_, ty) => Argument::Value(item(model, target, ty)),
    }
}

/// Strings, enums and types of the runtime are taken as `impl IntoValue`, and blobs as `impl IntoBytes`, except in
/// collections of options.
fn item(model: &Model, target: &ShapeId, ty: RustType) -> Item {
    let is_enum = matches!(model.shape(target).kind, ShapeKind::Enum(_) | ShapeKind::IntEnum(_));
    let form = match &ty {
        RustType::Runtime("Bytes") => Form::IntoBytes,
        RustType::Std("String") | RustType::Runtime(_) => Form::IntoValue,
        RustType::Generated(..) if is_enum => Form::IntoValue,
        _ => Form::Exact,
    };
    Item { ty, form }
}
