//! Endpoint rules, as values in the notation of `farrier_runtime::endpoint::notation`.

use super::context_params;
use super::data::Endpoints;
use super::slots::Slots;
use super::value::Value;
use crate::model::endpoint::{
    Bdd, Condition, Endpoint, Expr, Function, Outcome, Parameter, ParameterKind, Property, Rule, RuleBody,
    RuleSet, Rules, Step,
};
use heck::ToUpperCamelCase;

/// Plans the rules. Each tree is a constant, which keeps expressions flat and lines short.
pub(super) fn endpoints(rule_set: &RuleSet) -> Endpoints {
    let mut planner = Planner { slots: Slots::new(&rule_set.parameters), trees: Vec::new() };
    let rules = match &rule_set.rules {
        Rules::Tree(tree) => planner.root(tree),
        Rules::Bdd(bdd) => planner.bdd(bdd),
    };
    let members = vec![
        ("parameters", Value::slice(rule_set.parameters.iter().map(parameter))),
        ("variables", Value::index(planner.slots.variables())),
        ("rules", rules),
    ];
    let trees = planner.trees.into_iter().enumerate();
    Endpoints {
        docs: docs(&rule_set.parameters),
        rules: Value::Struct("RuleSet", members),
        trees: trees.map(|(index, tree)| (tree_name(index), tree)).collect(),
    }
}

/// Returns the names of the numbered slots that `Ref` and `Attr` read and `set` writes.
fn docs(parameters: &[Parameter]) -> String {
    let slots = parameters.iter().enumerate().map(|(slot, parameter)| format!("{slot} `{}`", parameter.name));
    let slots: Vec<_> = slots.chain(["then variables".to_owned()]).collect();
    format!("Slots: {}.", slots.join(", "))
}

fn parameter(parameter: &Parameter) -> Value {
    let kind = match parameter.kind {
        ParameterKind::Boolean => "BOOLEAN",
        ParameterKind::String => "STRING",
        ParameterKind::StringArray => "STRINGS",
    };
    let mut value = Value::call("Parameter::new", [Value::str(&parameter.name), Value::path(kind)]);
    if let Some(name) = &parameter.built_in {
        value = value.method("built_in", [Value::str(name)]);
    }
    if parameter.required {
        value = value.method("required", []);
    }
    if let Some(default) = &parameter.default {
        value = value.method("or", [context_params::value(default)]);
    }
    value
}

struct Planner<'r> {
    slots: Slots<'r>,
    /// The constants, by number.
    trees: Vec<Value>,
}

fn tree_name(index: usize) -> String {
    format!("TREE_{}", index + 1)
}

impl<'r> Planner<'r> {
    /// Plans a rule tree. Its trees are numbered level by level, but planned depth first, since variables are
    /// in scope in the trees of their rule.
    fn root(&mut self, root: &'r [Rule]) -> Value {
        let mut levels = vec![root];
        let mut first_child = Vec::new();
        while let Some(rules) = levels.get(first_child.len()).copied() {
            first_child.push(levels.len());
            levels.extend(rules.iter().filter_map(|rule| match &rule.body {
                RuleBody::Tree(rules) => Some(rules.as_slice()),
                RuleBody::Outcome(_) => None,
            }));
        }
        self.trees = vec![Value::slice([]); levels.len()];
        self.tree(0, root, &first_child);
        Value::call("Rules::Tree", [Value::path(tree_name(0))])
    }

    fn tree(&mut self, index: usize, rules: &'r [Rule], first_child: &[usize]) {
        let mut child = first_child.get(index).copied().unwrap_or_default();
        let mut values = Vec::new();
        for rule in rules {
            let outer = self.slots.len();
            let conditions: Vec<_> =
                rule.conditions.iter().map(|condition| self.condition(condition)).collect();
            let outcome = match &rule.body {
                RuleBody::Outcome(outcome) => self.outcome(outcome),
                RuleBody::Tree(rules) => {
                    self.tree(child, rules, first_child);
                    child += 1;
                    Value::call("Tree", [Value::path(tree_name(child - 1))])
                }
            };
            self.slots.truncate(outer);
            values.push(Value::call("rule", [Value::slice(conditions), outcome]));
        }
        if let Some(tree) = self.trees.get_mut(index) {
            *tree = Value::slice(values);
        }
    }

    /// Plans the root, nodes, conditions and results of a binary decision diagram.
    fn bdd(&mut self, bdd: &'r Bdd) -> Value {
        for name in bdd.conditions.iter().filter_map(|condition| condition.assign.as_deref()) {
            self.slots.assign(name);
        }
        let number = |number: &i32| Value::Int((*number).into());
        let nodes = bdd.nodes.iter().map(|node| Value::Array(node.iter().map(number).collect()));
        let conditions: Vec<_> = bdd.conditions.iter().map(|condition| self.condition(condition)).collect();
        let results: Vec<_> = bdd.results.iter().map(|result| self.outcome(result)).collect();
        let arguments =
            [number(&bdd.root), Value::slice(nodes), Value::slice(conditions), Value::slice(results)];
        Value::call("decisions", arguments)
    }

