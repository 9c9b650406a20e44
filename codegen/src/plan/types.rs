//! Rust types of shapes.

use super::member_names::ChosenNames;
use super::names;
use crate::model::{Model, Shape, ShapeId, ShapeKind, SimpleKind};
use std::collections::{BTreeMap, BTreeSet};

/// The names that generated files use unqualified unless a generated type has the same name, with the module
/// of each, and whether they are imported: names of the standard prelude are not.
pub(crate) const IN_SCOPE: &[(&str, &str, bool)] = &[
    ("BTreeMap", "std::collections", true),
    ("BigDecimal", "farrier_runtime::types", true),
    ("BigInteger", "farrier_runtime::types", true),
    ("Body", "farrier_runtime::types", true),
    ("Box", "std::boxed", false),
    ("Bytes", "farrier_runtime::types", true),
    ("Default", "std::default", false),
    ("Document", "farrier_runtime::types", true),
    ("From", "std::convert", false),
    ("IntoBytes", "farrier_runtime::types", true),
    ("IntoIterator", "std::iter", false),
    ("IntoValue", "farrier_runtime::types", true),
    ("Option", "std::option", false),
    ("String", "std::string", false),
    ("Timestamp", "farrier_runtime::types", true),
    ("UnknownInt", "farrier_runtime::types", true),
    ("UnknownValue", "farrier_runtime::types", true),
    ("UnknownVariant", "farrier_runtime::types", true),
    ("Vec", "std::vec", false),
];

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RustType {
    /// `()`
    Unit,
    /// A primitive or a type of the standard prelude: `bool`, `i32`, `String`…
    Std(&'static str),
    /// `&str`
    Str,
    /// A type of `farrier_runtime::types`.
    Runtime(&'static str),
    /// A generated type.
    Generated(Module, String),
    /// `Vec<T>`
    Vec(Box<RustType>),
    /// `BTreeMap<K, V>`
    Map(Box<RustType>, Box<RustType>),
    /// `Option<T>`
    Option(Box<RustType>),
    /// `Box<T>`
    Boxed(Box<RustType>),
}

/// The public modules of a generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Module {
    /// Structures, unions and enums.
    Types,
    /// The error enums of operations.
    Error,
}

impl RustType {
    pub(crate) fn option(self) -> Self {
        Self::Option(Box::new(self))
    }

    pub(crate) fn boxed(self) -> Self {
        Self::Boxed(Box::new(self))
    }
}

/// The Rust type of each shape, by id.
pub(crate) struct TypeMap<'a> {
    model: &'a Model,
    names: BTreeMap<&'a ShapeId, String>,
}

impl<'a> TypeMap<'a> {
    /// Names every shape that has a generated type.
    pub(crate) fn new(model: &'a Model, chosen: &ChosenNames) -> Self {
        let types: Vec<&Shape> = model.shapes.values().filter(|shape| is_type(shape)).collect();
        let chosen = |shape: &Shape| chosen.get(shape.id.as_str()).cloned();
        let mut used: BTreeSet<String> = types.iter().filter_map(|shape| chosen(shape)).collect();
        let names = types.into_iter().map(|shape| {
            let name = model.service.rename.get(&shape.id).map_or(shape.id.name(), String::as_str);
            (&shape.id, chosen(shape).unwrap_or_else(|| free_name(names::type_name(name), &mut used)))
        });
        Self { model, names: names.collect() }
    }

    /// Returns the generated names that shadow a name used unqualified in generated files.
    pub(crate) fn shadows(&self) -> BTreeSet<String> {
        self.names
            .values()
            .filter(|name| IN_SCOPE.iter().any(|(in_scope, ..)| in_scope == name))
            .cloned()
            .collect()
    }

    /// Returns true if a name contains an underscore.
    pub(crate) fn has_underscores(&self) -> bool {
        self.names.values().any(|name| name.contains('_'))
    }

    /// Returns the name of the type with the required members of a structure: `CityRequired`, or with a number if a
    /// shape has that name.
    pub(crate) fn required_name(&self, structure: &str) -> String {
        let base = format!("{}Required", structure.trim_start_matches("r#"));
        let numbered = (2..=u32::MAX).map(|number| format!("{base}{number}"));
        let mut names = std::iter::once(base.clone()).chain(numbered);
        names.find(|name| self.names.values().all(|used| used != name)).unwrap_or(base)
    }

    /// Returns the name of a shape's generated type, if it has one.
    pub(crate) fn name(&self, id: &ShapeId) -> Option<&String> {
        self.names.get(id)
    }

    /// Returns the type of the shape's values.
    pub(crate) fn rust_type(&self, id: &ShapeId) -> RustType {
        if id == &ShapeId::prelude("Unit") {
            return RustType::Unit;
        }
        if let Some(name) = self.names.get(id) {
            return RustType::Generated(Module::Types, name.clone());
        }
        let shape = self.model.shape(id);
        let item = |item: RustType| if shape.traits.sparse { item.option() } else { item };
        match &shape.kind {
            ShapeKind::Simple(SimpleKind::Blob) if shape.traits.streaming => RustType::Runtime("Body"),
            ShapeKind::Simple(kind) => simple(*kind),
            ShapeKind::List(member) => RustType::Vec(Box::new(item(self.rust_type(&member.target)))),
            ShapeKind::Map(key, value) => RustType::Map(
                Box::new(self.rust_type(&key.target)),
                Box::new(item(self.rust_type(&value.target))),
            ),
            ShapeKind::Enum(_) | ShapeKind::IntEnum(_) | ShapeKind::Structure(_) | ShapeKind::Union(_) => {
                RustType::Unit
            }
        }
    }
}

/// Returns the name, with a number if another shape has it: `foo_bar` and `FooBar` differ only in case.
fn free_name(name: String, used: &mut BTreeSet<String>) -> String {
    let numbered = (2..=u32::MAX).map(|number| format!("{name}{number}"));
    let mut candidates = std::iter::once(name.clone()).chain(numbered);
    let free = candidates.find(|name| !used.contains(name)).unwrap_or(name);
    used.insert(free.clone());
    free
}

/// Returns true if a type is generated for the shape.
pub(super) fn is_type(shape: &Shape) -> bool {
    shape.id != ShapeId::prelude("Unit")
        && match &shape.kind {
            ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => {
                true
            }
            ShapeKind::Simple(_) | ShapeKind::List(_) | ShapeKind::Map(..) => false,
        }
}

fn simple(kind: SimpleKind) -> RustType {
    match kind {
        SimpleKind::Boolean => RustType::Std("bool"),
        SimpleKind::String => RustType::Std("String"),
        SimpleKind::Byte => RustType::Std("i8"),
        SimpleKind::Short => RustType::Std("i16"),
        SimpleKind::Integer => RustType::Std("i32"),
        SimpleKind::Long => RustType::Std("i64"),
        SimpleKind::Float => RustType::Std("f32"),
        SimpleKind::Double => RustType::Std("f64"),
        SimpleKind::Blob => RustType::Runtime("Bytes"),
        SimpleKind::BigInteger => RustType::Runtime("BigInteger"),
        SimpleKind::BigDecimal => RustType::Runtime("BigDecimal"),
        SimpleKind::Timestamp => RustType::Runtime("Timestamp"),
        SimpleKind::Document => RustType::Runtime("Document"),
    }
}
