//! The plan of the types of shapes: structures, unions, enums and their schemas.

use crate::plan::types::RustType;
use crate::plan::value::Value;

/// A structure.
#[derive(Clone, Debug)]
pub(crate) struct Structure {
    /// The type name.
    pub(crate) name: String,
    /// Its documentation, in Markdown.
    pub(crate) docs: String,
    /// The deprecation, if any.
    pub(crate) deprecated: Option<Deprecation>,
    /// Its fields, in the order of the schema's members.
    pub(crate) fields: Vec<Field>,
    /// Its schema.
    pub(crate) schema: Static,
    /// The name of the type with its required members, if they are too many for arguments of the constructor.
    pub(crate) required: Option<String>,
    /// The documentation of its constructor.
    pub(crate) constructor_docs: &'static str,
    /// True if it is an error.
    pub(crate) is_error: bool,
    /// True if an unused value is a fault, such as a setter whose result is discarded. Outputs are often discarded.
    pub(crate) must_use: bool,
    /// True if it implements `Default`: no member is required.
    pub(crate) has_default: bool,
    /// The types of an operation input's only required member that the input implements `From` for.
    pub(crate) from: Vec<RustType>,
}

/// A field of a structure.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The field's name.
    pub(crate) name: String,
    /// The setter's name: the field's name, except for `new`.
    pub(crate) setter: String,
    /// Its documentation, in Markdown.
    pub(crate) docs: String,
    /// The deprecation, if any.
    pub(crate) deprecated: Option<Deprecation>,
    /// The type, without `Option` or `Box`.
    pub(crate) ty: RustType,
    /// The argument of the constructor or setter.
    pub(crate) argument: Argument,
    /// True if the field is boxed because its type is recursive.
    pub(crate) boxed: bool,
    /// The initial value of the field.
    pub(crate) presence: Presence,
}

/// The initial value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Presence {
    /// It is a constructor argument. The value is the default of a member that a response lacks, if the model has one.
    Required(Option<Value>),
    /// It is an `Option`, unset by default.
    Optional,
    /// It has this default value.
    Default(Value),
}

/// The form in which a constructor or setter takes a value.
#[derive(Clone, Debug)]
pub(crate) enum Argument {
    /// The value.
    Value(Item),
    /// An iterator over the items of a list.
    Items(Item),
    /// An iterator over the entries of a map, whose keys are taken as `impl Into`.
    Entries(RustType, Item),
}

/// An argument or an item of one.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The type of the value.
    pub(crate) ty: RustType,
    /// The form in which it is taken.
    pub(crate) form: Form,
}

/// The form in which a value is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The type itself.
    Exact,
    /// `impl IntoBytes`
    IntoBytes,
    /// `impl IntoValue`
    IntoValue,
}

/// A `#[deprecated]` attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deprecation {
    /// The version or date of the deprecation, and the message; may be empty.
    pub(crate) note: String,
}

/// A union.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// The type name.
    pub(crate) name: String,
    /// Its documentation, in Markdown.
    pub(crate) docs: String,
    /// The deprecation, if any.
    pub(crate) deprecated: Option<Deprecation>,
    /// Its variants, in the order of the schema's members.
    pub(crate) variants: Vec<UnionVariant>,
    /// Its schema.
    pub(crate) schema: Static,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub(crate) struct UnionVariant {
    /// The variant's name.
    pub(crate) name: String,
    /// Its documentation, in Markdown.
    pub(crate) docs: String,
    /// The deprecation, if any.
    pub(crate) deprecated: Option<Deprecation>,
    /// The type of its value; [`RustType::Unit`] is a variant without a value.
    pub(crate) ty: RustType,
    /// The method that returns its value, or that returns true if it has none: `as_text`, `is_none`.
    pub(crate) method: String,
}

/// An enum with values of type `T`.
#[derive(Clone, Debug)]
pub(crate) struct Enum<T> {
    /// The type name.
    pub(crate) name: String,
    /// Its documentation, in Markdown.
    pub(crate) docs: String,
    /// The deprecation, if any.
    pub(crate) deprecated: Option<Deprecation>,
    /// Its known values.
    pub(crate) variants: Vec<EnumVariant<T>>,
    /// True if values are redacted in `Debug` and `Display`.
    pub(crate) sensitive: bool,
    /// True if it is the key of a map.
    pub(crate) is_key: bool,
}

/// A known value of an enum.
#[derive(Clone, Debug)]
pub(crate) struct EnumVariant<T> {
    /// The variant's name.
    pub(crate) name: String,
    /// Its documentation, in Markdown.
    pub(crate) docs: String,
    /// The deprecation, if any.
    pub(crate) deprecated: Option<Deprecation>,
    /// The value on the wire.
    pub(crate) value: T,
}

/// A static of module `schema`.
#[derive(Clone, Debug)]
pub(crate) struct Static {
    /// The name.
    pub(crate) name: String,
    /// The schema.
    pub(crate) schema: Value,
}
