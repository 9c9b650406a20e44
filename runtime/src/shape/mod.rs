//! Values of shapes, seen without knowing their Rust types.
//!
//! A codec asks a [`Value`] for its [`View`] to write it, and for its [`Slot`] to fill it. Structures and
//! unions hand out their members by index, the index of the member in their
//! [`Schema`]. So a codec is one recursive function over two enums, and generated
//! code holds no more than a table of fields.

pub mod debug;

use crate::schema::Schema;
use crate::types::{BigDecimal, BigInteger, Body, Document, Timestamp, UnknownVariant};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Any value that a member can hold.
pub trait Value {
    /// What it is, to be read.
    fn view(&self) -> View<'_>;

    /// Where it is kept, to be filled. An optional value becomes present, and blank.
    fn slot(&mut self) -> Slot<'_>;

    /// The value that stands for a required one that has not come: zero, empty, the unknown variant, or
    /// the default where the model gives one
    /// ([error correction](https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction)).
    fn default_value() -> Self
    where
        Self: Sized;
}

/// A value, to be read.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "each is named as the specification names the shape")]
pub enum View<'a> {
    /// An optional value that is not there, or a null in a sparse list or map.
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

/// A place for a value, to be filled.
#[expect(missing_docs, reason = "each is named as the specification names the shape")]
pub enum Slot<'a> {
    /// A place that holds nothing: what comes is passed over.
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
    /// Its schema.
    fn schema(&self) -> &'static Schema;

    /// The member at an index of the schema.
    fn member(&self, index: usize) -> Option<&dyn Value>;

    /// The member at an index of the schema, to be filled.
    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value>;
}

/// A union: exactly one of its members.
pub trait Union {
    /// The member that is set.
    fn active(&self) -> Active<'_>;

    /// Its schema.
    fn schema(&self) -> &'static Schema;

    /// Makes the member at an index of the schema the one that is set, blank, and returns its place.
    fn activate(&mut self, index: usize) -> Option<Slot<'_>>;

    /// Sets a member that this client does not know.
    fn set_unknown(&mut self, variant: UnknownVariant);
}

/// The member of a union that is set.
#[derive(Clone, Copy)]
pub enum Active<'a> {
    /// A member that the schema lists.
    Known {
        /// The union's schema.
        schema: &'static Schema,
        /// The member's index in it.
        index: usize,
        /// What it holds. A member that targets `smithy.api#Unit` holds an empty structure.
        value: &'a dyn Value,
    },
    /// A member that this client does not know.
    Unknown {
        /// The union's schema.
        schema: &'static Schema,
        /// The member's name and value.
        variant: &'a UnknownVariant,
    },
}

/// An enum: any string is one of its values, known or not.
pub trait Enum {
    /// Sets the value.
    fn set(&mut self, value: String);
}

/// An intEnum: any integer is one of its values, known or not.
pub trait IntEnum {
    /// Sets the value.
    fn set(&mut self, value: i32);
}

/// A list.
pub trait List {
    /// How many items it holds.
    fn len(&self) -> usize;

    /// Whether it holds none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at an index.
    fn item(&self, index: usize) -> Option<&dyn Value>;

    /// Removes all items.
    fn clear(&mut self);

    /// Adds a blank item and returns it. In a sparse list it is absent until its slot is asked for.
    fn push(&mut self) -> &mut dyn Value;
}

/// A map with strings for keys.
pub trait Map {
    /// How many entries it holds.
    fn len(&self) -> usize;

    /// Whether it holds none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries, in the order of their keys.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, &dyn Value)> + '_>;

    /// Removes all entries.
    fn clear(&mut self);

    /// Adds a blank entry and returns its value; `None` where the map has the key already. In a sparse map
    /// the value is absent until its slot is asked for.
    fn insert(&mut self, key: String) -> Option<&mut dyn Value>;
}

/// The key of a map: a string, or an enum.
pub trait Key: Ord {
    /// The key as it is written.
    fn as_key(&self) -> &str;

    /// The key that is written so.
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
                let read: for<'a> fn(&'a $type) -> View<'a> = $view;
                read(self)
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
        self.push_mut(T::default_value())
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
            Entry::Vacant(place) => Some(place.insert(T::default_value())),
            Entry::Occupied(_) => None,
        }
    }
}

/// The empty structure, `smithy.api#Unit`.
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
