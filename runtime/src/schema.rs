//! Static descriptions of shapes: names, kinds, members, traits.
//!
//! Generated crates contain a [`Schema`] for each aggregate shape, as static data. Codecs and protocols read
//! it.

mod rust_names;
mod traits;
mod wire_names;

pub use traits::{Fault, Trait};
pub use wire_names::NameKind;

use crate::types::TimestampFormat;
use wire_names::WireNames;

/// A [shape](https://smithy.io/2.0/spec/model.html#shapes) and its members.
///
/// Generated code has no schemas of simple shapes. A member that targets a simple shape refers to the prelude
/// schema of its kind, such as [`STRING`], and has the traits of the shape in addition to its own.
#[derive(Debug)]
pub struct Schema {
    /// The absolute shape id, `namespace#Name`.
    pub id: &'static str,
    /// The kind of shape.
    pub kind: Kind,
    /// Traits of the shape.
    pub traits: &'static [Trait],
    /// Members of a structure or union, `member` of a list, or `key` and `value` of a map.
    pub members: &'static [Member],
}

impl Schema {
    /// Creates a schema.
    pub const fn new(
        id: &'static str,
        kind: Kind,
        traits: &'static [Trait],
        members: &'static [Member],
    ) -> Self {
        Self { id, kind, traits, members }
    }

    /// Returns the shape's name without its namespace.
    pub fn name(&self) -> &'static str {
        self.id.rsplit_once('#').map_or(self.id, |(_, name)| name)
    }

    /// Returns the name of the shape's type in Rust.
    pub fn rust_name(&self) -> String {
        rust_names::given(self.traits).map_or_else(|| rust_names::type_name(self.name()), str::to_owned)
    }

    /// Returns the member of a list, or the value member of a map.
    pub fn element(&self) -> Option<&'static Member> {
        self.members.last()
    }

    /// Returns true if it is `smithy.api#Unit`, the input or output of an operation that declares none.
    pub fn is_unit(&self) -> bool {
        self.id == UNIT.id
    }

    /// Returns true if the shape is
    /// [sensitive](https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait).
    pub fn is_sensitive(&self) -> bool {
        self.traits.contains(&Trait::Sensitive)
    }

    /// Returns true if a list or map may contain nulls
    /// ([sparse](https://smithy.io/2.0/spec/type-refinement-traits.html#sparse-trait)).
    pub fn is_sparse(&self) -> bool {
        self.traits.contains(&Trait::Sparse)
    }
}

/// The [types of data shapes](https://smithy.io/2.0/spec/model.html#shape-types). An enum is a
/// [`Kind::String`] and an intEnum is a [`Kind::Integer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "names are those of the specification")]
pub enum Kind {
    Blob,
    Boolean,
    String,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    Timestamp,
    Document,
    List,
    Map,
    Structure,
    Union,
}

/// A [member](https://smithy.io/2.0/spec/model.html#member-shape-ids) of an aggregate shape.
#[derive(Debug)]
pub struct Member {
    /// The member's name in the model.
    pub name: &'static str,
    /// The schema of the member's target.
    pub target: &'static Schema,
    /// Traits of the member. Includes those of its target if that is a simple shape.
    pub traits: &'static [Trait],
    /// Found at compile time, because codecs compare one with every key.
    wire_names: WireNames,
}

impl Member {
    /// Creates a member.
    pub const fn new(name: &'static str, target: &'static Schema, traits: &'static [Trait]) -> Self {
        Self { name, target, traits, wire_names: WireNames::new(name, traits) }
    }

    /// Returns the name in Rust of a structure's member.
    pub fn field_name(&self) -> String {
        rust_names::given(self.traits).map_or_else(|| rust_names::field_name(self.name), str::to_owned)
    }

    /// Returns the name in Rust of a union's member.
    pub fn variant_name(&self) -> String {
        rust_names::given(self.traits).map_or_else(|| rust_names::variant_name(self.name), str::to_owned)
    }

    /// Returns true if the member has an equal trait.
    pub fn has(&self, r#trait: Trait) -> bool {
        // Most traits are of another kind, which is cheaper to compare.
        let kind = std::mem::discriminant(&r#trait);
        self.traits.iter().any(|own| std::mem::discriminant(own) == kind && *own == r#trait)
    }

    /// Returns the first value that `pick` returns for a trait of the member.
    pub fn find<T>(&self, pick: impl Fn(&Trait) -> Option<T>) -> Option<T> {
        self.traits.iter().find_map(pick)
    }

    /// Returns the member's name in documents of a format.
    #[inline]
    pub fn wire_name(&self, kind: NameKind) -> &'static str {
        self.wire_names.get(kind, self.name)
    }

    /// Returns the format of a timestamp, if the model sets one
    /// ([timestampFormat](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait)).
    pub fn timestamp_format(&self) -> Option<TimestampFormat> {
        self.find(|t| if let Trait::TimestampFormat(format) = t { Some(*format) } else { None })
    }

    /// Returns the media type of a string or blob, if the model sets one
    /// ([mediaType](https://smithy.io/2.0/spec/protocol-traits.html#mediatype-trait)).
    pub fn media_type(&self) -> Option<&'static str> {
        self.find(|t| if let Trait::MediaType(media_type) = t { Some(*media_type) } else { None })
    }

    /// Returns true if the member or its target is
    /// [sensitive](https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait).
    pub fn is_sensitive(&self) -> bool {
        self.has(Trait::Sensitive) || self.target.is_sensitive()
    }

    /// Returns true if a member of an input has an HTTP binding. Other members are in the document in the
    /// body.
    pub fn is_request_bound(&self) -> bool {
        self.traits.iter().any(Trait::is_request_binding)
    }

    /// Returns true if a member of an output or error has an HTTP binding. Other members are in the document
    /// in the body. Bindings to labels and query parameters are ignored in responses.
    pub fn is_response_bound(&self) -> bool {
        self.traits.iter().any(Trait::is_response_binding)
    }
}

macro_rules! prelude {
    ($($constant:ident $kind:ident),*) => {$(
        #[doc = concat!("`smithy.api#", stringify!($kind), "`")]
        pub static $constant: Schema =
            Schema::new(concat!("smithy.api#", stringify!($kind)), Kind::$kind, &[], &[]);
    )*};
}

prelude! {
    BLOB Blob, BOOLEAN Boolean, STRING String, BYTE Byte, SHORT Short, INTEGER Integer, LONG Long,
    FLOAT Float, DOUBLE Double, BIG_INTEGER BigInteger, BIG_DECIMAL BigDecimal, TIMESTAMP Timestamp,
    DOCUMENT Document
}

/// `smithy.api#Unit`
pub static UNIT: Schema = Schema::new("smithy.api#Unit", Kind::Structure, &[], &[]);
