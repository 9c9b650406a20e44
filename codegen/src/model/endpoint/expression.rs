//! Parsing of expressions and conditions.

use super::functions;
use super::reader::{Object, Reader, all};
use super::scope::AssignError;
use super::types::Type;
use super::{Condition, Expr, Step};
use crate::ast::Node;
use crate::model::names;

/// The maximum nesting depth of expressions. Published models have a depth below 8.
const MAX_DEPTH: usize = 16;

/// Reads a condition. Returns it with the type of its value.
pub(super) fn condition(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<(Condition, Type)> {
    let members = reader.object(node, "a condition object with `fn` and `argv`")?;
    let (test, ty) = call(reader, node, &members, 0)?;
    let Some(name_node) = members.get("assign") else { return Some((Condition { test, assign: None }, ty)) };
    let name = reader.text(&name_node)?;
    assign(reader, &name_node, &name, ty)?;
    Some((Condition { test, assign: Some(name) }, ty))
}

/// Adds a variable to the scope.
pub(super) fn assign(reader: &mut Reader<'_>, node: &Node<'_>, name: &str, ty: Type) -> Option<()> {
    match reader.scope.assign(name, ty) {
        Ok(()) => Some(()),
        Err(AssignError::InScope) => {
            let message = format!("`{}` is already in scope", name.escape_debug());
            reader.report(node, message, "already in scope", "assign to another name")
        }
        Err(AssignError::TooMany) => {
            let help = "use at most 65,535 parameters and variables";
            reader.report(node, "too many variables", "limit exceeded here", help)
        }
    }
}

/// Reads an expression of the expected type.
pub(super) fn typed_expression(reader: &mut Reader<'_>, node: &Node<'_>, expected: Type) -> Option<Expr> {
    let (expr, ty) = expression(reader, node, 0)?;
    check_type(reader, node, expected, ty)?;
    Some(expr)
}

fn check_type(reader: &mut Reader<'_>, node: &Node<'_>, expected: Type, found: Type) -> Option<()> {
    if expected.accepts(found) {
        return Some(());
    }
    let label = format!("expected {}", expected.name());
    let message = format!("{label}, found {}", found.name());
    reader.report(node, message, &label, format!("use {}", expected.name()))
}

/// Reads an expression. Returns it with its type.
pub(super) fn expression(reader: &mut Reader<'_>, node: &Node<'_>, depth: usize) -> Option<(Expr, Type)> {
    if depth > MAX_DEPTH {
        let help = format!("nest expressions at most {MAX_DEPTH} levels deep");
        return reader.report(node, "expression is nested too deeply", "nested too deeply", help);
    }
    if let Some(value) = node.boolean() {
        return Some((Expr::Boolean(value), Type::Boolean));
    }
    if let Some(text) = node.string() {
        return template(reader, node, text);
    }
    if let Some(value) = node.integer() {
        return Some((Expr::Integer(value), Type::Integer));
    }
    if let Some(items) = node.items() {
        let items = all(items.iter().map(|item| expression(reader, item, depth + 1)))?;
        let is_strings = items.iter().all(|(_, ty)| *ty == Type::String);
        let ty = if is_strings { Type::Strings } else { Type::Any };
        return Some((Expr::List(items.into_iter().map(|(item, _)| item).collect()), ty));
    }
    let members = reader.object(node, "an expression")?;
    match members.get("ref") {
        Some(name_node) => {
            let name = reader.text(&name_node)?;
            let ty = reference(reader, &name_node, &name)?;
            Some((Expr::Ref(name), ty))
        }
        None => call(reader, node, &members, depth),
    }
}

fn reference(reader: &mut Reader<'_>, node: &Node<'_>, name: &str) -> Option<Type> {
    reader.scope.find(name).or_else(|| {
        let message = format!("cannot find parameter or variable `{}` in this scope", name.escape_debug());
        let help = format!("use one of {}", names::list(reader.scope.names()));
        reader.report(node, message, "not found in this scope", help)
    })
}

fn call(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    members: &Object<'_>,
    depth: usize,
) -> Option<(Expr, Type)> {
    let name_node = reader.required(node, members, "fn")?;
    let name = reader.text(&name_node)?;
    let arguments = reader.items(members.get("argv"), "an array of arguments")?;
    if name == "getAttr" {
        return get_attr(reader, node, arguments, depth);
    }
    let Some(function) = functions::find(&name) else {
        let message = format!("unknown function `{}`", name.escape_debug());
        let help = format!("use one of {}", names::list(functions::names()));
        return reader.report(&name_node, message, "unknown function", help);
    };
    let values = all(arguments.iter().enumerate().map(|(index, argument)| {
        let (value, ty) = expression(reader, argument, depth + 1)?;
        check_type(reader, argument, function.argument_type(index), ty)?;
        Some((value, ty))
    }))?;
    if !function.accepts_count(values.len()) {
        let at_least = if function.is_variadic { "at least " } else { "" };
        let expected = match function.arguments.len() {
            1 => "1 argument".to_owned(),
            count => format!("{at_least}{count} arguments"),
        };
        let message = format!("`{name}`: expected {expected}, found {}", values.len());
        return reader.report(node, message, &format!("expected {expected}"), format!("pass {expected}"));
    }
    let (values, types): (Vec<_>, Vec<_>) = values.into_iter().unzip();
    Some((Expr::Call(function, values), function.result_type(&types)))
}

fn get_attr(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    arguments: &[Node<'_>],
    depth: usize,
) -> Option<(Expr, Type)> {
    let [of, path_node] = arguments else {
        let message = format!("`getAttr`: expected 2 arguments, found {}", arguments.len());
        return reader.report(node, message, "expected 2 arguments", "pass a value and a path");
    };
    let of = expression(reader, of, depth + 1)?;
    let path = reader.text(path_node)?;
    attribute(reader, path_node, of, &path)
}

/// Returns the expression for the attribute of a value at a path, with its type.
fn attribute(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    (of, ty): (Expr, Type),
    path: &str,
) -> Option<(Expr, Type)> {
    let escaped = path.escape_debug();
    let Some(steps) = parse_path(path) else {
        let help = "write a path such as `resourceId[0]`";
        return reader.report(node, format!("invalid path `{escaped}`"), "invalid path", help);
    };
    match steps.iter().try_fold(ty, |ty, step| ty.attribute(step)) {
        Some(attribute_type) => Some((Expr::GetAttr(Box::new(of), steps), attribute_type)),
        None => {
            let message = format!("no attribute `{escaped}` in {}", ty.name());
            reader.report(node, message, "unknown attribute", "use an attribute of the value")
        }
    }
}

/// Parses a `getAttr` path, such as `resourceId[0]`.
fn parse_path(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, mut rest) = part.find('[').map_or((part, ""), |at| part.split_at(at));
        if !key.is_empty() {
            steps.push(Step::Key(key.to_owned()));
        } else if rest.is_empty() {
            return None;
        }
        while let Some(bracketed) = rest.strip_prefix('[') {
            let (index, after) = bracketed.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            rest = after;
        }
        if !rest.is_empty() {
            return None;
        }
    }
    Some(steps)
}

