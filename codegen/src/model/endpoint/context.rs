//! What operations and their inputs give the parameters of rules: whether there is such a parameter, of that type.

use super::{Parameter, ParameterKind, PathStep};
use crate::model::draft::Drafts;
use crate::model::{Model, Operation, ShapeId, ShapeKind, SimpleKind, words};
use crate::{Diagnostic, Diagnostics, Span};

const STATIC: &str = "smithy.rules#staticContextParams";
const OPERATION: &str = "smithy.rules#operationContextParams";
const MEMBER: &str = "smithy.rules#contextParam";

/// Checks what every operation gives. Without rules, it is given to nobody.
pub(in crate::model) fn check(model: &Model, drafts: &Drafts<'_>, diagnostics: &mut Diagnostics) {
    let Some(endpoints) = &model.service.endpoints else { return };
    let mut check = Check { model, drafts, parameters: &endpoints.rules.parameters, diagnostics };
    for operation in model.operations.values() {
        check.statics(operation);
        check.paths(operation);
        check.members(operation);
    }
}

struct Check<'c, 'a> {
    model: &'c Model,
    drafts: &'c Drafts<'a>,
    parameters: &'c [Parameter],
    diagnostics: &'c mut Diagnostics,
}

impl<'c> Check<'c, '_> {
    fn statics(&mut self, operation: &Operation) {
        for (name, value) in &operation.traits.static_context_params {
            let span = self.entry(operation, STATIC, name);
            self.fits(STATIC, name, Some(value.kind()), span);
        }
    }

    fn paths(&mut self, operation: &Operation) {
        for (name, path) in &operation.traits.operation_context_params {
            let span = self.entry(operation, OPERATION, name);
            match self.end(Type::Shape(&operation.input), path) {
                Ok(end) => self.fits(OPERATION, name, self.kind(&end), span),
                Err(why) => {
                    let message = format!("the path of `{name}` leads nowhere: {why}");
                    let diagnostic = Diagnostic::new(span, message).label("this path");
                    self.diagnostics.push(diagnostic.help("name members that the input has"));
                }
            }
        }
    }

    fn members(&mut self, operation: &Operation) {
        let Some(ShapeKind::Structure(members)) = self.shape(&operation.input) else { return };
        for member in members {
            if let Some(name) = &member.traits.context_param {
                let span = self.drafts.place(&operation.input, Some(&member.name), MEMBER);
                self.fits(MEMBER, name, self.kind(&Type::Shape(&member.target)), span);
            }
        }
    }

    /// Notes a parameter that does not exist, or is of another type than what it is given.
    fn fits(&mut self, id: &str, name: &str, given: Option<ParameterKind>, span: Span) {
        let shown = name.escape_debug();
        let Some(parameter) = self.parameters.iter().find(|parameter| parameter.name == name) else {
            let message = format!("`{id}`: the rules have no parameter `{shown}`");
            let known = words::list(self.parameters.iter().map(|parameter| parameter.name.as_str()));
            let diagnostic = Diagnostic::new(span, message).label("of no parameter");
            return self.diagnostics.push(diagnostic.help(format!("they have {known}")));
        };
        if given != Some(parameter.kind) {
            let given = given.map_or("nothing that a parameter takes".to_owned(), |kind| kind.to_string());
            let message = format!("`{id}`: `{shown}` takes {}, and is given {given}", parameter.kind);
            let help = format!("give it {}", parameter.kind);
            self.diagnostics.push(Diagnostic::new(span, message).label("of another type").help(help));
        }
    }

    /// Where a trait of an operation names a parameter.
    fn entry(&self, operation: &Operation, id: &str, name: &str) -> Span {
        let applied = self.drafts.get(&operation.id).and_then(|draft| draft.traits.get(id));
        let entries = applied.and_then(|applied| applied.value.entries()).unwrap_or_default();
        let entry = entries.iter().find(|entry| entry.key == name);
        entry.map_or(operation.span, |entry| entry.key_span)
    }

    fn shape(&self, id: &ShapeId) -> Option<&'c ShapeKind> {
        self.model.shapes.get(id).map(|shape| &shape.kind)
    }

    /// What is at the end of a path.
    fn end(&self, from: Type<'c>, path: &[PathStep]) -> Result<Type<'c>, String> {
        let Some((step, rest)) = path.split_first() else { return Ok(from) };
        match step {
            PathStep::Field(name) => self.end(self.field(&from, name)?, rest),
            PathStep::Keys => match self.shape_of(&from) {
                Some(ShapeKind::Map(key, _)) => self.end(Type::Shape(&key.target).listed(), rest),
                _ => Err("only a map has keys".to_owned()),
            },
            PathStep::Values => match self.shape_of(&from) {
                Some(ShapeKind::Map(_, value)) => self.each(Type::Shape(&value.target), rest),
                _ => Err("`*` is for maps".to_owned()),
            },
            PathStep::Items => self.each(self.item(&from).ok_or("`[*]` is for lists")?, rest),
            PathStep::Flatten => {
                let item = self.item(&from).ok_or("`[]` is for lists")?;
                self.each(self.item(&item).unwrap_or(item), rest)
            }
            PathStep::Select(paths) => {
                let ends: Result<Vec<_>, _> = paths.iter().map(|path| self.end(from.clone(), path)).collect();
                let mut ends = ends?.into_iter();
                let first = ends.next().ok_or("a list of paths is empty")?;
                match ends.all(|end| self.kind(&end) == self.kind(&first)) {
                    true => self.end(first.listed(), rest),
                    false => Err("the paths of a list lead to different types".to_owned()),
                }
            }
        }
    }

    /// What comes of a list when the steps up to the next that flattens are taken for each of its items.
    fn each(&self, item: Type<'c>, path: &[PathStep]) -> Result<Type<'c>, String> {
        let flatten = path.iter().position(|step| *step == PathStep::Flatten).unwrap_or(path.len());
        let (inner, rest) = path.split_at(flatten);
        let list = self.end(item, inner)?.listed();
        self.end(list, rest)
    }

    fn field(&self, of: &Type<'c>, name: &str) -> Result<Type<'c>, String> {
        let Some(ShapeKind::Structure(members)) = self.shape_of(of) else {
            return Err(format!("`{name}` is asked of what is no structure"));
        };
        let member = members.iter().find(|member| member.name == name);
        member.map(|member| Type::Shape(&member.target)).ok_or_else(|| format!("there is no member `{name}`"))
    }

    fn shape_of(&self, ty: &Type<'c>) -> Option<&'c ShapeKind> {
        match ty {
            Type::Shape(id) => self.shape(id),
            Type::List(_) => None,
        }
    }

    /// The type of a list's items.
    fn item(&self, ty: &Type<'c>) -> Option<Type<'c>> {
        match ty {
            Type::List(item) => Some((**item).clone()),
            Type::Shape(_) => match self.shape_of(ty)? {
                ShapeKind::List(member) => Some(Type::Shape(&member.target)),
                _ => None,
            },
        }
    }

    /// The type of parameter that takes such values.
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

/// What a path leads to.
#[derive(Clone)]
enum Type<'c> {
    Shape(&'c ShapeId),
    List(Box<Type<'c>>),
}

impl Type<'_> {
    fn listed(self) -> Self {
        Self::List(Box::new(self))
    }
}
