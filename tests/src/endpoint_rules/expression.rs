//! Parsing of expressions and conditions.

use super::names::Names;
use super::{leak, leak_str, list, text};
use farrier_runtime::endpoint::{Condition, Expr, Function, Step};
use serde_json::Value;

pub(super) fn condition(value: &Value, names: &mut Names) -> Result<Condition, String> {
    let test = expression(value, names)?;
    let assign = value["assign"].as_str().map(|name| names.assign(name)).transpose()?;
    Ok(Condition { test, assign })
}

pub(super) fn expression(value: &Value, names: &Names) -> Result<Expr, String> {
    match value {
        Value::Bool(value) => Ok(Expr::Bool(*value)),
        Value::Number(number) => number.as_i64().map(Expr::Int).ok_or(format!("{number} is not an integer")),
        Value::String(value) => template(value, names),
        Value::Array(items) => Ok(Expr::List(expressions(items, names)?)),
        Value::Object(members) if members.contains_key("ref") => {
            names.slot(text(value, "ref")?).map(Expr::Ref)
        }
        Value::Object(_) => call(value, names),
        Value::Null => Err("`null` is not an expression".to_owned()),
    }
}

pub(super) fn expressions(items: &[Value], names: &Names) -> Result<&'static [Expr], String> {
    let items: Result<Vec<_>, _> = items.iter().map(|item| expression(item, names)).collect();
    items.map(leak)
}

fn call(value: &Value, names: &Names) -> Result<Expr, String> {
    let arguments = list(value, "argv")?;
    let name = text(value, "fn")?;
    if name == "getAttr" {
        let [of, Value::String(path)] = arguments else {
            return Err(format!("expected a value and a path as arguments of `getAttr`: {value}"));
        };
        return get_attr(expression(of, names)?, path);
    }
    Ok(Expr::Call(function(name)?, expressions(arguments, names)?))
}

fn function(name: &str) -> Result<Function, String> {
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
        other => return Err(format!("unknown function `{other}`")),
    })
}

fn get_attr(value: Expr, path: &str) -> Result<Expr, String> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, index) = match part.split_once('[') {
            Some((key, index)) => (key, Some(index)),
            None => (part, None),
        };
        if !key.is_empty() {
            steps.push(Step::Key(leak_str(key)));
        }
        if let Some(index) = index {
            let index = index.strip_suffix(']').and_then(|index| index.parse().ok());
            steps.push(Step::Index(index.ok_or_else(|| format!("invalid path `{path}`"))?));
        }
    }
    Ok(Expr::GetAttr(Box::leak(Box::new(value)), leak(steps)))
}

/// Parses a template. `{{` and `}}` are escaped braces; `{name}` and `{name#path}` are references.
fn template(text: &str, names: &Names) -> Result<Expr, String> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        plain.push_str(&rest[..at]);
        let (brace, behind) = rest[at..].split_at(1);
        if let Some(behind) = behind.strip_prefix(brace) {
            plain.push_str(brace);
            rest = behind;
            continue;
        }
        let inside = if brace == "{" { behind.split_once('}') } else { None };
        let (inside, behind) = inside.ok_or_else(|| format!("unmatched brace in `{text}`"))?;
        if !plain.is_empty() {
            parts.push(Expr::Str(leak_str(&std::mem::take(&mut plain))));
        }
        parts.push(match inside.split_once('#') {
            Some((name, path)) => get_attr(Expr::Ref(names.slot(name)?), path)?,
            None => Expr::Ref(names.slot(inside)?),
        });
        rest = behind;
    }
    plain.push_str(rest);
    if parts.is_empty() {
        return Ok(Expr::Str(leak_str(&plain)));
    }
    if !plain.is_empty() {
        parts.push(Expr::Str(leak_str(&plain)));
    }
    Ok(Expr::Template(leak(parts)))
}
