//! Operations and their errors.

use super::{Context, Operation, OperationErrors, OperationTrait, documentation, names};
use crate::model;
use std::collections::BTreeSet;

/// Plans every operation of the service, sorted by name.
pub(super) fn operations(context: &Context<'_>) -> Vec<Operation> {
    let operations = context.model.operations.values();
    let mut operations: Vec<_> = operations.map(|operation| plan(context, operation)).collect();
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    operations
}

fn plan(context: &Context<'_>, operation: &model::Operation) -> Operation {
    Operation {
        name: names::type_name(operation.id.name()),
        method: names::method_name(operation.id.name()),
        id: operation.id.to_string(),
        docs: documentation::operation(operation),
        deprecated: documentation::deprecation(&operation.traits),
        input: context.types.rust_type(&operation.input),
        input_schema: context.statics.target(&operation.input),
        output: context.types.rust_type(&operation.output),
        output_schema: context.statics.target(&operation.output),
        errors: errors(context, operation),
        http: operation.traits.http.as_ref().map(|http| (http.method.clone(), http.uri.clone(), http.code)),
        traits: traits(context, operation)
            .into_iter()
            .chain(single_use_members(context, operation))
            .collect(),
    }
}

fn traits(context: &Context<'_>, operation: &model::Operation) -> Vec<OperationTrait> {
    let traits = &operation.traits;
    let list = [
        (traits.idempotent || traits.readonly).then_some(OperationTrait::Idempotent),
        traits.host_prefix.clone().map(OperationTrait::HostPrefix),
        traits.http_checksum_required.then_some(OperationTrait::HttpChecksumRequired),
        traits.request_compression.clone().map(OperationTrait::RequestCompression),
        traits.tree_hash.then_some(OperationTrait::TreeHash),
        traits.endpoint_member.clone().map(OperationTrait::EndpointMember),
        operation.auth.clone().map(OperationTrait::Auth),
        traits.optional_auth.then_some(OperationTrait::OptionalAuth),
        traits.unsigned_payload.then_some(OperationTrait::UnsignedPayload),
    ];
    let headers = traits.static_headers.iter();
    let headers = headers.map(|(name, value)| OperationTrait::Header(name.clone(), value.clone()));
    list.into_iter().flatten().chain(headers).chain(context_params(context, traits)).collect()
}

/// Returns the endpoint parameters that the operation binds, if the service has endpoint rules.
fn context_params(context: &Context<'_>, traits: &model::Traits) -> Vec<OperationTrait> {
    if context.model.service.endpoints.is_none() {
        return Vec::new();
    }
    let statics = traits.static_context_params.iter().cloned();
    let statics = statics.map(|(name, value)| OperationTrait::StaticContextParam(name, value));
    let paths = traits.operation_context_params.iter().cloned();
    statics.chain(paths.map(|(name, path)| OperationTrait::OperationContextParam(name, path))).collect()
}

/// Returns the paths of single-use members in the input. Only structures are searched: if a list or map
/// contains a single-use value, the operation itself must have the trait.
fn single_use_members(context: &Context<'_>, operation: &model::Operation) -> Vec<OperationTrait> {
    if operation.traits.single_use {
        return vec![OperationTrait::SingleUse(Vec::new())];
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
    found.into_iter().map(OperationTrait::SingleUse).collect()
}

fn errors(context: &Context<'_>, operation: &model::Operation) -> Option<OperationErrors> {
    let variants: Vec<_> = operation
        .errors
        .iter()
        .filter_map(|id| Some((context.types.name(id)?.1.clone(), context.statics.target(id))))
        .collect();
    (!variants.is_empty()).then(|| OperationErrors { name: names::error_name(&operation.id), variants })
}
