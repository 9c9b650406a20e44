//! Example calls: one in the crate's documentation and README, and short ones in the documentation of methods.

mod expression;

pub(super) use expression::Types;

use super::context::Context;
use super::data::{Example, ExampleIdentity, Operation};
use super::types::RustType;
use crate::model::{self, AuthScheme, Model};
use expression::Writer;
use std::collections::BTreeSet;

/// Maximum length of an example in the documentation of a method, in characters.
const MAX_SHORT: usize = 80;

/// Maximum length of the argument in the crate's documentation, in characters.
const MAX_LONG: usize = 1500;

/// Maximum length of the output of a mock, in characters.
const MAX_MOCK_OUTPUT: usize = 40;

/// Returns a call with the values of the operation's `smithy.api#examples`, if it is short.
pub(super) fn short(
    context: &Context<'_>,
    types: &Types<'_>,
    operation: &model::Operation,
) -> Option<String> {
    let values = operation.traits.example_input.as_ref()?;
    let argument = Writer::new(context, types).input(&operation.input, Some(values))?;
    let call = format!("client.{}({argument})", context.operations.method(&operation.id));
    (call.chars().count() <= MAX_SHORT).then_some(call)
}

/// Returns the example of the crate: a call of the operation that shows most, if its input fits in a few lines.
pub(super) fn example(context: &Context<'_>, types: &Types<'_>, operations: &[Operation]) -> Option<Example> {
    let mut candidates: Vec<_> = context.model.operations.values().collect();
    candidates.sort_by_cached_key(|operation| rank(context.model, operation));
    candidates.into_iter().find_map(|operation| {
        let name = context.operations.ty(&operation.id);
        let plan = operations.iter().find(|plan| plan.name == name && plan.deprecated.is_none())?;
        let values = operation.traits.example_input.as_ref();
        let of_model = values.and_then(|values| written(context, types, operation, plan, Some(values)));
        of_model.or_else(|| written(context, types, operation, plan, None))
    })
}

fn written(
    context: &Context<'_>,
    types: &Types<'_>,
    operation: &model::Operation,
    plan: &Operation,
    values: Option<&serde_json::Value>,
) -> Option<Example> {
    let mut writer = Writer::new(context, types);
    let argument = writer.input(&operation.input, values)?;
    let errors = plan.errors.as_ref();
    let scheme = operation.auth.as_ref().unwrap_or(&context.model.service.auth).first();
    let scheme = scheme.filter(|_| !operation.traits.optional_auth);
    (argument.chars().count() <= MAX_LONG).then(|| Example {
        imports: writer.imports.into_iter().collect(),
        endpoint: endpoint(context.model),
        identity: scheme.and_then(identity),
        method: plan.method.clone(),
        argument,
        operation: plan.name.clone(),
        output: match &plan.output {
            RustType::Generated(_, name) => Some(name.clone()),
            _ => None,
        },
        error: errors.and_then(|errors| Some((errors.name.clone(), errors.variants.first()?.clone()))),
        mock_output: mock_output(context, types, operation),
    })
}

/// Returns an output of the operation, with placeholders for required members, and the names to import.
fn mock_output(
    context: &Context<'_>,
    types: &Types<'_>,
    operation: &model::Operation,
) -> Option<(BTreeSet<(&'static str, String)>, String)> {
    let mut writer = Writer::new(context, types);
    let output = writer.output(&operation.output)?;
    (output.chars().count() <= MAX_MOCK_OUTPUT).then_some((writer.imports, output))
}

/// Returns the builder method that sets the endpoint: `region` for AWS services, else `endpoint_url`.
fn endpoint(model: &Model) -> &'static str {
    let parameters =
        model.service.endpoints.as_ref().map_or(&[][..], |endpoints| &endpoints.rules.parameters);
    match parameters.iter().any(|parameter| parameter.built_in.as_deref() == Some("AWS::Region")) {
        true => ".region(\"us-east-1\")",
        false => ".endpoint_url(\"https://example.com\")",
    }
}

/// Returns the identity for a scheme, if it is supported.
fn identity(scheme: &AuthScheme) -> Option<ExampleIdentity> {
    match scheme {
        AuthScheme::SigV4(_) => Some(ExampleIdentity::Credentials),
        AuthScheme::HttpBearer => Some(ExampleIdentity::Token),
        AuthScheme::HttpApiKey { .. } => Some(ExampleIdentity::ApiKey),
        AuthScheme::HttpBasic => Some(ExampleIdentity::Basic),
        AuthScheme::Other(_) => None,
    }
}

/// Returns the order of an operation among the candidates: those that only read, succeed without knowledge of the
/// account, have an example in the model, and list something come first.
fn rank(model: &Model, operation: &model::Operation) -> (bool, bool, bool, usize, usize, String) {
    const PREFIXES: [&str; 3] = ["List", "Describe", "Get"];
    let name = operation.id.name();
    let has_prefix = |prefix: &&str| {
        name.strip_prefix(*prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    let prefix = PREFIXES.iter().position(has_prefix);
    let is_get = operation.traits.http.as_ref().is_some_and(|http| http.method == "GET");
    let reads = operation.traits.readonly || is_get || prefix.is_some();
    let has_required = match &model.shape(&operation.input).kind {
        model::ShapeKind::Structure(members) => members.iter().any(|member| member.traits.required),
        _ => false,
    };
    let has_example = operation.traits.example_input.is_some();
    let prefix = prefix.unwrap_or(PREFIXES.len());
    (!reads, has_required, !has_example, prefix, name.len(), name.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::Settings;
    use crate::model::testing::{input, resolved};

    #[test]
    fn more_than_four_required_members_are_named() {
        let member = |name| {
            format!(
                r#""{name}": {{"target": "smithy.api#String", "traits": {{"smithy.api#required": {{}}}}}}"#
            )
        };
        let model = resolved(&input(&["a", "b", "c", "d", "type"].map(member).join(", ")));
        let example = crate::plan::plan(&model, &Settings::default()).krate.example.unwrap();
        let fields = ["a", "b", "c", "d"].map(|name| format!("{name}: \"{name}\".to_owned(), ")).concat();
        let expected = format!("In::new(InRequired {{ {fields}r#type: \"type\".to_owned() }})");
        assert_eq!(example.argument, expected);
        assert!(example.imports.contains(&("types", "InRequired".to_owned())));
    }
}
