//! Shapes of every kind for tests, in the form of generated code.

use crate::schema::{
    BIG_DECIMAL, BIG_INTEGER, BLOB, BOOLEAN, BYTE, DOCUMENT, DOUBLE, FLOAT, INTEGER, Kind, LONG, Member,
    SHORT, STRING, Schema, TIMESTAMP, Trait, UNIT,
};
use crate::shape::{Active, Slot, Union, Value, View};
use crate::types::{BigDecimal, BigInteger, Bytes, Document, Timestamp, TimestampFormat, UnknownVariant};
use std::collections::BTreeMap;

/// Defines a structure, its schema and its traits.
macro_rules! structure {
    ($name:ident, $schema:ident { $($field:ident: $type:ty => $member:expr),* $(,)? }) => {
        pub(crate) static $schema: $crate::schema::Schema = $crate::schema::Schema::new(
            concat!("test#", stringify!($name)),
            $crate::schema::Kind::Structure,
            &[],
            &[$($member),*],
        );

        #[derive(Clone, Debug, PartialEq)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type),*
        }

        impl $crate::shape::Structure for $name {
            fn schema(&self) -> &'static $crate::schema::Schema {
                &$schema
            }

            fn member(&self, index: usize) -> Option<&dyn $crate::shape::Value> {
                let members: &[&dyn $crate::shape::Value] = &[$(&self.$field),*];
                members.get(index).copied()
            }

            fn member_mut(&mut self, index: usize) -> Option<&mut dyn $crate::shape::Value> {
                let members: [&mut dyn $crate::shape::Value; _] = [$(&mut self.$field),*];
                members.into_iter().nth(index)
            }
        }

        impl $crate::shape::Value for $name {
            fn view(&self) -> $crate::shape::View<'_> {
                $crate::shape::View::Structure(self)
            }

            fn slot(&mut self) -> $crate::shape::Slot<'_> {
                $crate::shape::Slot::Structure(self)
            }

            fn default_value() -> Self {
                Self { $($field: <$type as $crate::shape::Value>::default_value()),* }
            }
        }
    };
}

pub(crate) use structure;

const fn member(name: &'static str, target: &'static Schema) -> Member {
    Member::new(name, target, &[])
}

static STRINGS: Schema = Schema::new("test#Strings", Kind::List, &[], &[member("member", &STRING)]);
static SPARSE_STRINGS: Schema =
    Schema::new("test#SparseStrings", Kind::List, &[Trait::Sparse], &[member("member", &STRING)]);
static NUMBERS: Schema =
    Schema::new("test#Numbers", Kind::Map, &[], &[member("key", &STRING), member("value", &INTEGER)]);
static SPARSE_NUMBERS: Schema = Schema::new(
    "test#SparseNumbers",
    Kind::Map,
    &[Trait::Sparse],
    &[member("key", &STRING), member("value", &INTEGER)],
);
static DOCUMENTS: Schema = Schema::new("test#Documents", Kind::List, &[], &[member("member", &DOCUMENT)]);
static SPARSE_DOCUMENTS: Schema =
    Schema::new("test#SparseDocuments", Kind::List, &[Trait::Sparse], &[member("member", &DOCUMENT)]);
static DATES: Schema = Schema::new(
    "test#Dates",
    Kind::List,
    &[],
    &[Member::new("member", &TIMESTAMP, &[Trait::TimestampFormat(TimestampFormat::DateTime)])],
);

structure!(Token, TOKEN {
    id: String => Member::new("id", &STRING, &[Trait::Sensitive]),
    child: Option<Box<Token>> => member("child", &TOKEN),
});

structure!(Everything, EVERYTHING {
    blob: Option<Bytes> => member("blob", &BLOB),
    boolean: Option<bool> => member("boolean", &BOOLEAN),
    string: Option<String> => member("string", &STRING),
    byte: Option<i8> => member("byte", &BYTE),
    short: Option<i16> => member("short", &SHORT),
    integer: Option<i32> => member("integer", &INTEGER),
    long: Option<i64> => member("long", &LONG),
    float: Option<f32> => member("float", &FLOAT),
    double: Option<f64> => member("double", &DOUBLE),
    big_integer: Option<BigInteger> => member("bigInteger", &BIG_INTEGER),
    big_decimal: Option<BigDecimal> => member("bigDecimal", &BIG_DECIMAL),
    timestamp: Option<Timestamp> => member("timestamp", &TIMESTAMP),
    date_time: Option<Timestamp> =>
        Member::new("dateTime", &TIMESTAMP, &[Trait::TimestampFormat(TimestampFormat::DateTime)]),
    http_date: Option<Timestamp> =>
        Member::new("httpDate", &TIMESTAMP, &[Trait::TimestampFormat(TimestampFormat::HttpDate)]),
    document: Option<Document> => member("document", &DOCUMENT),
    documents: Option<Vec<Document>> => member("documents", &DOCUMENTS),
    sparse_documents: Option<Vec<Option<Document>>> => member("sparseDocuments", &SPARSE_DOCUMENTS),
    strings: Option<Vec<String>> => member("strings", &STRINGS),
    sparse_strings: Option<Vec<Option<String>>> => member("sparseStrings", &SPARSE_STRINGS),
    numbers: BTreeMap<String, i32> => member("numbers", &NUMBERS),
    sparse_numbers: Option<BTreeMap<String, Option<i32>>> => member("sparseNumbers", &SPARSE_NUMBERS),
    dates: Vec<Timestamp> => member("dates", &DATES),
    token: Token => member("token", &TOKEN),
    choice: Option<Choice> => member("choice", &CHOICE),
    color: Option<Color> => member("color", &STRING),
    size: Option<Size> => member("size", &INTEGER),
    renamed: Option<String> => Member::new("renamed", &STRING, &[Trait::JsonName("re-named")]),
    unit: () => member("unit", &UNIT),
});

