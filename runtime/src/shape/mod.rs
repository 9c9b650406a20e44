//! Type-erased access to values of shapes.
//!
//! A codec serializes a [`Value`] through its [`View`] and deserializes it through its [`Slot`]. Members of
//! structures and unions are accessed by their index in the [`Schema`]. A codec is therefore one recursive
//! function over each of the two enums, and generated code only maps indices to fields.

pub mod debug;

use crate::schema::Schema;
use crate::types::{BigDecimal, BigInteger, Body, Document, Timestamp, UnknownVariant};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

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

/// An intEnum. Accepts any integer, known to the model or not.
pub trait IntEnum {
    /// Sets the value.
    fn set(&mut self, value: i32);
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

    /// Inserts a [`default_value`](Value::default_value) and returns it. Returns `None` if the map already
    /// has the key. In a sparse map the value is null until [`Value::slot`] is called on it.
    fn insert(&mut self, key: String) -> Option<&mut dyn Value>;
}

/// The key of a map: a string, or an enum.
pub trait Key: Ord {
    /// Returns the key's text on the wire.
    fn as_key(&self) -> &str;

    /// Creates a key from its text on the wire.
    fn from_key(key: String) -> Self;
}

impl Key for String {
    fn as_key(&self) -> &str {
        self
    }

    fn from_key(key: String) -> Self {
        key
    }
}

macro_rules! simple_values {
    ($($type:ty => $variant:ident($view:expr)),* $(,)?) => {$(
        impl Value for $type {
            fn view(&self) -> View<'_> {
                let view: for<'a> fn(&'a $type) -> View<'a> = $view;
                view(self)
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$variant(self)
            }

            fn default_value() -> Self {
                Self::default()
            }
        }
    )*};
}

simple_values! {
    Bytes => Blob(|v| View::Blob(v)),
    Body => Body(|v| View::Body(v)),
    bool => Boolean(|v| View::Boolean(*v)),
    String => String(|v| View::String(v)),
    i8 => Byte(|v| View::Byte(*v)),
    i16 => Short(|v| View::Short(*v)),
    i32 => Integer(|v| View::Integer(*v)),
    i64 => Long(|v| View::Long(*v)),
    f32 => Float(|v| View::Float(*v)),
    f64 => Double(|v| View::Double(*v)),
    BigInteger => BigInteger(|v| View::BigInteger(v)),
    BigDecimal => BigDecimal(|v| View::BigDecimal(v)),
    Timestamp => Timestamp(|v| View::Timestamp(*v)),
    Document => Document(|v| View::Document(v)),
}

impl<T: Value> Value for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, T::view)
    }

    fn slot(&mut self) -> Slot<'_> {
        self.insert(T::default_value()).slot()
    }

    fn default_value() -> Self {
        None
    }
}

impl<T: Value> Value for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }

    fn default_value() -> Self {
        Box::new(T::default_value())
    }
}

impl<T: Value> Value for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }

    fn default_value() -> Self {
        Self::new()
    }
}

impl<T: Value> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<&dyn Value> {
        self.get(index).map(|item| item as &dyn Value)
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn push(&mut self) -> &mut dyn Value {
        let index = self.len();
        self.push(T::default_value());
        &mut self[index]
    }
}

impl<K: Key, T: Value> Value for BTreeMap<K, T> {
    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    fn default_value() -> Self {
        Self::new()
    }
}

impl<K: Key, T: Value> Map for BTreeMap<K, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn entries(&self) -> Box<dyn Iterator<Item = (&str, &dyn Value)> + '_> {
        Box::new(self.iter().map(|(key, value)| (key.as_key(), value as &dyn Value)))
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn insert(&mut self, key: String) -> Option<&mut dyn Value> {
        match self.entry(K::from_key(key)) {
            Entry::Vacant(entry) => Some(entry.insert(T::default_value())),
            Entry::Occupied(_) => None,
        }
    }
}

/// `smithy.api#Unit`, the empty structure.
impl Structure for () {
    fn schema(&self) -> &'static Schema {
        &crate::schema::UNIT
    }

    fn member(&self, _: usize) -> Option<&dyn Value> {
        None
    }

    fn member_mut(&mut self, _: usize) -> Option<&mut dyn Value> {
        None
    }
}

impl Value for () {
    fn view(&self) -> View<'_> {
        View::Structure(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Unit
    }

    fn default_value() -> Self {}
}
