//! Expressions and conditions.

use super::names::AssignError;
use super::reader::{Members, Reader, all};
use super::types::Type;
use super::{Condition, Expr, Slot, Step, functions};
use crate::ast::Node;
use crate::model::words;

/// How deep expressions may nest; those of models nest less than 8 deep.
const MAX_DEPTH: usize = 16;

/// A condition, and the type of its value.
pub(super) fn condition(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<(Condition, Type)> {
    let members = reader.object(node, "a condition: an object with `fn`, `argv`")?;
    let (test, ty) = call(reader, node, &members, 0)?;
    let Some(name_node) = members.get("assign") else { return Some((Condition { test, assign: None }, ty)) };
    let name = reader.text(&name_node)?;
    let slot = assign(reader, &name_node, &name, ty)?;
    Some((Condition { test, assign: Some(slot) }, ty))
}

/// A variable comes into scope.
pub(super) fn assign(reader: &mut Reader<'_>, node: &Node<'_>, name: &str, ty: Type) -> Option<Slot> {
    match reader.names.assign(name, ty) {
        Ok(slot) => Some(slot),
        Err(AssignError::InScope) => {
            let message = format!("`{}` is in scope already", name.escape_debug());
            reader.diagnostic(node, message, "assigned here", "assign another name")
        }
        Err(AssignError::TooMany) => {
            let help = "there may be 65,535 parameters and variables at most";
            reader.diagnostic(node, "there are too many variables", "one too many", help)
        }
    }
}

/// An expression that must be of that type.
pub(super) fn typed(reader: &mut Reader<'_>, node: &Node<'_>, expected: Type) -> Option<Expr> {
    let (expr, ty) = expression(reader, node, 0)?;
    fits(reader, node, expected, ty)?;
    Some(expr)
}

fn fits(reader: &mut Reader<'_>, node: &Node<'_>, expected: Type, found: Type) -> Option<()> {
    if expected.takes(found) {
        return Some(());
    }
    let message = format!("this must be {}, and is {}", expected.name(), found.name());
    reader.diagnostic(node, message, found.name(), format!("put {} here", expected.name()))
}

/// An expression and its type.
pub(super) fn expression(reader: &mut Reader<'_>, node: &Node<'_>, depth: usize) -> Option<(Expr, Type)> {
    if depth > MAX_DEPTH {
        let help = format!("expressions may nest {MAX_DEPTH} deep");
        return reader.diagnostic(node, "this expression nests too deep", "too deep", help);
    }
    if let Some(value) = node.boolean() {
        return Some((Expr::Boolean(value), Type::Boolean));
    }
    if let Some(text) = node.string() {
        return template(reader, node, &text);
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
            let (slot, ty) = reference(reader, &name_node, &name)?;
            Some((Expr::Ref(slot), ty))
        }
        None => call(reader, node, &members, depth),
    }
}

fn reference(reader: &mut Reader<'_>, node: &Node<'_>, name: &str) -> Option<(Slot, Type)> {
    reader.names.find(name).or_else(|| {
        let message = format!("there is no parameter or variable `{}` in scope here", name.escape_debug());
        let help = format!("in scope are {}", words::list(reader.names.all()));
        reader.diagnostic(node, message, "not in scope", help)
    })
}

fn call(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    members: &Members<'_>,
    depth: usize,
) -> Option<(Expr, Type)> {
    let name_node = reader.required(node, members, "fn")?;
    let name = reader.text(&name_node)?;
    let arguments = reader.items(members.get("argv"), "an array of arguments")?;
    if name == "getAttr" {
        return get_attr(reader, node, &arguments, depth);
    }
    let Some(function) = functions::find(&name) else {
        let message = format!("there is no function `{}`", name.escape_debug());
        let help = format!("functions are {}", words::list(functions::names()));
        return reader.diagnostic(&name_node, message, "no such function", help);
    };
    let values = all(arguments.iter().enumerate().map(|(index, argument)| {
        let (value, ty) = expression(reader, argument, depth + 1)?;
        fits(reader, argument, function.argument(index), ty)?;
        Some((value, ty))
    }))?;
    if !function.takes(values.len()) {
        let least = if function.is_variadic { "at least " } else { "" };
        let expected = match function.arguments.len() {
            1 => "1 argument".to_owned(),
            count => format!("{least}{count} arguments"),
        };
        let message = format!("`{name}` takes {expected}, not {}", values.len());
        return reader.diagnostic(node, message, "called here", "give it the arguments that it takes");
    }
    let (values, types): (Vec<_>, Vec<_>) = values.into_iter().unzip();
    Some((Expr::Call(function, values), function.returns(&types)))
}