    fn condition(&mut self, condition: &'r Condition) -> Value {
        let test = match &condition.test {
            Expr::Call(function, arguments) => Ok([variant(function), self.list(arguments)]),
            other => Err(self.expression(other)),
        };
        let slot = condition.assign.as_deref().map(|name| Value::index(self.slots.assign(name)));
        match (test, slot) {
            (Ok([function, arguments]), None) => Value::call("when", [function, arguments]),
            (Ok([function, arguments]), Some(slot)) => Value::call("set", [slot, function, arguments]),
            (Err(test), slot) => Value::call("test", [Value::option(slot), test]),
        }
    }

    fn outcome(&self, outcome: &Outcome) -> Value {
        match outcome {
            Outcome::Endpoint(endpoint) => self.endpoint(endpoint),
            Outcome::Error(Expr::String(message)) => Value::call("error", [Value::str(message)]),
            Outcome::Error(message) => Value::call("error_of", [self.parts(message)]),
        }
    }

    fn endpoint(&self, endpoint: &Endpoint) -> Value {
        let url = self.parts(&endpoint.url);
        if endpoint.headers.is_empty() && endpoint.properties.is_empty() {
            return Value::call("at", [url]);
        }
        let headers = endpoint.headers.iter();
        let headers = headers.map(|(name, values)| Value::Tuple(vec![Value::str(name), self.list(values)]));
        Value::call("at_with", [url, Value::slice(headers), self.record(&endpoint.properties)])
    }

    fn record(&self, members: &[(String, Property)]) -> Value {
        let member =
            |(name, value): &(String, Property)| Value::Tuple(vec![Value::str(name), self.property(value)]);
        Value::slice(members.iter().map(member))
    }

    fn property(&self, property: &Property) -> Value {
        match property {
            Property::Value(Expr::String(value)) => Value::call("text", [Value::str(value)]),
            Property::Value(value) => Value::call("value", [self.expression(value)]),
            Property::List(items) => {
                let items = items.iter().map(|item| self.property(item));
                Value::call("list", [Value::slice(items)])
            }
            Property::Record(members) => Value::call("record", [self.record(members)]),
        }
    }

    /// Returns the parts of a template.
    fn parts(&self, expr: &Expr) -> Value {
        match expr {
            Expr::Template(parts) => self.list(parts),
            other => self.list(std::slice::from_ref(other)),
        }
    }

    fn list(&self, items: &[Expr]) -> Value {
        Value::slice(items.iter().map(|item| self.expression(item)))
    }

    fn expression(&self, expr: &Expr) -> Value {
        match expr {
            Expr::Boolean(value) => Value::call("Bool", [Value::Bool(*value)]),
            Expr::Integer(value) => Value::call("Int", [Value::Int(*value)]),
            Expr::String(value) => Value::call("Str", [Value::str(value)]),
            Expr::Template(parts) => Value::call("Template", [self.list(parts)]),
            Expr::List(items) => Value::call("List", [self.list(items)]),
            Expr::Ref(name) => Value::call("Ref", [self.slot(name)]),
            Expr::GetAttr(of, steps) => match (&**of, steps.as_slice()) {
                (Expr::Ref(name), [Step::Key(key)]) => {
                    Value::call("Attr", [self.slot(name), Value::str(key)])
                }
                (of, steps) => {
                    let steps = Value::slice(steps.iter().map(step));
                    Value::call("GetAttr", [self.expression(of).reference(), steps])
                }
            },
            Expr::Call(function, arguments) => Value::call("Call", [variant(function), self.list(arguments)]),
        }
    }

    fn slot(&self, name: &str) -> Value {
        Value::index(self.slots.get(name))
    }
}

/// Returns the function's variant in the runtime, such as `AwsPartition` for `aws.partition`.
fn variant(function: &Function) -> Value {
    Value::path(function.name.to_upper_camel_case())
}

fn step(step: &Step) -> Value {
    match step {
        Step::Key(key) => Value::call("Key", [Value::str(key)]),
        Step::Index(index) => Value::call("Index", [Value::Int(*index)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::endpoint::functions;

    #[test]
    fn functions_are_named_as_in_the_runtime() {
        let variants: Vec<_> = functions().map(variant).collect();
        for name in ["IsSet", "ParseUrl", "AwsParseArn", "AwsIsVirtualHostableS3Bucket"] {
            assert!(variants.contains(&Value::path(name)), "{name}: {variants:?}");
        }
    }
}
