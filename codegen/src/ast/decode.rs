//! Decoding of the top-level properties, and helpers shared by all decoding functions.
//!
//! A [`Decoder`] collects diagnostics. Its functions return the parts that could be decoded, so one run
//! reports all errors.

use super::node::remove_duplicates;
use super::{Apply, Ast, Entry, Node, ShapeType, Target, Trait, Version, shapes};
use crate::shape_id::{ShapeId, is_identifier};
use crate::{Diagnostic, Diagnostics, Span};
use std::borrow::Cow;
use std::collections::BTreeSet;

const VERSIONS: &str = "supported versions: \"2.0\" (or \"2\") and \"1.0\" (or \"1\")";

/// Collects the diagnostics of a file.
#[derive(Default)]
pub(super) struct Decoder {
    pub(super) diagnostics: Diagnostics,
}

/// Decodes a model file.
pub(super) fn file(root: Node<'_>) -> Result<Ast<'_>, Diagnostics> {
    let mut decoder = Decoder::default();
    let Some(entries) = decoder.entries(root, "a model", "property") else {
        return Err(decoder.diagnostics);
    };
    let version = decoder.version(root, &entries);
    let mut ast = Ast {
        version: version.unwrap_or(Version::V2),
        shapes: Vec::new(),
        applies: Vec::new(),
        diagnostics: Diagnostics::default(),
        invalid_shapes: BTreeSet::new(),
    };
    if let Some(node) = find(&entries, "metadata")
        && node.entries().is_none()
    {
        decoder.diagnostics.push(node.unexpected("`metadata`", "an object"));
    }
    if let Some(node) = find(&entries, "shapes") {
        decoder.shapes(node, &mut ast);
    }
    if version.is_none() {
        return decoder.diagnostics.into_result(ast);
    }
    ast.diagnostics = decoder.diagnostics;
    Ok(ast)
}

/// Returns the value of a property.
pub(super) fn find<'a>(entries: &[Entry<'a>], key: &str) -> Option<Node<'a>> {
    entries.iter().find(|entry| entry.key == key).map(|entry| entry.value)
}