fn get_attr(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    arguments: &[Node<'_>],
    depth: usize,
) -> Option<(Expr, Type)> {
    let [of, path_node] = arguments else {
        let message = format!("`getAttr` takes 2 arguments, not {}", arguments.len());
        return reader.diagnostic(node, message, "called here", "give it a value and a path");
    };
    let of = expression(reader, of, depth + 1)?;
    let path = reader.text(path_node)?;
    attribute(reader, path_node, of, &path)
}

/// What is at the end of a path.
fn attribute(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    (of, ty): (Expr, Type),
    path: &str,
) -> Option<(Expr, Type)> {
    let shown = path.escape_debug();
    let Some(steps) = steps(path) else {
        let help = "a path is such as `resourceId[0]`";
        return reader.diagnostic(node, format!("`{shown}` is no path"), "this path", help);
    };
    match steps.iter().try_fold(ty, |ty, step| ty.after(step)) {
        Some(end) => Some((Expr::GetAttr(Box::new(of), steps), end)),
        None => {
            let message = format!("there is no `{shown}` in {}", ty.name());
            reader.diagnostic(node, message, "this path", "name a part that it has")
        }
    }
}

fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, mut rest) = part.find('[').map_or((part, ""), |at| part.split_at(at));
        if !key.is_empty() {
            steps.push(Step::Key(key.to_owned()));
        } else if rest.is_empty() {
            return None;
        }
        while let Some(inside) = rest.strip_prefix('[') {
            let (index, behind) = inside.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            rest = behind;
        }
        if !rest.is_empty() {
            return None;
        }
    }
    Some(steps)
}

/// `{{` and `}}` are braces; what is in single ones is a name, perhaps with a path behind `#`.
fn template(reader: &mut Reader<'_>, node: &Node<'_>, text: &str) -> Option<(Expr, Type)> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let (brace, behind) = from.split_at(1);
        if let Some(behind) = behind.strip_prefix(brace) {
            plain.push_str(brace);
            rest = behind;
            continue;
        }
        let inside = if brace == "{" { behind.split_once('}') } else { None };
        let Some((inside, behind)) = inside else {
            let help = "close it, or double it where a brace is meant";
            return reader.diagnostic(node, "a brace is alone in this template", "in this text", help);
        };
        if !plain.is_empty() {
            parts.push(Expr::String(std::mem::take(&mut plain)));
        }
        parts.push(template_part(reader, node, inside)?);
        rest = behind;
    }
    plain.push_str(rest);
    if parts.is_empty() {
        return Some((Expr::String(plain), Type::String));
    }
    if !plain.is_empty() {
        parts.push(Expr::String(plain));
    }
    let expr = match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => Expr::Template(parts.into_iter().chain(last).collect()),
    };
    Some((expr, Type::String))
}

fn template_part(reader: &mut Reader<'_>, node: &Node<'_>, inside: &str) -> Option<Expr> {
    let (name, path) = match inside.split_once('#') {
        Some((name, path)) => (name, Some(path)),
        None => (inside, None),
    };
    let (slot, ty) = reference(reader, node, name)?;
    let (part, ty) = match path {
        Some(path) => attribute(reader, node, (Expr::Ref(slot), ty), path)?,
        None => (Expr::Ref(slot), ty),
    };
    if !Type::String.takes(ty) {
        let message = format!("`{{{}}}` must be a string, and is {}", inside.escape_debug(), ty.name());
        return reader.diagnostic(node, message, "in this template", "templates take strings only");
    }
    Some(part)
}
