//! Operations, their methods and their errors.

use super::names::{self, Namespace};
use super::{Context, Operation, OperationErrors, prose};
use crate::Diagnostics;
use crate::model;

/// Associated functions that every client has.
const CLIENT_FUNCTIONS: &[&str] = &["builder"];

/// Every operation of the service, in the order of their names.
pub(super) fn operations(context: &Context<'_>, mistakes: &mut Diagnostics) -> Vec<Operation> {
    let mut types = Namespace::new("operations");
    let mut methods = Namespace::new("methods");
    let mut operations = Vec::new();
    for operation in context.model.operations.values() {
        let planned = plan(context, operation);
        types.insert(&planned.name, operation.id.as_str(), operation.span, mistakes);
        methods.insert(&planned.method, operation.id.as_str(), operation.span, mistakes);
        operations.push(planned);
    }
    operations.sort_by(|a, b| a.name.cmp(&b.name));
    operations
}

fn plan(context: &Context<'_>, operation: &model::Operation) -> Operation {
    let method = names::snake_name(operation.id.name());
    let taken = CLIENT_FUNCTIONS.contains(&method.as_str());
    Operation {
        name: names::type_name(operation.id.name()),
        method: if taken { format!("{method}_") } else { method },
        static_name: names::static_name(operation.id.name()),
        id: operation.id.to_string(),
        docs: prose::operation(operation),
        deprecated: prose::deprecation(&operation.traits),
        input: context.types.of(&operation.input),
        input_schema: context.statics.target(&operation.input),
        output: context.types.of(&operation.output),
        output_schema: context.statics.target(&operation.output),
        errors: errors(context, operation),
        http: operation.traits.http.as_ref().map(|http| (http.method.clone(), http.uri.clone(), http.code)),
        idempotent: operation.traits.idempotent || operation.traits.readonly,
    }
}

fn errors(context: &Context<'_>, operation: &model::Operation) -> Option<OperationErrors> {
    let variants: Vec<_> = operation
        .errors
        .iter()
        .filter_map(|id| Some((context.types.name(id)?.1.clone(), context.statics.target(id))))
        .collect();
    (!variants.is_empty()).then(|| OperationErrors { name: names::error_name(&operation.id), variants })
}
