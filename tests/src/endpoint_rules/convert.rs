//! Conversion of the generator's rules to those of the runtime, which are static data: they are leaked.

use farrier_codegen::endpoint_rules as model;
use farrier_codegen::endpoint_rules::Slots;
use farrier_runtime::endpoint::{
    Bdd, Condition, Endpoint, Expr, Function, Outcome, Parameter, ParameterKind, Property, Rule, RuleSet,
    Rules, SlotIndex, StaticValue, Step,
};

type Result<T> = std::result::Result<T, String>;

/// Converts rules in one form.
///
/// # Errors
/// Returns a message if the runtime does not have a function, or there are too many variables.
pub(super) fn rule_set(rule_set: &model::RuleSet) -> Result<&'static RuleSet> {
    let mut slots = Slots::new(&rule_set.parameters);
    let form = match &rule_set.rules {
        model::Rules::Tree(tree) => Rules::Tree(rules(tree, &mut slots)?),
        model::Rules::Bdd(bdd) => Rules::Bdd(self::bdd(bdd, &mut slots)?),
    };
    let parameters = leak(rule_set.parameters.iter().map(parameter).collect());
    Ok(Box::leak(Box::new(RuleSet { parameters, variables: slot(slots.variables())?, rules: form })))
}

fn parameter(parameter: &model::Parameter) -> Parameter {
    Parameter {
        name: leak_str(&parameter.name),
        kind: match parameter.kind {
            model::ParameterKind::Boolean => ParameterKind::Boolean,
            model::ParameterKind::String => ParameterKind::String,
            model::ParameterKind::StringArray => ParameterKind::StringArray,
        },
        built_in: parameter.built_in.as_deref().map(leak_str),
        required: parameter.required,
        default: parameter.default.as_ref().map(|value| match value {
            model::ParameterValue::Boolean(value) => StaticValue::Boolean(*value),
            model::ParameterValue::String(value) => StaticValue::String(leak_str(value)),
            model::ParameterValue::StringArray(values) => {
                StaticValue::StringArray(leak(values.iter().map(|value| leak_str(value)).collect()))
            }
        }),
    }
}

fn rules<'r>(rules: &'r [model::Rule], slots: &mut Slots<'r>) -> Result<&'static [Rule]> {
    all(rules.iter().map(|rule| {
        let outer = slots.len();
        let conditions = all(rule.conditions.iter().map(|condition| self::condition(condition, slots)))?;
        let outcome = match &rule.body {
            model::RuleBody::Tree(rules) => Outcome::Tree(self::rules(rules, slots)?),
            model::RuleBody::Outcome(outcome) => self::outcome(outcome, slots)?,
        };
        slots.truncate(outer);
        Ok(Rule { conditions, outcome })
    }))
}

fn bdd<'r>(bdd: &'r model::Bdd, slots: &mut Slots<'r>) -> Result<Bdd> {
    for name in bdd.conditions.iter().filter_map(|condition| condition.assign.as_deref()) {
        slots.assign(name);
    }
    Ok(Bdd {
        root: bdd.root,
        nodes: leak(bdd.nodes.clone()),
        conditions: all(bdd.conditions.iter().map(|condition| self::condition(condition, slots)))?,
        results: all(bdd.results.iter().map(|result| outcome(result, slots)))?,
    })
}

fn condition<'r>(condition: &'r model::Condition, slots: &mut Slots<'r>) -> Result<Condition> {
    let test = expression(&condition.test, slots)?;
    let assign = condition.assign.as_deref().map(|name| slot(slots.assign(name))).transpose()?;
    Ok(Condition { test, assign })
}

fn outcome(outcome: &model::Outcome, slots: &Slots<'_>) -> Result<Outcome> {
    Ok(match outcome {
        model::Outcome::Error(message) => Outcome::Error(expression(message, slots)?),
        model::Outcome::Endpoint(endpoint) => Outcome::Endpoint(Endpoint {
            url: expression(&endpoint.url, slots)?,
            headers: all(endpoint
                .headers
                .iter()
                .map(|(name, values)| Ok((leak_str(name), expressions(values, slots)?))))?,
            properties: record(&endpoint.properties, slots)?,
        }),
    })
}

fn record(
    members: &[(String, model::Property)],
    slots: &Slots<'_>,
) -> Result<&'static [(&'static str, Property)]> {
    all(members.iter().map(|(name, value)| Ok((leak_str(name), property(value, slots)?))))
}

fn property(property: &model::Property, slots: &Slots<'_>) -> Result<Property> {
    Ok(match property {
        model::Property::Value(value) => Property::Value(expression(value, slots)?),
        model::Property::List(items) => {
            Property::List(all(items.iter().map(|item| self::property(item, slots)))?)
        }
        model::Property::Record(members) => Property::Record(record(members, slots)?),
    })
}

fn expressions(items: &[model::Expr], slots: &Slots<'_>) -> Result<&'static [Expr]> {
    all(items.iter().map(|item| expression(item, slots)))
}

fn expression(expr: &model::Expr, slots: &Slots<'_>) -> Result<Expr> {
    Ok(match expr {
        model::Expr::Boolean(value) => Expr::Bool(*value),
        model::Expr::Integer(value) => Expr::Int(*value),
        model::Expr::String(text) => Expr::Str(leak_str(text)),
        model::Expr::Template(parts) => Expr::Template(expressions(parts, slots)?),
        model::Expr::List(items) => Expr::List(expressions(items, slots)?),
        model::Expr::Ref(name) => Expr::Ref(slot(slots.get(name))?),
        model::Expr::GetAttr(of, steps) => {
            let steps = steps.iter().map(|step| match step {
                model::Step::Key(key) => Step::Key(leak_str(key)),
                model::Step::Index(index) => Step::Index(*index),
            });
            Expr::GetAttr(Box::leak(Box::new(expression(of, slots)?)), leak(steps.collect()))
        }
        model::Expr::Call(function, arguments) => {
            Expr::Call(self::function(function.name)?, expressions(arguments, slots)?)
        }
    })
}

fn function(name: &str) -> Result<Function> {
    Ok(match name {
        "isSet" => Function::IsSet,
        "not" => Function::Not,
        "stringEquals" => Function::StringEquals,
        "booleanEquals" => Function::BooleanEquals,
        "coalesce" => Function::Coalesce,
        "ite" => Function::Ite,
        "isValidHostLabel" => Function::IsValidHostLabel,
        "parseURL" => Function::ParseUrl,
        "split" => Function::Split,
        "substring" => Function::Substring,
        "uriEncode" => Function::UriEncode,
        "aws.partition" => Function::AwsPartition,
        "aws.parseArn" => Function::AwsParseArn,
        "aws.isVirtualHostableS3Bucket" => Function::AwsIsVirtualHostableS3Bucket,
        other => return Err(format!("the runtime has no function `{other}`")),
    })
}

fn slot(slot: usize) -> Result<SlotIndex> {
    SlotIndex::try_from(slot).map_err(|_| "too many parameters and variables".to_owned())
}

fn all<T>(items: impl Iterator<Item = Result<T>>) -> Result<&'static [T]> {
    items.collect::<Result<Vec<_>>>().map(leak)
}

fn leak<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

fn leak_str(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
