//! From an expression to its value.

use super::MAX_DEPTH;
use super::error::EndpointError;
use super::functions;
use super::params::Params;
use super::partitions::Partition;
use super::rules::{Condition, Expr, Function, RuleSet, Slot, Step};
use super::value::Value;
use std::borrow::Cow;

/// The values of parameters and variables.
pub(super) struct Scope<'a> {
    slots: Vec<Option<Value<'a>>>,
    partitions: &'static [Partition],
}

impl<'a> Scope<'a> {
    /// Parameters have their values or defaults, variables have none.
    pub(super) fn new(
        rules: &RuleSet,
        params: &'a Params,
        partitions: &'static [Partition],
    ) -> Result<Self, EndpointError> {
        let parameters = rules.parameters;
        if params.values().len() != parameters.len() {
            return Err(EndpointError::Broken("these are parameters of another rule set"));
        }
        let mut slots = Vec::with_capacity(parameters.len() + usize::from(rules.variables));
        for (parameter, value) in parameters.iter().zip(params.values()) {
            let value = match (value, &parameter.default) {
                (Some(value), _) => Some(Value::of_param(value)),
                (None, Some(default)) => Some(Value::of_default(default)),
                (None, None) if parameter.required => {
                    let (parameter, built_in) = (parameter.name, parameter.built_in);
                    return Err(EndpointError::Missing { parameter, built_in });
                }
                (None, None) => None,
            };
            slots.push(value);
        }
        slots.resize(parameters.len() + usize::from(rules.variables), None);
        Ok(Self { slots, partitions })
    }

    /// Whether the condition matches. Its variable has its value then, or none.
    pub(super) fn matches(&mut self, condition: &'static Condition) -> Result<bool, EndpointError> {
        let value = self.value(&condition.test)?;
        let matches = !matches!(value, None | Some(Value::Bool(false)));
        if let Some(slot) = condition.assign {
            let place = self.slots.get_mut(usize::from(slot));
            *place.ok_or(EndpointError::Broken("a variable has no place"))? = value;
        }
        Ok(matches)
    }

    /// The value of an expression, or none.
    pub(super) fn value(&self, expr: &'static Expr) -> Result<Option<Value<'a>>, EndpointError> {
        self.eval(expr, 0)
    }

    /// The text that an expression must be.
    pub(super) fn text(&self, expr: &'static Expr) -> Result<String, EndpointError> {
        match self.value(expr)? {
            Some(Value::String(text)) => Ok(text.into_owned()),
            _ => Err(EndpointError::Broken("what should be a text is none")),
        }
    }

    fn eval(&self, expr: &'static Expr, depth: usize) -> Result<Option<Value<'a>>, EndpointError> {
        if depth > MAX_DEPTH {
            return Err(EndpointError::Broken("an expression nests too deep"));
        }
        Ok(Some(match expr {
            Expr::Bool(value) => Value::Bool(*value),
            Expr::Int(value) => Value::Int(*value),
            Expr::Str(value) => Value::from(*value),
            Expr::Template(parts) => return self.template(parts, depth),
            Expr::List(items) => {
                let items: Result<Option<_>, _> =
                    items.iter().map(|item| self.eval(item, depth + 1)).collect();
                return Ok(items?.map(Value::List));
            }
            Expr::Ref(slot) => return self.place(*slot).cloned(),
            Expr::Attr(slot, name) => return attribute(self.place(*slot)?.clone(), &[Step::Key(name)]),
            Expr::GetAttr(of, path) => return attribute(self.eval(of, depth + 1)?, path),
            Expr::Call(function, arguments) => return self.call(*function, arguments, depth + 1),
        }))
    }

    /// What a parameter or variable holds.
    fn place(&self, slot: Slot) -> Result<&Option<Value<'a>>, EndpointError> {
        self.slots.get(usize::from(slot)).ok_or(EndpointError::Broken("a reference leads nowhere"))
    }

    /// The texts of the parts together; none if a part has no value.
    fn template(&self, parts: &'static [Expr], depth: usize) -> Result<Option<Value<'a>>, EndpointError> {
        let mut text = String::new();
        for part in parts {
            match self.eval(part, depth + 1)? {
                Some(Value::String(part)) => text.push_str(&part),
                None => return Ok(None),
                Some(_) => return Err(EndpointError::Broken("a part of a template is no text")),
            }
        }
        Ok(Some(Value::String(Cow::Owned(text))))
    }

    /// Those functions that do not need all of their arguments; the others have no value if an argument has
    /// none.
    fn call(
        &self,
        function: Function,
        arguments: &'static [Expr],
        depth: usize,
    ) -> Result<Option<Value<'a>>, EndpointError> {
        match (function, arguments) {
            (Function::IsSet, [value]) => Ok(Some(Value::Bool(self.eval(value, depth)?.is_some()))),
            (Function::Coalesce, [first, rest @ ..]) => {
                let mut value = self.eval(first, depth)?;
                for next in rest {
                    if value.is_some() {
                        break;
                    }
                    value = self.eval(next, depth)?;
                }
                Ok(value)
            }
            (Function::Ite, [condition, yes, no]) => match self.eval(condition, depth)? {
                Some(Value::Bool(true)) => self.eval(yes, depth),
                Some(Value::Bool(false)) => self.eval(no, depth),
                None => Ok(None),
                Some(_) => Err(EndpointError::Broken("a condition of `ite` is no truth value")),
            },
            _ => {
                let values: Result<Option<Vec<_>>, _> =
                    arguments.iter().map(|argument| self.eval(argument, depth)).collect();
                match values? {
                    Some(values) => functions::call(function, &values, self.partitions),
                    None => Ok(None),
                }
            }
        }
    }
}

/// What is at the end of a path, if there is something.
fn attribute<'a>(of: Option<Value<'a>>, path: &[Step]) -> Result<Option<Value<'a>>, EndpointError> {
    let Some(of) = of else { return Ok(None) };
    of.at(path).ok_or(EndpointError::Broken("a path does not fit its value"))
}
