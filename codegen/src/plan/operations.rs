//! Operations and their errors.

use super::context::Context;
use super::data::{Operation, OperationErrors};
use super::schemas::{flag, text};
use super::value::Value;
use super::{auth, context_params, documentation, endpoint_discovery, example, prose};
use crate::model;
use std::collections::BTreeSet;

/// Plans every operation of the service, sorted by name.
pub(super) fn operations(context: &Context<'_>, types: &example::Types<'_>) -> Vec<Operation> {
    let operations = context.model.operations.values();
    let mut operations: Vec<_> = operations.map(|operation| plan(context, types, operation)).collect();
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    operations
}

fn plan(context: &Context<'_>, types: &example::Types<'_>, operation: &model::Operation) -> Operation {
    let errors = errors(context, operation);
    let prose = prose::of_operation(context, operation);
    let example = example::short(context, types, operation);
    let output = context.types.rust_type(&operation.output);
    Operation {
        name: context.operations.ty(&operation.id).to_owned(),
        method: context.operations.method(&operation.id).to_owned(),
        docs: documentation::operation(operation, &prose, example.as_deref(), &output, errors.as_ref()),
        deprecated: documentation::deprecation(&operation.traits),
        input: context.types.rust_type(&operation.input),
        output,
        errors,
        schema: schema(context, operation),
    }
}

fn errors(context: &Context<'_>, operation: &model::Operation) -> Option<OperationErrors> {
    let variants: Vec<_> = declared_errors(context, operation).map(|(name, _)| name.clone()).collect();
    (!variants.is_empty())
        .then(|| OperationErrors { name: context.operations.error(&operation.id), variants })
}

/// Returns the type name and shape id of each error structure.
fn declared_errors<'a>(
    context: &'a Context<'_>,
    operation: &'a model::Operation,
) -> impl Iterator<Item = (&'a String, &'a model::ShapeId)> {
    operation.errors.iter().filter_map(|id| Some((context.types.name(id)?, id)))
}

fn schema(context: &Context<'_>, operation: &model::Operation) -> Value {
    let http = operation.traits.http.as_ref().map(|http| {
        let code = Value::Int(http.code.into());
        let members =
            vec![("method", Value::str(&http.method)), ("uri", Value::str(&http.uri)), ("code", code)];
        Value::Struct("HttpBinding", members)
    });
    let errors = declared_errors(context, operation).map(|(_, id)| context.statics.path(id));
    let traits = traits(operation)
        .chain(endpoint_discovery::operation(context, operation))
        .chain(context_params::operation(context.model, &operation.traits))
        .chain(single_use_members(context, operation));
    let members = vec![
        ("id", Value::str(operation.id.as_str())),
        ("service", Value::path("super::client::SERVICE").reference()),
        ("input", context.statics.path(&operation.input)),
        ("output", context.statics.path(&operation.output)),
        ("errors", Value::slice(errors)),
        ("http", Value::option(http)),
        ("traits", Value::slice(traits)),
    ];
    Value::Struct("OperationSchema", members).reference()
}

fn traits(operation: &model::Operation) -> impl Iterator<Item = Value> {
    let traits = &operation.traits;
    let compression = traits.request_compression.as_ref();
    let list = [
        flag("OperationTrait::Idempotent", traits.idempotent || traits.readonly),
        text("OperationTrait::HostPrefix", traits.host_prefix.as_ref()),
        flag("OperationTrait::HttpChecksumRequired", traits.http_checksum_required),
        compression
            .map(|encodings| Value::call("OperationTrait::RequestCompression", [Value::strings(encodings)])),
        flag("OperationTrait::TreeHash", traits.tree_hash),
        text("OperationTrait::EndpointMember", traits.endpoint_member.as_ref()),
        operation.auth.as_ref().map(|auth| Value::call("OperationTrait::Auth", [auth::schemes(auth)])),
        flag("OperationTrait::OptionalAuth", traits.optional_auth),
        flag("OperationTrait::UnsignedPayload", traits.unsigned_payload),
    ];
    let headers = traits.static_headers.iter();
    let headers = headers
        .map(|(name, value)| Value::call("OperationTrait::Header", [Value::str(name), Value::str(value)]));
    list.into_iter().flatten().chain(headers)
}

/// Returns the paths of single-use members in the input. Only structures are searched: if a list or map
/// contains a single-use value, the operation itself must have the trait.
fn single_use_members(context: &Context<'_>, operation: &model::Operation) -> Vec<Value> {
    if operation.traits.single_use {
        return vec![single_use(&[])];
    }
    let mut found = Vec::new();
    let mut stack = vec![(&operation.input, Vec::new())];
    let mut seen = BTreeSet::new();
    while let Some((id, path)) = stack.pop() {
        let model::ShapeKind::Structure(members) = &context.model.shape(id).kind else { continue };
        if !seen.insert(id) {
            continue;
        }
        for (index, member) in members.iter().enumerate() {
            let path: Vec<usize> = path.iter().copied().chain([index]).collect();
            if member.traits.single_use {
                found.push(path.clone());
            }
            stack.push((&member.target, path));
        }
    }
    found.sort();
    found.iter().map(|path| single_use(path)).collect()
}

/// Returns the trait for a path of member indices.
fn single_use(path: &[usize]) -> Value {
    let path = path.iter().map(|index| Value::index(*index));
    Value::call("OperationTrait::SingleUse", [Value::slice(path)])
}
