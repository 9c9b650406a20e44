//! Evaluation of expressions.

use super::MAX_DEPTH;
use super::error::EndpointError;
use super::functions;
use super::params::Params;
use super::partitions::Partition;
use super::rules::{Condition, Expr, Function, RuleSet, SlotIndex, Step};
use super::value::Value;
use std::borrow::Cow;

/// The values of parameters and variables.
pub(super) struct Scope<'a> {
    slots: Vec<Option<Value<'a>>>,
    partitions: &'static [Partition],
}

impl<'a> Scope<'a> {
    /// Creates the scope of a rule set. Parameters have their values or defaults, variables are unset.
    pub(super) fn new(
        rules: &RuleSet,
        params: &'a Params,
        partitions: &'static [Partition],
    ) -> Result<Self, EndpointError> {
        let parameters = rules.parameters;
        if params.values().len() != parameters.len() {
            return Err(EndpointError::InvalidRules("the parameters belong to another rule set"));
        }
        let mut slots = Vec::with_capacity(parameters.len() + usize::from(rules.variables));
        for (parameter, value) in parameters.iter().zip(params.values()) {
            let value = match (value, &parameter.default) {
                (Some(value), _) => Some(Value::from_param(value)),
                (None, Some(default)) => Some(Value::from_static(default)),
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

    /// Evaluates a condition, assigns its variable, and returns true if it matches.
    pub(super) fn matches(&mut self, condition: &'static Condition) -> Result<bool, EndpointError> {
        let value = self.value(&condition.test)?;
        let matches = !matches!(value, None | Some(Value::Bool(false)));
        if let Some(slot) = condition.assign {
            let variable = self.slots.get_mut(usize::from(slot));
            *variable.ok_or(EndpointError::InvalidRules("a variable index is out of range"))? = value;
        }
        Ok(matches)
    }

    /// Evaluates an expression.
    pub(super) fn value(&self, expr: &'static Expr) -> Result<Option<Value<'a>>, EndpointError> {
        self.eval(expr, 0)
    }

    /// Evaluates an expression that must be a string.
    pub(super) fn text(&self, expr: &'static Expr) -> Result<String, EndpointError> {
        match self.value(expr)? {
            Some(Value::String(text)) => Ok(text.into_owned()),
            _ => Err(EndpointError::InvalidRules("an expression is not a string")),
        }
    }

    fn eval(&self, expr: &'static Expr, depth: usize) -> Result<Option<Value<'a>>, EndpointError> {
        if depth > MAX_DEPTH {
            return Err(EndpointError::InvalidRules("an expression is nested too deeply"));
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
            Expr::Ref(slot) => return self.slot(*slot).cloned(),
            Expr::Attr(slot, name) => return get_attr(self.slot(*slot)?.clone(), &[Step::Key(name)]),
            Expr::GetAttr(value, path) => return get_attr(self.eval(value, depth + 1)?, path),
            Expr::Call(function, arguments) => return self.call(*function, arguments, depth + 1),
        }))
    }

    /// Returns the value of a parameter or variable.
    fn slot(&self, slot: SlotIndex) -> Result<&Option<Value<'a>>, EndpointError> {
        self.slots.get(usize::from(slot)).ok_or(EndpointError::InvalidRules("a reference is out of range"))
    }

    /// Concatenates the parts of a template. Returns `None` if a part has no value.
    fn template(&self, parts: &'static [Expr], depth: usize) -> Result<Option<Value<'a>>, EndpointError> {
        let mut text = String::new();
        for part in parts {
            match self.eval(part, depth + 1)? {
                Some(Value::String(part)) => text.push_str(&part),
                None => return Ok(None),
                Some(_) => return Err(EndpointError::InvalidRules("a template part is not a string")),
            }
        }
        Ok(Some(Value::String(Cow::Owned(text))))
    }

    /// Calls a function. Except for `isSet`, `coalesce` and `ite`, returns `None` if an argument has no
    /// value.
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
                Some(_) => Err(EndpointError::InvalidRules("the first argument of `ite` is not a boolean")),
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

/// Evaluates `getAttr`.
fn get_attr<'a>(value: Option<Value<'a>>, path: &[Step]) -> Result<Option<Value<'a>>, EndpointError> {
    let Some(value) = value else { return Ok(None) };
    value.get_path(path).ok_or(EndpointError::InvalidRules("a path does not match the type of its value"))
}
