//! [Binding](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#binding-parameter-values) of
//! endpoint parameters to operations and their inputs.

use crate::endpoint::{EndpointError, ParamValue, Params, PathStep};
use crate::schema::{Member, Trait};
use crate::service::{OperationSchema, OperationTrait};
use crate::shape::{Structure, View};

/// Sets the parameters that are bound to an operation or its input. They override values that are already
/// set, such as client settings.
///
/// # Errors
/// Returns [`EndpointError::EmptyMember`] if a required member is unset or blank, and the errors of
/// [`Params::set`] if the rules do not match the operation.
pub(crate) fn bind_endpoint_params(
    operation: &OperationSchema,
    input: &dyn Structure,
    params: &mut Params,
) -> Result<(), EndpointError> {
    for operation_trait in operation.traits {
        let OperationTrait::OperationContextParam(name, path) = operation_trait else { continue };
        let value = evaluate(PathValue::View(View::Structure(input)), path);
        if let Some(value) = value.and_then(PathValue::into_param) {
            params.set(name, value)?;
        }
    }
    for (index, member) in operation.input.members.iter().enumerate() {
        if let Some((name, required)) = context_param(member) {
            let value = input.member(index).map_or(View::Absent, |value| value.view());
            match PathValue::View(value).into_param() {
                Some(ParamValue::String(text)) if required && text.trim().is_empty() => {
                    return Err(EndpointError::EmptyMember { member: member.name });
                }
                None if required => return Err(EndpointError::EmptyMember { member: member.name }),
                Some(value) => params.set(name, value)?,
                None => {}
            }
        }
    }
    for operation_trait in operation.traits {
        if let OperationTrait::StaticContextParam(name, value) = operation_trait {
            params.set(name, *value)?;
        }
    }
    Ok(())
}

/// Returns true if [`bind_endpoint_params`] may set parameters.
pub(crate) fn has_endpoint_params(operation: &OperationSchema) -> bool {
    let is_param = |t: &OperationTrait| {
        matches!(t, OperationTrait::OperationContextParam(..) | OperationTrait::StaticContextParam(..))
    };
    operation.traits.iter().any(is_param)
        || operation.input.members.iter().any(|member| context_param(member).is_some())
}

fn context_param(member: &Member) -> Option<(&'static str, bool)> {
    member.find(|t| match t {
        Trait::ContextParam { name, required } => Some((*name, *required)),
        _ => None,
    })
}

/// The value of a path.
#[derive(Clone)]
enum PathValue<'a> {
    View(View<'a>),
    Text(&'a str),
    List(Vec<PathValue<'a>>),
}

impl<'a> PathValue<'a> {
    /// Converts the value to a parameter value, if it has a supported type. Absent items of lists are
    /// omitted.
    fn into_param(self) -> Option<ParamValue> {
        match self {
            PathValue::Text(text) | PathValue::View(View::String(text)) => Some(text.into()),
            PathValue::View(View::Boolean(value)) => Some(value.into()),
            other => {
                let texts = other.into_items()?.into_iter().filter_map(|item| match item {
                    PathValue::Text(text) | PathValue::View(View::String(text)) => Some(text.to_owned()),
                    _ => None,
                });
                Some(texts.collect::<Vec<_>>().into())
            }
        }
    }

    /// Returns the items of a list.
    fn into_items(self) -> Option<Vec<PathValue<'a>>> {
        match self {
            PathValue::List(items) => Some(items),
            PathValue::View(View::List(list)) => {
                let items = (0..list.len()).filter_map(|index| list.item(index));
                Some(items.map(|item| PathValue::View(item.view())).collect())
            }
            _ => None,
        }
    }
}

/// Evaluates a path. Returns `None` if a value on the path is absent or does not have the type that the step
/// requires.
fn evaluate<'a>(from: PathValue<'a>, path: &[PathStep]) -> Option<PathValue<'a>> {
    let Some((step, rest)) = path.split_first() else {
        return match from {
            PathValue::View(View::Absent) => None,
            from => Some(from),
        };
    };
    match step {
        PathStep::Field(name) => evaluate(member(&from, name)?, rest),
        PathStep::Keys => {
            let PathValue::View(View::Map(map)) = from else { return None };
            evaluate(PathValue::List(map.entries().map(|(key, _)| PathValue::Text(key)).collect()), rest)
        }
        PathStep::Values => {
            let PathValue::View(View::Map(map)) = from else { return None };
            project(map.entries().map(|(_, value)| PathValue::View(value.view())).collect(), rest)
        }
        PathStep::Items => project(from.into_items()?, rest),
        PathStep::Flatten => {
            let flat = from.into_items()?.into_iter().flat_map(|item| match item {
                PathValue::List(items) => items,
                PathValue::View(View::List(_)) => item.into_items().unwrap_or_default(),
                item => vec![item],
            });
            project(flat.collect(), rest)
        }
        PathStep::Select(paths) => {
            let results = paths.iter().filter_map(|path| evaluate(from.clone(), path));
            evaluate(PathValue::List(results.collect()), rest)
        }
    }
}

/// Evaluates a projection: the steps up to the next [`PathStep::Flatten`] apply to each item, the steps after
/// it to the list of results.
fn project<'a>(items: Vec<PathValue<'a>>, path: &[PathStep]) -> Option<PathValue<'a>> {
    let flatten = path.iter().position(|step| *step == PathStep::Flatten).unwrap_or(path.len());
    let (inner, rest) = path.split_at(flatten);
    let results = items.into_iter().filter_map(|item| evaluate(item, inner)).collect();
    evaluate(PathValue::List(results), rest)
}

fn member<'a>(value: &PathValue<'a>, name: &str) -> Option<PathValue<'a>> {
    let PathValue::View(View::Structure(structure)) = value else { return None };
    let index = structure.schema().members.iter().position(|member| member.name == name)?;
    structure.member(index).map(|value| PathValue::View(value.view()))
}

#[cfg(test)]
mod tests;
