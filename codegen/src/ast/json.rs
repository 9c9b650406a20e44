//! The front end for [JSON AST](https://smithy.io/2.0/spec/json-ast.html) 1.0 and 2.0.
//!
//! Properties that the specification does not list are accepted, as in the reference loader.

mod decode;
mod file;
mod shapes;
mod syntax;
mod values;

use super::arena::Arena;
use super::node::Node;
use super::tree::Ast;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// Parses the text of a file.
///
/// # Errors
/// Returns an error if the text is not valid JSON or its Smithy version is missing or unsupported. Structural
/// errors in single shapes are collected in [`Ast::diagnostics`] instead.
pub(super) fn parse<'a>(file: FileId, text: &'a str, arena: &'a Arena) -> Result<Ast<'a>, Diagnostics> {
    file::read(parse_value(file, text, arena)?, arena)
}

/// Parses a JSON text into nodes.
pub(super) fn parse_value<'a>(file: FileId, text: &'a str, arena: &'a Arena) -> Result<Node<'a>, Diagnostic> {
    syntax::check(file, text)?;
    values::parse(file, text, arena).ok_or_else(|| Diagnostic::new(Span::new(file, 0, 0), "invalid JSON"))
}
