//! Decoding of the [top level properties](https://smithy.io/2.0/spec/json-ast.html#top-level-properties).

use super::decode::{Decoder, find};
use super::shapes;
use crate::ast::arena::Arena;
use crate::ast::node::{Entry, Node};
use crate::ast::tree::{Apply, Ast, ShapeType, Version};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::shape_id::ShapeId;
use crate::source::Span;

const VERSIONS: &str = "supported versions: \"2.0\" (or \"2\") and \"1.0\" (or \"1\")";

/// Decodes a model file.
pub(super) fn read<'a>(root: Node<'a>, arena: &'a Arena) -> Result<Ast<'a>, Diagnostics> {
    let mut decoder = Decoder { diagnostics: Diagnostics::default(), version: Version::V2 };
    let Some(entries) = decoder.entries(root, "a model", "property") else {
        return Err(decoder.diagnostics);
    };
    let version = version(&mut decoder, root, &entries);
    decoder.version = version.unwrap_or(Version::V2);
    let mut ast = Ast::new(arena);
    if let Some(node) = find(&entries, "metadata") {
        ast.metadata = decoder.entries(node, "`metadata`", "metadata key").unwrap_or_default();
    }
    if let Some(node) = find(&entries, "shapes") {
        shapes(&mut decoder, node, &mut ast);
    }
    if version.is_none() {
        return decoder.diagnostics.into_result(ast);
    }
    ast.diagnostics = decoder.diagnostics;
    Ok(ast)
}

/// Decodes the [version](https://smithy.io/2.0/spec/model.html#smithy-version). Returns `None` if it is missing
/// or unsupported.
fn version(decoder: &mut Decoder, root: Node<'_>, entries: &[Entry<'_>]) -> Option<Version> {
    let start = root.span().start;
    let brace = Span { end: start.saturating_add(1), ..root.span() };
    let Some(node) = find(entries, "smithy") else {
        let diagnostic = Diagnostic::new(brace, "missing Smithy version")
            .label("no `smithy` property in this object")
            .help(format!("add \"smithy\": \"2.0\"; {VERSIONS}"));
        decoder.diagnostics.push(diagnostic);
        return None;
    };
    match node.string() {
        Some("1.0" | "1") => return Some(Version::V1),
        Some("2.0" | "2") => return Some(Version::V2),
        Some(other) => {
            let message = format!("unsupported Smithy version \"{}\"", other.escape_debug());
            let diagnostic = Diagnostic::new(node.span(), message).label("unsupported version");
            decoder.diagnostics.push(diagnostic.help(VERSIONS));
        }
        None => decoder.diagnostics.push(node.unexpected("`smithy`", "a string").help(VERSIONS)),
    }
    None
}

/// Decodes the shapes and discards those with errors. A service with errors is retained, because its
/// closure could not be checked without it.
fn shapes<'a>(decoder: &mut Decoder, node: Node<'a>, ast: &mut Ast<'a>) {
    for entry in decoder.entries(node, "`shapes`", "shape").unwrap_or_default() {
        let before = decoder.diagnostics.iter().len();
        shape(decoder, &entry, ast);
        if decoder.diagnostics.iter().len() > before {
            let invalid = ShapeId::parse(entry.key);
            ast.shapes.pop_if(|shape| Some(&shape.id) == invalid.as_ref() && shape.ty != ShapeType::Service);
            ast.invalid_shapes.extend(invalid);
        }
    }
}

fn shape<'a>(decoder: &mut Decoder, entry: &Entry<'a>, ast: &mut Ast<'a>) {
    let context = format!("shape `{}`", entry.key.escape_debug());
    let Some(properties) = decoder.entries(entry.value, &context, "property") else { return };
    let Some(ty) = decoder.required_string(&properties, "type", entry) else { return };
    if ty == "apply" {
        ast.applies.extend(apply(decoder, entry, &properties));
    } else if let Some(id) = decoder.shape_id(entry.key, entry.key_span) {
        ast.shapes.extend(shapes::shape(decoder, id, entry, ty, &properties));
    }
}

