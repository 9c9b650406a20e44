//! Type-erased access to values of shapes.
//!
//! A codec serializes a [`Value`] through its [`View`] and deserializes it through its [`Slot`]. Members of
//! structures and unions are accessed by their index in the [`Schema`]. A codec is therefore one recursive
//! function over each of the two enums, and generated code only maps indices to fields.

pub mod debug;
mod impls;

use crate::schema::Schema;
use crate::types::{
    BigDecimal, BigInteger, Body, Document, Timestamp, UnknownInt, UnknownValue, UnknownVariant,
};
use bytes::Bytes;

/// The value of a member.
pub trait Value {
    /// Returns a view of the value, for reading.
    fn view(&self) -> View<'_>;

    /// Returns a slot of the value, for writing. An optional value is first set to
    /// [`default_value`](Value::default_value).
    fn slot(&mut self) -> Slot<'_>;

    /// Returns a value whose required members have their default value, and whose optional members are unset.
    ///
    /// The default value of a required member is the one in the model, zero, empty, or the unknown variant of
    /// an enum or union. A required member that is missing from a response keeps it, as
    /// [client error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction)
    /// specifies.
    fn default_value() -> Self
    where
        Self: Sized;
}

/// A value for reading.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "names are those of the specification")]
pub enum View<'a> {
    /// An unset optional value, or a null in a sparse list or map.
    Absent,
    Blob(&'a Bytes),
    /// A streaming blob.
    Body(&'a Body),
    Boolean(bool),
    /// A string or the value of an enum.
    String(&'a str),
    Byte(i8),
    Short(i16),
    /// An integer or the value of an intEnum.
    Integer(i32),
    Long(i64),
    Float(f32),
    Double(f64),
    BigInteger(&'a BigInteger),
    BigDecimal(&'a BigDecimal),
    Timestamp(Timestamp),
    Document(&'a Document),
    List(&'a dyn List),
    Map(&'a dyn Map),
    Structure(&'a dyn Structure),
    Union(Active<'a>),
}

/// A mutable reference to a value for writing.
#[expect(missing_docs, reason = "names are those of the specification")]
pub enum Slot<'a> {
    /// A `smithy.api#Unit`: values written to it are ignored.
    Unit,
    Blob(&'a mut Bytes),
    /// A streaming blob.
    Body(&'a mut Body),
    Boolean(&'a mut bool),
    String(&'a mut String),
    Enum(&'a mut dyn Enum),
    Byte(&'a mut i8),
    Short(&'a mut i16),
    Integer(&'a mut i32),
    IntEnum(&'a mut dyn IntEnum),
    Long(&'a mut i64),
    Float(&'a mut f32),
    Double(&'a mut f64),
    BigInteger(&'a mut BigInteger),
    BigDecimal(&'a mut BigDecimal),
    Timestamp(&'a mut Timestamp),
    Document(&'a mut Document),
    List(&'a mut dyn List),
    Map(&'a mut dyn Map),
    Structure(&'a mut dyn Structure),
    Union(&'a mut dyn Union),
}

/// A mutable reference to a value that contains other values, for writing.
pub(crate) enum Aggregate<'a> {
    /// A `smithy.api#Unit`: values written to it are ignored.
    Unit,
    List(&'a mut dyn List),
    Map(&'a mut dyn Map),
    Structure(&'a mut dyn Structure),
    Union(&'a mut dyn Union),
}

impl<'a> Slot<'a> {
    /// Returns the slot of an aggregate. Returns `None` for a simple value.
    #[inline]
    pub(crate) fn into_aggregate(self) -> Option<Aggregate<'a>> {
        match self {
            Slot::Unit => Some(Aggregate::Unit),
            Slot::List(list) => Some(Aggregate::List(list)),
            Slot::Map(map) => Some(Aggregate::Map(map)),
            Slot::Structure(structure) => Some(Aggregate::Structure(structure)),
            Slot::Union(union) => Some(Aggregate::Union(union)),
            Slot::Blob(_)
            | Slot::Body(_)
            | Slot::Boolean(_)
            | Slot::String(_)
            | Slot::Enum(_)
            | Slot::Byte(_)
            | Slot::Short(_)
            | Slot::Integer(_)
            | Slot::IntEnum(_)
            | Slot::Long(_)
            | Slot::Float(_)
            | Slot::Double(_)
            | Slot::BigInteger(_)
            | Slot::BigDecimal(_)
            | Slot::Timestamp(_)
            | Slot::Document(_) => None,
        }
    }
}

/// A structure.
pub trait Structure {
    /// Returns the schema.
    fn schema(&self) -> &'static Schema;

    /// Returns the member at an index of the schema.
    fn member(&self, index: usize) -> Option<&dyn Value>;

    /// Returns the member at an index of the schema, for writing.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;
}

/// A union. Exactly one of its members is set.
pub trait Union {
    /// Returns the member that is set.
    fn active(&self) -> Active<'_>;

    /// Returns the schema.
    fn schema(&self) -> &'static Schema;

    /// Sets the member at an index of the schema to its [`default_value`](Value::default_value) and returns
    /// its slot. Returns `None` if there is no such member.
    fn activate(&mut self, index: usize) -> Option<Slot<'_>>;

    /// Sets a member that is not in the schema.
    fn set_unknown(&mut self, variant: UnknownVariant);
}

/// The member of a union that is set.
#[derive(Clone, Copy)]
pub enum Active<'a> {
    /// A member in the schema.
    Known {
        /// The union's schema.
        schema: &'static Schema,
        /// The member's index in the schema.
        index: usize,
        /// The member's value. An empty structure if the member targets `smithy.api#Unit`.
        value: &'a dyn Value,
    },
    /// A member that is not in the schema.
    Unknown {
        /// The union's schema.
        schema: &'static Schema,
        /// The member's name and value.
        variant: &'a UnknownVariant,
    },
}

/// An enum. Accepts any string, known to the model or not.
pub trait Enum {
    /// Sets the value.
    fn set(&mut self, value: String);
}

impl<T: From<String>> Enum for T {
    fn set(&mut self, value: String) {
        *self = value.into();
    }
}

/// Creates the value of the variant `Unknown`. Called by the conversions in generated code only, which have compared it
/// with the known values.
#[doc(hidden)]
pub fn unknown(value: String) -> UnknownValue {
    UnknownValue::new(value)
}

/// An intEnum. Accepts any integer, known to the model or not.
pub trait IntEnum {
    /// Sets the value.
    fn set(&mut self, value: i32);
}

impl<T: From<i32>> IntEnum for T {
    fn set(&mut self, value: i32) {
        *self = value.into();
    }
}

/// Creates the value of the variant `Unknown`. Called by the conversions in generated code only, which have compared it
/// with the known values.
#[doc(hidden)]
pub fn unknown_int(value: i32) -> UnknownInt {
    UnknownInt::new(value)
}

/// A list.
pub trait List {
    /// Returns the number of items.
    fn len(&self) -> usize;

    /// Returns true if the list has no items.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the item at an index.
    fn item(&self, index: usize) -> Option<&dyn Value>;

    /// Removes all items.
    fn clear(&mut self);

    /// Appends a [`default_value`](Value::default_value) and returns it. In a sparse list the item is null
    /// until [`Value::slot`] is called on it.
    fn push(&mut self) -> &mut dyn Value;
}

/// A map with string keys.
pub trait Map {
    /// Returns the number of entries.
    fn len(&self) -> usize;

    /// Returns true if the map has no entries.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the entries in the order of their keys.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, &dyn Value)> + '_>;

    /// Removes all entries.
    fn clear(&mut self);

    /// Sets the value of a key to a [`default_value`](Value::default_value) and returns it. In a sparse map the
    /// value is null until [`Value::slot`] is called on it.
    fn insert(&mut self, key: String) -> &mut dyn Value;
}

/// The key of a map: a string, or an enum.
pub trait Key: Ord {
    /// Returns the key's text on the wire.
    fn as_key(&self) -> &str;

    /// Creates a key from its text on the wire.
    fn from_key(key: String) -> Self;
}