pub(crate) static CHOICE: Schema = Schema::new(
    "test#Choice",
    Kind::Union,
    &[],
    &[
        Member::new("text", &STRING, &[Trait::JsonName("t")]),
        member("quit", &UNIT),
        member("strings", &STRINGS),
        member("document", &DOCUMENT),
    ],
);

#[derive(Clone, PartialEq)]
pub(crate) enum Choice {
    Text(String),
    Quit(()),
    Strings(Vec<String>),
    Document(Document),
    Unknown(UnknownVariant),
}

impl std::fmt::Debug for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Choice")
    }
}

impl Value for Choice {
    fn view(&self) -> View<'_> {
        View::Union(self.active())
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Union(self)
    }

    fn default_value() -> Self {
        Self::Unknown(UnknownVariant::default())
    }
}

impl Union for Choice {
    fn active(&self) -> Active<'_> {
        let (index, value): (usize, &dyn Value) = match self {
            Self::Text(value) => (0, value),
            Self::Quit(value) => (1, value),
            Self::Strings(value) => (2, value),
            Self::Document(value) => (3, value),
            Self::Unknown(variant) => return Active::Unknown { schema: &CHOICE, variant },
        };
        Active::Known { schema: &CHOICE, index, value }
    }

    fn schema(&self) -> &'static Schema {
        &CHOICE
    }

    fn activate(&mut self, index: usize) -> Option<Slot<'_>> {
        *self = match index {
            0 => Self::Text(Value::default_value()),
            1 => Self::Quit(()),
            2 => Self::Strings(Value::default_value()),
            3 => Self::Document(Value::default_value()),
            _ => return None,
        };
        Some(match self {
            Self::Text(value) => value.slot(),
            Self::Quit(value) => value.slot(),
            Self::Strings(value) => value.slot(),
            Self::Document(value) => value.slot(),
            Self::Unknown(_) => return None,
        })
    }

    fn set_unknown(&mut self, variant: UnknownVariant) {
        *self = Self::Unknown(variant);
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Color {
    Red,
    Unknown(String),
}

impl Value for Color {
    fn view(&self) -> View<'_> {
        View::String(match self {
            Self::Red => "RED",
            Self::Unknown(value) => value,
        })
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Enum(self)
    }

    fn default_value() -> Self {
        Self::Unknown(String::new())
    }
}

impl From<String> for Color {
    fn from(value: String) -> Self {
        if value == "RED" { Self::Red } else { Self::Unknown(value) }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Size(pub(crate) i32);

impl Value for Size {
    fn view(&self) -> View<'_> {
        View::Integer(self.0)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::IntEnum(self)
    }

    fn default_value() -> Self {
        Self(0)
    }
}

impl From<i32> for Size {
    fn from(value: i32) -> Self {
        Self(value)
    }
}

impl Everything {
    /// Creates a value with every member set.
    pub(crate) fn sample() -> Self {
        let at = Timestamp::from_secs_and_nanos;
        Self {
            blob: Some(Bytes::from_static(b"\x00\xff?>")),
            boolean: Some(true),
            string: Some("a \"quoted\" \u{1F980}\n".into()),
            byte: Some(i8::MIN),
            short: Some(i16::MAX),
            integer: Some(i32::MIN),
            long: Some(i64::MAX),
            float: Some(0.1),
            double: Some(1.797_693_134_862_315_7e308),
            big_integer: Some("-123456789012345678901234567890".parse().unwrap()),
            big_decimal: Some("0.12345678901234567890123456789e-400".parse().unwrap()),
            timestamp: Some(at(1_515_531_081, 123_000_000)),
            date_time: Some(at(-1, 1_000_000)),
            http_date: Some(at(1_576_540_098, 0)),
            document: Some(serde_json::json!({ "a": [1, null, "b", { "c": 1.5 }] })),
            documents: Some(vec![Document::Null, serde_json::json!(1)]),
            sparse_documents: Some(vec![None, Some(serde_json::json!([null]))]),
            strings: Some(vec!["a".into(), String::new()]),
            sparse_strings: Some(vec![None, Some("b".into())]),
            numbers: [("one".into(), 1), ("two".into(), 2)].into(),
            sparse_numbers: Some([("none".into(), None), ("three".into(), Some(3))].into()),
            dates: vec![at(0, 0), at(1_576_540_098, 500_000_000)],
            token: Token {
                id: "outer".into(),
                child: Some(Box::new(Token { id: "inner".into(), child: None })),
            },
            choice: Some(Choice::Text("chosen".into())),
            color: Some(Color::Unknown("GREEN".into())),
            size: Some(Size(7)),
            renamed: Some("other".into()),
            unit: (),
        }
    }
}
