//! Stage 1: the syntax tree of a model, with the source span of each element.
//!
//! [`load`] reports structural errors: invalid JSON, properties of the wrong type, duplicate and conflicting
//! definitions. References and trait values are checked by the next stage. Trait values stay uninterpreted
//! [`Node`]s, because a model may apply any number of traits that the generator does not use.
//!
//! A front end reads one format and produces the tree: [`json`] for JSON AST. The trees of several files are
//! merged into one.

mod arena;
mod json;
mod merge;
mod node;
mod tree;

pub(crate) use arena::Arena;
pub(crate) use node::{Entry, Node, Value};
pub(crate) use tree::*;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Source, Span};

/// Parses the files of a model and merges them. The arena is the memory of the tree.
///
/// # Errors
/// Returns an error if a file is not valid UTF-8 or JSON, or its Smithy version is missing or unsupported.
/// Structural errors in single shapes are collected in [`Ast::diagnostics`] instead: the other shapes are
/// parsed, and resolution returns them as an error.
pub(crate) fn load<'a>(sources: &'a [Source], arena: &'a Arena) -> Result<Ast<'a>, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let mut trees = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        match parse(FileId::new(index), source, arena) {
            Ok(tree) => trees.push(tree),
            Err(errors) => diagnostics.extend(errors),
        }
    }
    let tree = merge::merge(trees, arena);
    if !diagnostics.is_empty() {
        diagnostics.extend(tree.diagnostics.clone());
    }
    diagnostics.into_result(tree)
}

fn parse<'a>(file: FileId, source: &'a Source, arena: &'a Arena) -> Result<Ast<'a>, Diagnostics> {
    if let Some((start, end)) = source.invalid_utf8() {
        let diagnostic = Diagnostic::new(Span::new(file, start, end), "the model is not valid UTF-8")
            .label("invalid UTF-8")
            .help("save the file as UTF-8, which JSON requires");
        return Err(diagnostic.into());
    }
    if u32::try_from(source.text().len()).is_err() {
        let diagnostic = Diagnostic::new(Span::new(file, 0, 0), "the model is larger than 4 GiB");
        return Err(diagnostic.help("split the model into several files").into());
    }
    json::parse(file, source.text(), arena)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns `file:start-end message` of each diagnostic.
    fn errors(files: &[&[u8]]) -> Vec<String> {
        let sources: Vec<_> = files.iter().map(|bytes| Source::new("", bytes)).collect();
        let arena = Arena::new();
        let diagnostics = load(&sources, &arena).err().unwrap_or_default();
        let describe = |diagnostic: &Diagnostic| {
            let span = diagnostic.span;
            format!("{}:{}-{} {}", span.file.index(), span.start, span.end, diagnostic.message)
        };
        diagnostics.iter().map(describe).collect()
    }

    #[test]
    fn reports_errors_of_all_files_in_order() {
        let unknown = br#"{"smithy": "2", "shapes": {"a#A": {"type": "x"}}}"#;
        assert_eq!(
            errors(&[b"{", unknown, b"{}", b"{\"\xFF"]),
            [
                "0:0-1 unexpected end of JSON: EOF while parsing an object",
                "1:43-46 unknown shape type `x`",
                "2:0-1 missing Smithy version",
                "3:2-5 the model is not valid UTF-8",
            ]
        );
        assert_eq!(errors(&[br#"{"smithy": "2"}"#, br#"{"smithy": "1"}"#]), [""; 0]);
    }
}
