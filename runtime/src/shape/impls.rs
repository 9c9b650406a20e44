//! The traits of shapes for types of the standard library and of [`types`](crate::types).

use super::{Key, List, Map, Slot, Structure, Value, View};
use crate::schema::{Schema, UNIT};
use crate::types::{BigDecimal, BigInteger, Body, Document, Timestamp};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

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

    fn insert(&mut self, key: String) -> &mut dyn Value {
        match self.entry(K::from_key(key)) {
            Entry::Vacant(entry) => entry.insert(T::default_value()),
            Entry::Occupied(entry) => {
                let value = entry.into_mut();
                *value = T::default_value();
                value
            }
        }
    }
}

/// `smithy.api#Unit`, the empty structure.
impl Structure for () {
    fn schema(&self) -> &'static Schema {
        &UNIT
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
