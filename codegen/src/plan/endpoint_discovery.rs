//! Discovery of an operation's endpoints.

use super::context::Context;
use super::value::Value;
use crate::model::{Model, Operation, ShapeKind};

/// Returns the trait of an operation whose endpoints are discovered.
pub(super) fn operation(context: &Context<'_>, operation: &Operation) -> Option<Value> {
    let model = context.model;
    let required = operation.traits.discovered_endpoint?;
    let discovery = model.service.traits.endpoint_discovery.as_ref()?;
    let (id, _) = model.operations.iter().find(|(id, _)| id.as_str() == discovery.operation)?;
    let error = discovery.error.as_ref().and_then(|id| id.split_once('#'));
    let members = vec![
        ("operation", Value::path(format!("super::operation::{}::SCHEMA", context.operations.ty(id)))),
        ("error", Value::option(error.map(|(_, name)| Value::str(name)))),
        ("required", Value::Bool(required)),
        ("identifiers", Value::slice(identifiers(model, operation).map(Value::index))),
        ("code", Value::path("farrier_runtime::client::DISCOVERY").reference()),
    ];
    let discovery = Value::Struct("farrier_runtime::service::EndpointDiscovery", members);
    Some(Value::call("OperationTrait::DiscoveredEndpoint", [discovery]))
}

/// Returns the indices of the input members that the endpoints depend on.
fn identifiers(model: &Model, operation: &Operation) -> impl Iterator<Item = usize> {
    let members = match &model.shape(&operation.input).kind {
        ShapeKind::Structure(members) => members.as_slice(),
        _ => &[],
    };
    members
        .iter()
        .enumerate()
        .filter(|(_, member)| member.traits.endpoint_discovery_id)
        .map(|(index, _)| index)
}
