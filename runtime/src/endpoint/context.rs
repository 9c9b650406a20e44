//! What operations and their inputs give the parameters of rules, as
//! [binding parameter values](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#binding-parameter-values)
//! has it.

use super::error::EndpointError;
use super::params::{ParamValue, Params};
use crate::schema::{Member, OperationSchema, OperationTrait, Trait};
use crate::shape::{Structure, View};

/// A step of a path into the input of an operation, in the part of
/// [JMESPath](https://jmespath.org/specification.html) that
/// [the specification](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait)
/// has for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// To the member of a structure.
    Field(&'static str),
    /// To each item of a list: what follows is done for each, and what is absent left out. `[*]`
    Items,
    /// To each value of a map. `*`
    Values,
    /// The items of a list, and of the lists that are its items: what follows is done for each. It ends what was
    /// begun by the steps before. `[]`
    Flatten,
    /// To what each of these paths leads to, as a list.
    Select(&'static [&'static [PathStep]]),
    /// To the keys of a map.
    Keys,
}

/// Sets the parameters that an operation and its input give values. What more general places gave them, the settings
/// of the client among these, was to be set before, and gives way.
///
/// # Errors
/// [`EndpointError::Empty`] if a required member says nothing; what [`Params::set`] has if the rules do not fit the
/// operation.
pub(crate) fn fill(
    operation: &OperationSchema,
    input: &dyn Structure,
    params: &mut Params,
) -> Result<(), EndpointError> {
    for operation_trait in operation.traits {
        if let OperationTrait::OperationContextParam(name, path) = operation_trait
            && let Some(value) = follow(Found::View(View::Structure(input)), path).and_then(Found::param)
        {
            params.set(name, value)?;
        }
    }
    for (index, member) in operation.input.members.iter().enumerate() {
        if let Some((name, required)) = context_param(member) {
            let value = input.member(index).map_or(View::Absent, |value| value.view());
            match Found::View(value).param() {
                Some(ParamValue::String(text)) if required && text.trim().is_empty() => {
                    return Err(EndpointError::Empty { member: member.name });
                }
                None if required => return Err(EndpointError::Empty { member: member.name }),
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

/// Whether [`fill`] sets anything.
pub(crate) fn has_params(operation: &OperationSchema) -> bool {
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

/// What is at the end of a path.
#[derive(Clone)]
enum Found<'a> {
    View(View<'a>),
    Text(&'a str),
    List(Vec<Found<'a>>),
}

impl<'a> Found<'a> {
    /// The value of a parameter, if it is one. Absent items of lists are left out.
    fn param(self) -> Option<ParamValue> {
        match self {
            Found::Text(text) | Found::View(View::String(text)) => Some(text.into()),
            Found::View(View::Boolean(value)) => Some(value.into()),
            other => {
                let texts = other.items()?.into_iter().filter_map(|item| match item {
                    Found::Text(text) | Found::View(View::String(text)) => Some(text.to_owned()),
                    _ => None,
                });
                Some(texts.collect::<Vec<_>>().into())
            }
        }
    }

    /// The items of a list.
    fn items(self) -> Option<Vec<Found<'a>>> {
        match self {
            Found::List(items) => Some(items),
            Found::View(View::List(list)) => {
                let items = (0..list.len()).filter_map(|index| list.item(index));
                Some(items.map(|item| Found::View(item.view())).collect())
            }
            _ => None,
        }
    }
}

/// What a path leads to; nothing where something on the way is absent, or is not what the step is for.
fn follow<'a>(from: Found<'a>, path: &[PathStep]) -> Option<Found<'a>> {
    let Some((step, rest)) = path.split_first() else {
        return match from {
            Found::View(View::Absent) => None,
            from => Some(from),
        };
    };
    match step {
        PathStep::Field(name) => follow(field(&from, name)?, rest),
        PathStep::Keys => {
            let Found::View(View::Map(map)) = from else { return None };
            follow(Found::List(map.entries().map(|(key, _)| Found::Text(key)).collect()), rest)
        }
        PathStep::Values => {
            let Found::View(View::Map(map)) = from else { return None };
            each(map.entries().map(|(_, value)| Found::View(value.view())).collect(), rest)
        }
        PathStep::Items => each(from.items()?, rest),
        PathStep::Flatten => {
            let flat = from.items()?.into_iter().flat_map(|item| match item {
                Found::List(items) => items,
                Found::View(View::List(_)) => item.items().unwrap_or_default(),
                item => vec![item],
            });
            each(flat.collect(), rest)
        }
        PathStep::Select(paths) => {
            let found = paths.iter().filter_map(|path| follow(from.clone(), path));
            follow(Found::List(found.collect()), rest)
        }
    }
}

/// The steps up to the next that flattens, for each item; then the others, for the list of what they lead to.
fn each<'a>(items: Vec<Found<'a>>, path: &[PathStep]) -> Option<Found<'a>> {
    let flatten = path.iter().position(|step| *step == PathStep::Flatten).unwrap_or(path.len());
    let (inner, rest) = path.split_at(flatten);
    let found = items.into_iter().filter_map(|item| follow(item, inner)).collect();
    follow(Found::List(found), rest)
}

fn field<'a>(of: &Found<'a>, name: &str) -> Option<Found<'a>> {
    let Found::View(View::Structure(structure)) = of else { return None };
    let index = structure.schema().members.iter().position(|member| member.name == name)?;
    structure.member(index).map(|value| Found::View(value.view()))
}

#[cfg(test)]
mod tests;