fn apply<'a>(decoder: &mut Decoder, entry: &Entry<'a>, properties: &[Entry<'a>]) -> Option<Apply<'a>> {
    let (shape, member) = match entry.key.split_once('$') {
        Some((shape, member)) => (shape, Some(member)),
        None => (entry.key, None),
    };
    let shape = decoder.shape_id(shape, entry.key_span)?;
    Some(Apply { shape, member, span: entry.key_span, traits: decoder.traits(properties) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::json::parse;
    use crate::source::FileId;

    /// Parses a file and returns the result of `read`.
    fn parsed<T>(source: &str, read: impl FnOnce(Result<Ast<'_>, Diagnostics>) -> T) -> T {
        read(parse(FileId::default(), source, &Arena::new()))
    }

    /// Returns `«source text» message` of each diagnostic.
    fn found(source: &str) -> Vec<String> {
        let diagnostics =
            parsed(source, |result| result.map_or_else(|diagnostics| diagnostics, |ast| ast.diagnostics));
        diagnostics.iter().map(|m| format!("«{}» {}", &source[m.span.range()], m.message)).collect()
    }

    #[test]
    fn decodes_all_supported_versions() {
        for (text, version) in
            [("1", Version::V1), ("1.0", Version::V1), ("2", Version::V2), ("2.0", Version::V2)]
        {
            let source = format!(r#"{{"smithy": "{text}", "shapes": {{"a#A": {{"type": "string"}}}}}}"#);
            parsed(&source, |ast| assert_eq!(ast.unwrap().shapes[0].version, version));
        }
    }

    #[test]
    fn rejects_missing_and_unsupported_versions() {
        assert_eq!(found("{}"), ["«{» missing Smithy version"]);
        assert_eq!(found(r#"{"smithy": "3.0"}"#), ["«\"3.0\"» unsupported Smithy version \"3.0\""]);
        assert_eq!(found(r#"{"smithy": 2}"#), ["«2» `smithy`: expected a string, found a number"]);
        let diagnostics = parsed(r#"{"smithy": "3.0"}"#, |result| result.unwrap_err());
        let help = diagnostics.iter().next().unwrap().help.clone().unwrap();
        assert_eq!(help, "supported versions: \"2.0\" (or \"2\") and \"1.0\" (or \"1\")");
    }

    #[test]
    fn rejects_duplicate_definitions() {
        let source = r#"{"smithy": "2", "shapes": {
            "a#A": {"type": "string", "traits": {"a#t": 1, "a#t": 2}},
            "a#A": {"type": "blob"},
            "a#B": {"type": "structure", "members": {"x": {"target": "a#A"}, "\u0078": {"target": "a#A"}}}}}"#;
        assert_eq!(
            found(source),
            [
                "«\"a#A\"» shape `a#A` is defined twice",
                "«\"a#t\"» trait `a#t` is defined twice",
                "«\"\\u0078\"» member `x` is defined twice",
            ]
        );
    }

    #[test]
    fn reports_all_invalid_properties() {
        let source = r#"{"smithy": "2", "metadata": 1, "shapes": {
            "a#A": {"type": "strin"},
            "A": {"type": "string"},
            "a#C": 7,
            "a#D": {},
            "a#E": {"type": "list", "member": "a#A"},
            "a#F": {"type": "structure", "members": {"1x": {"target": "a#A"}, "y": {}}, "traits": []},
            "a#G": {"type": "service", "version": 1, "operations": {}, "rename": {"b": "c d"}}}}"#;
        assert_eq!(
            found(source),
            [
                "«1» `metadata`: expected an object, found a number",
                "«\"strin\"» unknown shape type `strin`",
                "«\"A\"» `A` is not an absolute shape id",
                "«7» shape `a#C`: expected an object, found a number",
                "«\"a#D\"» `a#D` has no `type` property",
                "«\"a#A\"» member `member`: expected a reference, such as {\"target\": \"smithy.api#String\"}, found a string",
                "«\"1x\"» `1x` is not a valid name",
                "«{}» member `y` has no `target` property",
                "«[]» `traits`: expected an object, found an array",
                "«1» `version`: expected a string, found a number",
                "«{}» `operations`: expected an array of references, found an object",
                "«\"b\"» `b` is not an absolute shape id",
            ]
        );
    }

    #[test]
    fn accepts_unknown_properties_and_traits() {
        let source =
            "{\"smithy\": \"2\", \"extra\": [1], \"shapes\": {\"a#A\": {\"type\": \"string\", \"x\": 1,
            \"traits\": {\"a#b\": [[{}]], \"no id\": null}}}}";
        parsed(source, |ast| {
            let ast = ast.unwrap();
            let shape = &ast.shapes[0];
            assert_eq!(&source[shape.span.range()], "\"a#A\"");
            assert_eq!(shape.traits[0].value.to_string(), "[[{}]]");
        });
    }
}