/// Parses a string with placeholders, such as `{Region}` or `{url#path}`. `{{` and `}}` are literal braces.
fn template(reader: &mut Reader<'_>, node: &Node<'_>, text: &str) -> Option<(Expr, Type)> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from_brace) = rest.split_at(at);
        literal.push_str(before);
        let (brace, after_brace) = from_brace.split_at(1);
        if let Some(after) = after_brace.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
            continue;
        }
        let placeholder = if brace == "{" { after_brace.split_once('}') } else { None };
        let Some((placeholder, after)) = placeholder else {
            let help = "close the placeholder, or double the brace if it is literal";
            return reader.report(node, "unmatched brace in template", "unmatched brace", help);
        };
        if !literal.is_empty() {
            parts.push(Expr::String(std::mem::take(&mut literal)));
        }
        parts.push(template_part(reader, node, placeholder)?);
        rest = after;
    }
    literal.push_str(rest);
    if parts.is_empty() {
        return Some((Expr::String(literal), Type::String));
    }
    if !literal.is_empty() {
        parts.push(Expr::String(literal));
    }
    let expr = match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => Expr::Template(parts.into_iter().chain(last).collect()),
    };
    Some((expr, Type::String))
}

fn template_part(reader: &mut Reader<'_>, node: &Node<'_>, placeholder: &str) -> Option<Expr> {
    let (name, path) = match placeholder.split_once('#') {
        Some((name, path)) => (name, Some(path)),
        None => (placeholder, None),
    };
    let variable = (Expr::Ref(name.to_owned()), reference(reader, node, name)?);
    let (part, ty) = match path {
        Some(path) => attribute(reader, node, variable, path)?,
        None => variable,
    };
    if !Type::String.accepts(ty) {
        let placeholder = placeholder.escape_debug();
        let message = format!("expected a string for `{{{placeholder}}}`, found {}", ty.name());
        return reader.report(node, message, "in this template", "use only strings in templates");
    }
    Some(part)
}
