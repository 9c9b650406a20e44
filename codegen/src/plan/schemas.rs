//! Schemas of shapes: names and contents of the statics that the runtime reads.

use super::data::Static;
use super::names;
use super::value::Value;
use crate::model::{Fault, Member, Model, Shape, ShapeId, ShapeKind, SimpleKind, TimestampFormat, Traits};
use std::collections::{BTreeMap, BTreeSet};

/// The name of the static of each aggregate shape.
pub(super) struct Statics<'a> {
    model: &'a Model,
    names: BTreeMap<&'a ShapeId, String>,
}

impl<'a> Statics<'a> {
    /// Names the statics. They are private, so shapes with the same name get a number.
    pub(super) fn new(model: &'a Model) -> Self {
        let mut used = BTreeSet::new();
        let mut names = BTreeMap::new();
        for shape in model.shapes.values().filter(|shape| is_aggregate(&shape.kind)) {
            let base = names::static_name(shape.id.name());
            let numbered = (2..).map(|n: u32| format!("{base}_{n}"));
            let free = std::iter::once(base.clone()).chain(numbered).find(|name| !used.contains(name));
            let name = free.unwrap_or(base);
            used.insert(name.clone());
            names.insert(&shape.id, name);
        }
        Self { model, names }
    }

    /// Returns a reference to the schema of a shape, for module `schema`.
    pub(super) fn target(&self, id: &ShapeId) -> Value {
        self.reference(id, "")
    }

    /// Returns a reference to the schema of a shape, with the path of its module.
    pub(super) fn path(&self, id: &ShapeId) -> Value {
        self.reference(id, "super::schema::")
    }

    fn reference(&self, id: &ShapeId, module: &str) -> Value {
        let path = match self.names.get(id).filter(|_| id != &ShapeId::prelude("Unit")) {
            Some(name) => format!("{module}{name}"),
            None => format!("schema::{}", prelude(&self.model.shape(id).kind)),
        };
        Value::path(path).reference()
    }

    /// Returns the schema of an aggregate shape with the names in Rust of its type and members, if they have any.
    pub(super) fn aggregate(
        &self,
        shape: &Shape,
        members: &[Member],
        (name, names): (&str, &[String]),
    ) -> Option<Static> {
        let kind = match &shape.kind {
            ShapeKind::List(_) => "Kind::List",
            ShapeKind::Map(..) => "Kind::Map",
            ShapeKind::Structure(_) => "Kind::Structure",
            ShapeKind::Union(_) => "Kind::Union",
            ShapeKind::Simple(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => return None,
        };
        let name = rust_name(name, &names::capitalized(shape.id.name()));
        let traits = Value::slice(shape_traits(&shape.traits).chain(name));
        let derive = match &shape.kind {
            ShapeKind::Union(_) => names::plain_variant_name,
            _ => names::plain_field_name,
        };
        let names = names.iter().map(String::as_str).chain(std::iter::repeat(""));
        let members = members.iter().zip(names);
        let members =
            members.map(|(member, name)| self.member(member, rust_name(name, &derive(&member.name))));
        let members = Value::slice(members);
        let arguments = [Value::str(shape.id.as_str()), Value::path(kind), traits, members];
        Some(Static {
            name: self.names.get(&shape.id)?.clone(),
            schema: Value::call("Schema::new", arguments),
        })
    }

    /// Returns the schemas of all lists and maps, sorted by name.
    pub(super) fn collections(&self) -> Vec<Static> {
        let schemas = self.model.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::List(member) => self.aggregate(shape, std::slice::from_ref(member), ("", &[])),
            ShapeKind::Map(key, value) => {
                self.aggregate(shape, &[(**key).clone(), (**value).clone()], ("", &[]))
            }
            _ => None,
        });
        let mut schemas: Vec<_> = schemas.collect();
        schemas.sort_by(|a, b| a.name.cmp(&b.name));
        schemas
    }

    fn member(&self, member: &Member, name: Option<Value>) -> Value {
        let target = self.model.shape(&member.target);
        let simple = (!is_aggregate(&target.kind)).then_some(&target.traits);
        let has_rules = self.model.service.endpoints.is_some();
        let traits = member_traits(&member.name, &member.traits, simple, has_rules);
        let traits = Value::slice(traits.chain(name));
        Value::call("Member::new", [Value::str(&member.name), self.target(&member.target), traits])
    }
}

/// Returns the trait with the name in Rust, unless the runtime derives the same name.
fn rust_name(name: &str, derived: &str) -> Option<Value> {
    let name = name.trim_start_matches("r#");
    (!name.is_empty() && name != derived).then(|| Value::call("Trait::RustName", [Value::str(name)]))
}

