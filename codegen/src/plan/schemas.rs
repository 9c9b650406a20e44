//! Schemas of shapes: names and contents of the statics that the runtime reads.

use super::names;
use super::{Schema, SchemaMember, SchemaTrait, Target};
use crate::model::{Member, Model, Shape, ShapeId, ShapeKind, SimpleKind, Traits};
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

    /// Returns a reference to the schema of a shape.
    pub(super) fn target(&self, id: &ShapeId) -> Target {
        if let Some(name) = self.names.get(id).filter(|_| id != &ShapeId::prelude("Unit")) {
            return Target::Static(name.clone());
        }
        Target::Prelude(match &self.model.shape(id).kind {
            ShapeKind::Simple(kind) => prelude(*kind),
            ShapeKind::Enum(_) => "STRING",
            ShapeKind::IntEnum(_) => "INTEGER",
            ShapeKind::List(_) | ShapeKind::Map(..) | ShapeKind::Structure(_) | ShapeKind::Union(_) => "UNIT",
        })
    }

    /// Returns the schema of an aggregate shape.
    pub(super) fn aggregate(&self, shape: &Shape, members: &[Member]) -> Option<Schema> {
        Some(Schema {
            static_name: self.names.get(&shape.id)?.clone(),
            id: shape.id.to_string(),
            kind: match &shape.kind {
                ShapeKind::List(_) => "List",
                ShapeKind::Map(..) => "Map",
                ShapeKind::Structure(_) => "Structure",
                ShapeKind::Union(_) => "Union",
                ShapeKind::Simple(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => return None,
            },
            traits: shape_traits(&shape.traits),
            members: members.iter().map(|member| self.member(member)).collect(),
        })
    }

    /// Returns the schemas of all lists and maps, sorted by name.
    pub(super) fn collections(&self) -> Vec<Schema> {
        let schemas = self.model.shapes.values().filter_map(|shape| match &shape.kind {
            ShapeKind::List(member) => self.aggregate(shape, std::slice::from_ref(member)),
            ShapeKind::Map(key, value) => self.aggregate(shape, &[(**key).clone(), (**value).clone()]),
            _ => None,
        });
        let mut schemas: Vec<_> = schemas.collect();
        schemas.sort_by(|a, b| a.static_name.cmp(&b.static_name));
        schemas
    }

    fn member(&self, member: &Member) -> SchemaMember {
        let target = self.model.shape(&member.target);
        let simple = (!is_aggregate(&target.kind)).then_some(&target.traits);
        SchemaMember {
            name: member.name.clone(),
            target: self.target(&member.target),
            traits: member_traits(
                &member.name,
                &member.traits,
                simple,
                self.model.service.endpoints.is_some(),
            ),
        }
    }
}

fn is_aggregate(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::List(_) | ShapeKind::Map(..) | ShapeKind::Structure(_) | ShapeKind::Union(_))
}

fn shape_traits(traits: &Traits) -> Vec<SchemaTrait> {
    let list = [
        traits.sensitive.then_some(SchemaTrait::Sensitive),
        traits.sparse.then_some(SchemaTrait::Sparse),
        traits.error.map(SchemaTrait::Error),
        traits.aws_query_error.clone().map(SchemaTrait::QueryErrorCode),
        traits.retryable.map(|r| SchemaTrait::Retryable { throttling: r.throttling }),
    ];
    list.into_iter().flatten().collect()
}

/// Returns the traits of a member, and of its target if that is a simple shape, which has no static.
fn member_traits(name: &str, own: &Traits, simple: Option<&Traits>, has_rules: bool) -> Vec<SchemaTrait> {
    let media_type = own.media_type.as_ref().or_else(|| simple?.media_type.as_ref());
    let format = own.timestamp_format.or_else(|| simple?.timestamp_format);
    let context_param = own.context_param.clone().filter(|_| has_rules);
    let context_param = context_param.map(|name| SchemaTrait::ContextParam { name, required: own.required });
    let list = [
        (own.sensitive || simple.is_some_and(|t| t.sensitive)).then_some(SchemaTrait::Sensitive),
        own.idempotency_token.then_some(SchemaTrait::IdempotencyToken),
        own.value_when_empty.clone().map(SchemaTrait::WhenEmpty),
        context_param,
        own.host_label.then_some(SchemaTrait::HostLabel),
        simple.is_some_and(|t| t.streaming).then_some(SchemaTrait::Streaming),
        simple.is_some_and(|t| t.requires_length).then_some(SchemaTrait::RequiresLength),
        own.json_name.clone().filter(|json| json != name).map(SchemaTrait::JsonName),
        media_type.cloned().map(SchemaTrait::MediaType),
        format.map(SchemaTrait::TimestampFormat),
        own.http_header.clone().map(SchemaTrait::HttpHeader),
        own.http_label.then_some(SchemaTrait::HttpLabel),
        own.http_payload.then_some(SchemaTrait::HttpPayload),
        own.http_prefix_headers.clone().map(SchemaTrait::HttpPrefixHeaders),
        own.http_query.clone().map(SchemaTrait::HttpQuery),
        own.http_query_params.then_some(SchemaTrait::HttpQueryParams),
        own.http_response_code.then_some(SchemaTrait::HttpResponseCode),
    ];
    list.into_iter().flatten().collect()
}

fn prelude(kind: SimpleKind) -> &'static str {
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
