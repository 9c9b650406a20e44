//! Checks that operations and input members set existing endpoint parameters to values of the right type.

use super::endpoint::{Parameter, ParameterKind, PathStep};
use crate::model::raw::RawModel;
use crate::model::{Model, Operation, ShapeId, ShapeKind, SimpleKind, names};
use crate::{Diagnostic, Diagnostics, Span};

const STATIC: &str = "smithy.rules#staticContextParams";
const OPERATION: &str = "smithy.rules#operationContextParams";
const MEMBER: &str = "smithy.rules#contextParam";

/// Checks the context parameters of every operation. They are ignored if the service has no endpoint rules.
pub(super) fn check(model: &Model, raw_model: &RawModel<'_>, diagnostics: &mut Diagnostics) {
    let Some(endpoints) = &model.service.endpoints else { return };
    let mut check = Checker { model, raw_model, parameters: &endpoints.rules.parameters, diagnostics };
    for operation in model.operations.values() {
        check.check_static_params(operation);
        check.check_paths(operation);
        check.check_members(operation);
    }
}

struct Checker<'c, 'a> {
    model: &'c Model,
    raw_model: &'c RawModel<'a>,
    parameters: &'c [Parameter],
    diagnostics: &'c mut Diagnostics,
}

impl<'c> Checker<'c, '_> {
    fn check_static_params(&mut self, operation: &Operation) {
        for (name, value) in &operation.traits.static_context_params {
            let span = self.param_span(operation, STATIC, name);
            self.check_param(STATIC, name, Some(value.kind()), span);
        }
    }

    fn check_paths(&mut self, operation: &Operation) {
        for (name, path) in &operation.traits.operation_context_params {
            let span = self.param_span(operation, OPERATION, name);
            match self.path_type(Type::Shape(&operation.input), path) {
                Ok(ty) => self.check_param(OPERATION, name, self.kind(&ty), span),
                Err(reason) => {
                    let message = format!("`{OPERATION}`: invalid path for parameter `{name}`: {reason}");
                    let diagnostic = Diagnostic::new(span, message).label("invalid path");
                    self.diagnostics.push(diagnostic.help("use a path of members of the operation's input"));
                }
            }
        }
    }

    fn check_members(&mut self, operation: &Operation) {
        let Some(ShapeKind::Structure(members)) = self.shape(&operation.input) else { return };
        for member in members {
            if let Some(name) = &member.traits.context_param {
                let span = self.raw_model.trait_span(&operation.input, Some(&member.name), MEMBER);
                self.check_param(MEMBER, name, self.kind(&Type::Shape(&member.target)), span);
            }
        }
    }

    /// Reports an unknown parameter, or a value of the wrong type. `found` is `None` if no parameter supports
    /// the type.
    fn check_param(&mut self, id: &str, name: &str, found: Option<ParameterKind>, span: Span) {
        let escaped = name.escape_debug();
        let Some(parameter) = self.parameters.iter().find(|parameter| parameter.name == name) else {
            let message = format!("`{id}`: unknown endpoint parameter `{escaped}`");
            let known = names::list(self.parameters.iter().map(|parameter| parameter.name.as_str()));
            let diagnostic = Diagnostic::new(span, message).label("unknown parameter");
            return self.diagnostics.push(diagnostic.help(format!("use one of {known}")));
        };
        if found != Some(parameter.kind) {
            let expected = parameter.kind;
            let found = found.map_or("an unsupported type".to_owned(), |kind| kind.to_string());
            let message = format!("`{id}`: expected {expected} for parameter `{escaped}`, found {found}");
            let diagnostic = Diagnostic::new(span, message).label(format!("expected {expected}"));
            self.diagnostics.push(diagnostic.help(format!("use {expected}")));
        }
    }

    /// Returns the location of a parameter's name in a trait of an operation.
    fn param_span(&self, operation: &Operation, id: &str, name: &str) -> Span {
        let applied = self.raw_model.get(&operation.id).and_then(|raw_shape| raw_shape.traits.get(id));
        let entries = applied.and_then(|applied| applied.value.entries()).unwrap_or_default();
        let entry = entries.iter().find(|entry| entry.key == name);
        entry.map_or(operation.span, |entry| entry.key_span)
    }

    fn shape(&self, id: &ShapeId) -> Option<&'c ShapeKind> {
        self.model.shapes.get(id).map(|shape| &shape.kind)
    }

    /// Returns the type of a path's result.
    fn path_type(&self, from: Type<'c>, path: &[PathStep]) -> Result<Type<'c>, String> {
        let Some((step, rest)) = path.split_first() else { return Ok(from) };
        match step {
            PathStep::Field(name) => self.path_type(self.field(&from, name)?, rest),
            PathStep::Keys => match self.shape_of(&from) {
                Some(ShapeKind::Map(key, _)) => self.path_type(Type::Shape(&key.target).into_list(), rest),
                _ => Err("`keys` requires a map".to_owned()),
            },
            PathStep::Values => match self.shape_of(&from) {
                Some(ShapeKind::Map(_, value)) => self.projection_type(Type::Shape(&value.target), rest),
                _ => Err("`*` requires a map".to_owned()),
            },
            PathStep::Items => self.projection_type(self.item(&from).ok_or("`[*]` requires a list")?, rest),
            PathStep::Flatten => {
                let item = self.item(&from).ok_or("`[]` requires a list")?;
                self.projection_type(self.item(&item).unwrap_or(item), rest)
            }
            PathStep::Select(paths) => {
                let types: Result<Vec<_>, _> =
                    paths.iter().map(|path| self.path_type(from.clone(), path)).collect();
                let mut types = types?.into_iter();
                let first = types.next().ok_or("empty list of paths")?;
                match types.all(|ty| self.kind(&ty) == self.kind(&first)) {
                    true => self.path_type(first.into_list(), rest),
                    false => Err("paths in a list have different types".to_owned()),
                }
            }
        }
    }

    /// Returns the type of a projection: the steps up to the next flatten apply to each item of a list.
    fn projection_type(&self, item: Type<'c>, path: &[PathStep]) -> Result<Type<'c>, String> {
        let flatten = path.iter().position(|step| *step == PathStep::Flatten).unwrap_or(path.len());
        let (inner, rest) = path.split_at(flatten);
        let list = self.path_type(item, inner)?.into_list();
        self.path_type(list, rest)
    }

    fn field(&self, of: &Type<'c>, name: &str) -> Result<Type<'c>, String> {
        let Some(ShapeKind::Structure(members)) = self.shape_of(of) else {
            return Err(format!("cannot access `{name}`: not a member of a structure"));
        };
        let member = members.iter().find(|member| member.name == name);
        member.map(|member| Type::Shape(&member.target)).ok_or_else(|| format!("unknown member `{name}`"))
    }

    fn shape_of(&self, ty: &Type<'c>) -> Option<&'c ShapeKind> {
        match ty {
            Type::Shape(id) => self.shape(id),
            Type::List(_) => None,
        }
    }

    /// Returns the type of a list's items, or `None` if the type is not a list.
    fn item(&self, ty: &Type<'c>) -> Option<Type<'c>> {
        match ty {
            Type::List(item) => Some((**item).clone()),
            Type::Shape(_) => match self.shape_of(ty)? {
                ShapeKind::List(member) => Some(Type::Shape(&member.target)),
                _ => None,
            },
        }
    }

    /// Returns the type of a parameter for values of this type, if there is one.
    fn kind(&self, ty: &Type<'c>) -> Option<ParameterKind> {
        if let Some(item) = self.item(ty) {
            return (self.kind(&item) == Some(ParameterKind::String)).then_some(ParameterKind::StringArray);
        }
        match self.shape_of(ty)? {
            ShapeKind::Simple(SimpleKind::String) | ShapeKind::Enum(_) => Some(ParameterKind::String),
            ShapeKind::Simple(SimpleKind::Boolean) => Some(ParameterKind::Boolean),
            _ => None,
        }
    }
}

/// The type of a path's result.
#[derive(Clone)]
enum Type<'c> {
    Shape(&'c ShapeId),
    List(Box<Type<'c>>),
}

impl Type<'_> {
    fn into_list(self) -> Self {
        Self::List(Box::new(self))
    }
}