impl<'a> Decoder {
    /// Decodes the [version](https://smithy.io/2.0/spec/model.html#smithy-version). Returns `None` if it is missing
    /// or unsupported.
    fn version(&mut self, root: Node<'a>, entries: &[Entry<'a>]) -> Option<Version> {
        let brace = Span { start: root.span().start, end: root.span().start.saturating_add(1) };
        let Some(node) = find(entries, "smithy") else {
            let diagnostic = Diagnostic::new(brace, "missing Smithy version")
                .label("no `smithy` property in this object")
                .help(format!("add \"smithy\": \"2.0\"; {VERSIONS}"));
            self.diagnostics.push(diagnostic);
            return None;
        };
        match node.string().as_deref() {
            Some("1.0" | "1") => return Some(Version::V1),
            Some("2.0" | "2") => return Some(Version::V2),
            Some(other) => {
                let message = format!("unsupported Smithy version \"{}\"", other.escape_debug());
                let diagnostic = Diagnostic::new(node.span(), message).label("unsupported version");
                self.diagnostics.push(diagnostic.help(VERSIONS));
            }
            None => self.diagnostics.push(node.unexpected("`smithy`", "a string").help(VERSIONS)),
        }
        None
    }

    /// Decodes the shapes and discards those with errors. A service with errors is retained, because its
    /// closure could not be checked without it.
    fn shapes(&mut self, node: Node<'a>, ast: &mut Ast<'a>) {
        for entry in self.entries(node, "`shapes`", "shape").unwrap_or_default() {
            let before = self.diagnostics.iter().len();
            self.shape(&entry, ast);
            if self.diagnostics.iter().len() > before {
                let invalid = ShapeId::parse(&entry.key);
                ast.shapes
                    .pop_if(|shape| Some(&shape.id) == invalid.as_ref() && shape.ty != ShapeType::Service);
                ast.invalid_shapes.extend(invalid);
            }
        }
    }

    fn shape(&mut self, entry: &Entry<'a>, ast: &mut Ast<'a>) {
        let context = format!("shape `{}`", entry.key.escape_debug());
        let Some(properties) = self.entries(entry.value, &context, "property") else { return };
        let Some(ty) = self.required_string(&properties, "type", entry) else { return };
        if ty == "apply" {
            ast.applies.extend(self.apply(entry, &properties));
        } else if let Some(id) = self.shape_id(&entry.key, entry.key_span) {
            ast.shapes.extend(shapes::shape(self, id, entry, &ty, &properties));
        }
    }

    fn apply(&mut self, entry: &Entry<'a>, properties: &[Entry<'a>]) -> Option<Apply<'a>> {
        let (shape, member) = match entry.key.split_once('$') {
            Some((shape, member)) => (shape, Some(member.to_owned())),
            None => (entry.key.as_ref(), None),
        };
        let shape = self.shape_id(shape, entry.key_span)?;
        Some(Apply { shape, member, span: entry.key_span, traits: self.traits(properties) })
    }

    /// Decodes the entries of an object. Duplicate keys are reported as duplicate definitions of a `kind`,
    /// such as "member".
    pub(super) fn entries(&mut self, node: Node<'a>, context: &str, kind: &str) -> Option<Vec<Entry<'a>>> {
        let Some(entries) = node.entries() else {
            self.diagnostics.push(node.unexpected(context, "an object"));
            return None;
        };
        let (entries, duplicates) = remove_duplicates(entries, kind);
        duplicates.into_iter().for_each(|diagnostic| self.diagnostics.push(diagnostic));
        Some(entries)
    }

    /// Decodes a required string property.
    pub(super) fn required_string(
        &mut self,
        properties: &[Entry<'a>],
        key: &str,
        owner: &Entry<'a>,
    ) -> Option<Cow<'a, str>> {
        let Some(node) = find(properties, key) else {
            let message = format!("`{}` has no `{key}` property", owner.key);
            let diagnostic = Diagnostic::new(owner.key_span, message).label(format!("`{key}` is missing"));
            self.diagnostics.push(diagnostic.help(format!("add \"{key}\" to this object")));
            return None;
        };
        self.string(node, key)
    }

    /// Decodes the string value of a property.
    pub(super) fn string(&mut self, node: Node<'a>, property: &str) -> Option<Cow<'a, str>> {
        let string = node.string();
        if string.is_none() {
            self.diagnostics.push(node.unexpected(&format!("`{property}`"), "a string"));
        }
        string
    }

    /// Parses an absolute shape id.
    pub(super) fn shape_id(&mut self, text: &str, span: Span) -> Option<ShapeId> {
        let id = ShapeId::parse(text);
        if id.is_none() {
            let message = format!("`{}` is not an absolute shape id", text.escape_debug());
            let help =
                "an absolute shape id has the form `namespace#Name`; names contain letters, digits and `_`";
            self.diagnostics.push(Diagnostic::new(span, message).label("not a shape id").help(help));
        }
        id
    }

    /// Checks a member name or shape name, and returns true if it is valid.
    pub(super) fn identifier(&mut self, text: &str, span: Span) -> bool {
        let valid = is_identifier(text);
        if !valid {
            let message = format!("`{}` is not a valid name", text.escape_debug());
            let help = "a name contains letters, digits and `_`, and does not start with a digit";
            self.diagnostics.push(Diagnostic::new(span, message).label("invalid name").help(help));
        }
        valid
    }

    /// Decodes a shape reference, `{"target": "namespace#Name"}`.
    pub(super) fn target(&mut self, node: Node<'a>, context: &str) -> Option<Target> {
        let Some(entries) = node.entries() else {
            self.diagnostics
                .push(node.unexpected(context, "a reference, such as {\"target\": \"smithy.api#String\"}"));
            return None;
        };
        let Some(target) = find(&entries, "target") else {
            let diagnostic = Diagnostic::new(node.span(), format!("{context} has no `target` property"));
            let help = "write {\"target\": \"smithy.api#String\"} with the id of the target shape";
            self.diagnostics.push(diagnostic.label("`target` is missing").help(help));
            return None;
        };
        let id = self.string(target, "target")?;
        Some(Target { id: self.shape_id(&id, target.span())?, span: target.span() })
    }

    /// Decodes an array of shape references, empty if the property is missing.
    pub(super) fn targets(&mut self, properties: &[Entry<'a>], key: &str) -> Vec<Target> {
        let Some(node) = find(properties, key) else { return Vec::new() };
        let Some(items) = node.items() else {
            self.diagnostics.push(node.unexpected(&format!("`{key}`"), "an array of references"));
            return Vec::new();
        };
        let context = format!("item of `{key}`");
        items.into_iter().filter_map(|item| self.target(item, &context)).collect()
    }

    /// Decodes the traits of a shape or member.
    pub(super) fn traits(&mut self, properties: &[Entry<'a>]) -> Vec<Trait<'a>> {
        let Some(node) = find(properties, "traits") else { return Vec::new() };
        let entries = self.entries(node, "`traits`", "trait").unwrap_or_default();
        entries.into_iter().map(|e| Trait { id: e.key, span: e.key_span, value: e.value }).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::ast::{Version, parse};

    /// Returns `«source text» message` of each diagnostic.
    fn found(source: &str) -> Vec<String> {
        let diagnostics = parse(source).map_or_else(|diagnostics| diagnostics, |ast| ast.diagnostics);
        diagnostics.iter().map(|m| format!("«{}» {}", &source[m.span.start..m.span.end], m.message)).collect()
    }

    #[test]
    fn decodes_all_supported_versions() {
        for (text, version) in
            [("1", Version::V1), ("1.0", Version::V1), ("2", Version::V2), ("2.0", Version::V2)]
        {
            let source = format!("{{\"smithy\": \"{text}\"}}");
            assert_eq!(parse(&source).unwrap().version, version);
        }
    }

    #[test]
    fn rejects_missing_and_unsupported_versions() {
        assert_eq!(found("{}"), ["«{» missing Smithy version"]);
        assert_eq!(found(r#"{"smithy": "3.0"}"#), ["«\"3.0\"» unsupported Smithy version \"3.0\""]);
        assert_eq!(found(r#"{"smithy": 2}"#), ["«2» `smithy`: expected a string, found a number"]);
        let diagnostics = parse(r#"{"smithy": "3.0"}"#).unwrap_err();
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
        let source = "\u{feff}{\"smithy\": \"2\", \"extra\": [1], \"shapes\": {\"a#A\": {\"type\": \"string\", \"x\": 1,
            \"traits\": {\"a#b\": [[{}]], \"no id\": null}}}}";
        let ast = parse(source).unwrap();
        let shape = &ast.shapes[0];
        assert_eq!(&source[shape.span.start..shape.span.end], "\"a#A\"");
        assert_eq!(shape.traits[0].value.raw(), "[[{}]]");
    }
}