fn is_aggregate(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::List(_) | ShapeKind::Map(..) | ShapeKind::Structure(_) | ShapeKind::Union(_))
}

fn shape_traits(traits: &Traits) -> impl Iterator<Item = Value> {
    let list = [
        flag("Trait::Sensitive", traits.sensitive),
        flag("Trait::Sparse", traits.sparse),
        traits.error.map(|fault| Value::call("Trait::Error", [self::fault(fault)])),
        text("Trait::QueryErrorCode", traits.aws_query_error.as_ref()),
        traits.retryable.map(|retryable| {
            Value::Struct("Trait::Retryable", vec![("throttling", Value::Bool(retryable.throttling))])
        }),
    ];
    list.into_iter().flatten()
}

/// Returns the traits of a member, and of its target if that is a simple shape, which has no static.
fn member_traits(
    name: &str,
    own: &Traits,
    simple: Option<&Traits>,
    has_rules: bool,
) -> impl Iterator<Item = Value> {
    let media_type = own.media_type.as_ref().or_else(|| simple?.media_type.as_ref());
    let format = own.timestamp_format.or_else(|| simple?.timestamp_format);
    let context_param = own.context_param.as_ref().filter(|_| has_rules);
    let list = [
        flag("Trait::Sensitive", own.sensitive || simple.is_some_and(|target| target.sensitive)),
        flag("Trait::IdempotencyToken", own.idempotency_token),
        text("Trait::WhenEmpty", own.value_when_empty.as_ref()),
        context_param.map(|param| {
            let members = vec![("name", Value::str(param)), ("required", Value::Bool(own.required))];
            Value::Struct("Trait::ContextParam", members)
        }),
        flag("Trait::HostLabel", own.host_label),
        flag("Trait::Streaming", simple.is_some_and(|target| target.streaming)),
        flag("Trait::RequiresLength", simple.is_some_and(|target| target.requires_length)),
        text("Trait::JsonName", own.json_name.as_ref().filter(|json_name| *json_name != name)),
        text("Trait::MediaType", media_type),
        format.map(|format| Value::call("Trait::TimestampFormat", [timestamp_format(format)])),
        text("Trait::HttpHeader", own.http_header.as_ref()),
        flag("Trait::HttpLabel", own.http_label),
        flag("Trait::HttpPayload", own.http_payload),
        text("Trait::HttpPrefixHeaders", own.http_prefix_headers.as_ref()),
        text("Trait::HttpQuery", own.http_query.as_ref()),
        flag("Trait::HttpQueryParams", own.http_query_params),
        flag("Trait::HttpResponseCode", own.http_response_code),
    ];
    list.into_iter().flatten()
}

/// Returns a trait without a value, if it is applied.
pub(super) fn flag(path: &'static str, is_applied: bool) -> Option<Value> {
    is_applied.then(|| Value::path(path))
}

/// Returns a trait with a string, if it is applied.
pub(super) fn text(path: &'static str, value: Option<&String>) -> Option<Value> {
    value.map(|value| Value::call(path, [Value::str(value)]))
}

fn fault(fault: Fault) -> Value {
    Value::path(match fault {
        Fault::Client => "Fault::Client",
        Fault::Server => "Fault::Server",
    })
}

fn timestamp_format(format: TimestampFormat) -> Value {
    Value::path(match format {
        TimestampFormat::DateTime => "TimestampFormat::DateTime",
        TimestampFormat::HttpDate => "TimestampFormat::HttpDate",
        TimestampFormat::EpochSeconds => "TimestampFormat::EpochSeconds",
    })
}

/// Returns the name of the runtime's schema for a shape without a static.
fn prelude(kind: &ShapeKind) -> &'static str {
    let kind = match kind {
        ShapeKind::Simple(kind) => kind,
        ShapeKind::Enum(_) => return "STRING",
        ShapeKind::IntEnum(_) => return "INTEGER",
        ShapeKind::List(_) | ShapeKind::Map(..) | ShapeKind::Structure(_) | ShapeKind::Union(_) => {
            return "UNIT";
        }
    };
    match kind {
        SimpleKind::Blob => "BLOB",
        SimpleKind::Boolean => "BOOLEAN",
        SimpleKind::String => "STRING",
        SimpleKind::Byte => "BYTE",
        SimpleKind::Short => "SHORT",
        SimpleKind::Integer => "INTEGER",
        SimpleKind::Long => "LONG",
        SimpleKind::Float => "FLOAT",
        SimpleKind::Double => "DOUBLE",
        SimpleKind::BigInteger => "BIG_INTEGER",
        SimpleKind::BigDecimal => "BIG_DECIMAL",
        SimpleKind::Timestamp => "TIMESTAMP",
        SimpleKind::Document => "DOCUMENT",
    }
}
