//! Helpers for unit tests: small models and their diagnostics.

use super::{Member, Model, Selection, Shape, ShapeKind, resolve};
use crate::Diagnostics;
use crate::ast::{self, Arena, Ast};
use crate::shape_id::ShapeId;
use crate::source::Source;

/// Returns a model with a service `a#S`, an operation `a#Op` (`POST /op`) with input `a#In`, and `shapes`,
/// which must define `a#In`. `shapes` starts on the second line.
pub(crate) fn model(shapes: &str) -> String {
    format!("{HEAD}\n{shapes}\n{TAIL}")
}

const HEAD: &str = r#"{"smithy": "2.0", "shapes": {"#;

const TAIL: &str = r#", "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Op"}],
  "traits": {"aws.protocols#restJson1": {}}},
"a#Op": {"type": "operation", "input": {"target": "a#In"},
  "traits": {"smithy.api#http": {"method": "POST", "uri": "/op"}}}
}}"#;

/// Returns a structure `a#In` with these members.
pub(crate) fn input(members: &str) -> String {
    format!(r#""a#In": {{"type": "structure", "members": {{{members}}}}}"#)
}

/// Parses and resolves a model.
pub(crate) fn load(source: &str) -> Result<Model, Diagnostics> {
    load_all(&[source])
}

/// Parses and resolves a model in several files.
pub(crate) fn load_all<T: AsRef<[u8]>>(files: &[T]) -> Result<Model, Diagnostics> {
    let (model, diagnostics) = select(files, Selection::default())?;
    diagnostics.into_result(model)
}

/// Parses a model and resolves the selected service.
pub(crate) fn select<T: AsRef<[u8]>>(
    files: &[T],
    selection: Selection<'_>,
) -> Result<(Model, Diagnostics), Diagnostics> {
    with_ast(files, |ast| resolve(&ast?, selection))
}

/// Parses a model in several files and returns the result of `read`.
pub(crate) fn with_ast<F: AsRef<[u8]>, T>(
    files: &[F],
    read: impl FnOnce(Result<Ast<'_>, Diagnostics>) -> T,
) -> T {
    let sources: Vec<_> = files.iter().map(|file| Source::new("", file)).collect();
    let arena = Arena::new();
    read(ast::load(&sources, &arena))
}

/// Resolves a model with these shapes, which must be valid.
pub(crate) fn resolved(shapes: &str) -> Model {
    match load(&model(shapes)) {
        Ok(model) => model,
        Err(diagnostics) => panic!("{:#?}", describe(&model(shapes), &diagnostics)),
    }
}

/// Returns a shape of the model.
pub(crate) fn shape<'m>(model: &'m Model, id: &str) -> &'m Shape {
    model.shape(&ShapeId::parse(id).unwrap())
}

/// Returns a member of a structure or union.
pub(crate) fn member<'m>(model: &'m Model, id: &str, name: &str) -> &'m Member {
    match &shape(model, id).kind {
        ShapeKind::Structure(members) | ShapeKind::Union(members) => {
            members.iter().find(|member| member.name == name).unwrap()
        }
        _ => panic!("{id} has no members"),
    }
}

/// Returns the diagnostics for a model with these shapes, as `line:column «marked text» message`.
pub(crate) fn diagnostics(shapes: &str) -> Vec<String> {
    diagnostics_in(&model(shapes))
}

/// Returns the diagnostics for an entire model.
pub(crate) fn diagnostics_in(source: &str) -> Vec<String> {
    load(source).map(|_| Vec::new()).unwrap_or_else(|diagnostics| describe(source, &diagnostics))
}

/// Returns the help of each diagnostic for an entire model.
pub(crate) fn helps(source: &str) -> Vec<String> {
    let diagnostics = load(source).err().unwrap_or_default();
    diagnostics.iter().map(|diagnostic| diagnostic.help.clone().unwrap_or_default()).collect()
}

fn describe(source: &str, diagnostics: &Diagnostics) -> Vec<String> {
    let describe = |diagnostic: &crate::Diagnostic| {
        let range = diagnostic.span.range();
        let before = &source[..range.start];
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |i| i + 1) + 1;
        let marked: String = source[range].chars().take(60).collect();
        format!("{line}:{column} «{marked}» {}", diagnostic.message)
    };
    diagnostics.iter().map(describe).collect()
}
