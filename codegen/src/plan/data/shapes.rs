//! The plan of the types of shapes: structures, unions, enums and their schemas.

use crate::plan::types::{Module, RustType};
use crate::plan::value::Value;

/// A structure.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The module of the type.
    pub module: Module,
    /// The type name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// Its fields, in the order of the schema's members.
    pub fields: Vec<Field>,
    /// Its schema.
    pub schema: Static,
    /// The documentation of its constructor.
    pub constructor_docs: &'static str,
    /// True if it implements `Default`: no member is required.
    pub has_default: bool,
    /// The types of an operation input's only required member that the input implements `From` for.
    pub from: Vec<RustType>,
}

/// A field of a structure.
#[derive(Clone, Debug)]
pub struct Field {
    /// The field's name.
    pub name: String,
    /// The setter's name: the field's name, except for `new`.
    pub setter: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// The type, without `Option` or `Box`.
    pub ty: RustType,
    /// The argument of the constructor or setter.
    pub argument: Argument,
    /// True if the field is boxed because its type is recursive.
    pub boxed: bool,
    /// The initial value of the field.
    pub presence: Presence,
}

/// The initial value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// It is a constructor argument.
    Required,
    /// It is an `Option`, unset by default.
    Optional,
    /// It has this default value.
    Default(Value),
}

/// The form in which a constructor or setter takes a value.
#[derive(Clone, Debug)]
pub enum Argument {
    /// The value.
    Value(Item),
    /// An iterator over the items of a list.
    Items(Item),
    /// An iterator over the entries of a map, whose keys are taken as `impl Into`.
    Entries(RustType, Item),
}

/// An argument or an item of one.
#[derive(Clone, Debug)]
pub struct Item {
    /// The type of the value.
    pub ty: RustType,
    /// True if it is taken as `impl Into`.
    pub into: bool,
}

/// A `#[deprecated]` attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The version or date of the deprecation, and the message; may be empty.
    pub note: String,
}

/// A union.
#[derive(Clone, Debug)]
pub struct Union {
    /// The type name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// Its variants, in the order of the schema's members.
    pub variants: Vec<UnionVariant>,
    /// Its schema.
    pub schema: Static,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// The variant's name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// The type of its value; [`RustType::Unit`] is a variant without a value.
    pub ty: RustType,
}

/// An enum with values of type `T`.
#[derive(Clone, Debug)]
pub struct Enum<T> {
    /// The type name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// Its known values.
    pub variants: Vec<EnumVariant<T>>,
    /// True if values are redacted in `Debug` and `Display`.
    pub sensitive: bool,
    /// True if it is the key of a map.
    pub is_key: bool,
}

/// A known value of an enum.
#[derive(Clone, Debug)]
pub struct EnumVariant<T> {
    /// The variant's name.
    pub name: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// The value on the wire.
    pub value: T,
}

/// A static of module `schema`.
#[derive(Clone, Debug)]
pub struct Static {
    /// The name.
    pub name: String,
    /// The schema.
    pub schema: Value,
}
