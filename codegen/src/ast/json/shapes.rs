//! Decoding of shape definitions.

use super::decode::{Decoder, find};
use crate::ast::node::Entry;
use crate::ast::tree::{Body, Member, Operation, Resource, Service, Shape, ShapeType, Target};
use crate::diagnostic::Diagnostic;
use crate::shape_id::ShapeId;
use crate::source::Span;

/// Decodes a shape. Returns `None` if its type is unknown.
pub(super) fn shape<'a>(
    decoder: &mut Decoder,
    id: ShapeId,
    entry: &Entry<'a>,
    ty: &str,
    properties: &[Entry<'a>],
) -> Option<Shape<'a>> {
    let Some(ty) = shape_type(ty) else {
        let span = find(properties, "type").map_or(entry.key_span, |node| node.span());
        let diagnostic = Diagnostic::new(span, format!("unknown shape type `{}`", ty.escape_debug()))
            .label("unknown type")
            .help("see https://smithy.io/2.0/spec/model.html#shape-types for the shape types");
        decoder.diagnostics.push(diagnostic);
        return None;
    };
    let members = members(decoder, ty, properties);
    let body = match ty {
        ShapeType::Service => Body::Service(Box::new(service(decoder, properties))),
        ShapeType::Resource => Body::Resource(resource(decoder, properties)),
        ShapeType::Operation => Body::Operation(operation(decoder, properties)),
        _ => Body::Data,
    };
    let mixins = decoder.targets(properties, "mixins");
    Some(Shape {
        id,
        span: entry.key_span,
        version: decoder.version,
        ty,
        traits: decoder.traits(properties),
        mixins,
        members,
        body,
    })
}

fn shape_type(name: &str) -> Option<ShapeType> {
    Some(match name {
        "blob" => ShapeType::Blob,
        "boolean" => ShapeType::Boolean,
        "string" => ShapeType::String,
        "byte" => ShapeType::Byte,
        "short" => ShapeType::Short,
        "integer" => ShapeType::Integer,
        "long" => ShapeType::Long,
        "float" => ShapeType::Float,
        "double" => ShapeType::Double,
        "bigInteger" => ShapeType::BigInteger,
        "bigDecimal" => ShapeType::BigDecimal,
        "timestamp" => ShapeType::Timestamp,
        "document" => ShapeType::Document,
        "enum" => ShapeType::Enum,
        "intEnum" => ShapeType::IntEnum,
        "list" => ShapeType::List,
        "set" => ShapeType::Set,
        "map" => ShapeType::Map,
        "structure" => ShapeType::Structure,
        "union" => ShapeType::Union,
        "service" => ShapeType::Service,
        "resource" => ShapeType::Resource,
        "operation" => ShapeType::Operation,
        _ => return None,
    })
}

fn members<'a>(decoder: &mut Decoder, ty: ShapeType, properties: &[Entry<'a>]) -> Vec<Member<'a>> {
    let keys: &[&str] = match ty {
        ShapeType::List | ShapeType::Set => &["member"],
        ShapeType::Map => &["key", "value"],
        ShapeType::Structure | ShapeType::Union | ShapeType::Enum | ShapeType::IntEnum => {
            return named_members(decoder, properties);
        }
        _ => &[],
    };
    let entries = properties.iter().filter(|entry| keys.contains(&entry.key));
    entries.filter_map(|entry| member(decoder, entry)).collect()
}

fn named_members<'a>(decoder: &mut Decoder, properties: &[Entry<'a>]) -> Vec<Member<'a>> {
    let Some(node) = find(properties, "members") else { return Vec::new() };
    let entries = decoder.entries(node, "`members`", "member").unwrap_or_default();
    entries.iter().filter_map(|entry| member(decoder, entry)).collect()
}

fn member<'a>(decoder: &mut Decoder, entry: &Entry<'a>) -> Option<Member<'a>> {
    let context = format!("member `{}`", entry.key.escape_debug());
    let valid = decoder.identifier(entry.key, entry.key_span);
    let target = decoder.target(entry.value, &context)?;
    let properties = entry.value.entries().unwrap_or_default();
    let traits = decoder.traits(properties);
    valid.then_some(Member { name: entry.key, span: entry.key_span, target, traits })
}

fn service<'a>(decoder: &mut Decoder, properties: &[Entry<'a>]) -> Service<'a> {
    Service {
        version: find(properties, "version").and_then(|node| decoder.string(node, "version")),
        operations: decoder.targets(properties, "operations"),
        resources: decoder.targets(properties, "resources"),
        errors: decoder.targets(properties, "errors"),
        rename: rename(decoder, properties),
    }
}

fn rename<'a>(decoder: &mut Decoder, properties: &[Entry<'a>]) -> Vec<(ShapeId, Span, &'a str)> {
    let Some(node) = find(properties, "rename") else { return Vec::new() };
    let mut renames = Vec::new();
    for entry in decoder.entries(node, "`rename`", "`rename` entry").unwrap_or_default() {
        let name = decoder.string(entry.value, "rename");
        let id = decoder.shape_id(entry.key, entry.key_span);
        if let (Some(id), Some(name)) = (id, name) {
            decoder.identifier(name, entry.value.span());
            renames.push((id, entry.key_span, name));
        }
    }
    renames
}

fn resource(decoder: &mut Decoder, properties: &[Entry<'_>]) -> Resource {
    let mut operations: Vec<Target> = Vec::new();
    for lifecycle in ["put", "create", "read", "update", "delete", "list"] {
        if let Some(node) = find(properties, lifecycle) {
            operations.extend(decoder.target(node, &format!("`{lifecycle}`")));
        }
    }
    operations.extend(decoder.targets(properties, "operations"));
    operations.extend(decoder.targets(properties, "collectionOperations"));
    Resource { operations, resources: decoder.targets(properties, "resources") }
}

fn operation(decoder: &mut Decoder, properties: &[Entry<'_>]) -> Operation {
    let input = find(properties, "input");
    let output = find(properties, "output");
    Operation {
        input: input.and_then(|node| decoder.target(node, "`input`")),
        output: output.and_then(|node| decoder.target(node, "`output`")),
        errors: decoder.targets(properties, "errors"),
    }
}
