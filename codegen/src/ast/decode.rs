//! Decoding helpers, and the top level of the file.
//!
//! A [`Decoder`] collects mistakes; each of its functions gives what could be read, so that one run finds
//! all.

use super::node::without_duplicates;
use super::{Apply, Ast, Entry, Node, ShapeType, Target, Trait, Version, shapes};
use crate::model::{ShapeId, is_identifier};
use crate::{Diagnostic, Diagnostics, Span};
use std::borrow::Cow;
use std::collections::BTreeSet;

const VERSIONS: &str = "supported are \"2.0\" (or \"2\") and \"1.0\" (or \"1\")";

/// Collects the mistakes of one file.
#[derive(Default)]
pub(super) struct Decoder {
    pub(super) diagnostics: Diagnostics,
}

/// Reads the top level of a file.
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
        unread: BTreeSet::new(),
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

/// The value of a property.
pub(super) fn find<'a>(entries: &[Entry<'a>], key: &str) -> Option<Node<'a>> {
    entries.iter().find(|entry| entry.key == key).map(|entry| entry.value)
}

impl<'a> Decoder {
    /// The [version](https://smithy.io/2.0/spec/model.html#smithy-version); `None` when it is not known.
    fn version(&mut self, root: Node<'a>, entries: &[Entry<'a>]) -> Option<Version> {
        let brace = Span { start: root.span().start, end: root.span().start.saturating_add(1) };
        let Some(node) = find(entries, "smithy") else {
            let diagnostic =
                Diagnostic::new(brace, "the model does not say which version of Smithy it is in")
                    .label("`smithy` is missing in this object")
                    .help(format!("add \"smithy\": \"2.0\"; {VERSIONS}"));
            self.diagnostics.push(diagnostic);
            return None;
        };
        match node.string().as_deref() {
            Some("1.0" | "1") => return Some(Version::V1),
            Some("2.0" | "2") => return Some(Version::V2),
            Some(other) => {
                let message = format!("Smithy version \"{}\" is not supported", other.escape_debug());
                let diagnostic = Diagnostic::new(node.span(), message).label("unknown version");
                self.diagnostics.push(diagnostic.help(VERSIONS));
            }
            None => self.diagnostics.push(node.unexpected("`smithy`", "a string").help(VERSIONS)),
        }
        None
    }

    /// Reads each shape on its own: a mistake in one leaves only that one out. A service stays, with what
    /// could be read of it: without one, nothing that it leads to would be looked at.
    fn shapes(&mut self, node: Node<'a>, ast: &mut Ast<'a>) {
        for entry in self.entries(node, "`shapes`", "shape").unwrap_or_default() {
            let before = self.diagnostics.iter().len();
            self.shape(&entry, ast);
            if self.diagnostics.iter().len() > before {
                let unread = ShapeId::parse(&entry.key);
                ast.shapes
                    .pop_if(|shape| Some(&shape.id) == unread.as_ref() && shape.ty != ShapeType::Service);
                ast.unread.extend(unread);
            }
        }
    }

    fn shape(&mut self, entry: &Entry<'a>, ast: &mut Ast<'a>) {
        let taker = format!("shape `{}`", entry.key.escape_debug());
        let Some(properties) = self.entries(entry.value, &taker, "property") else { return };
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

    /// The entries of an object, each key once.
    pub(super) fn entries(&mut self, node: Node<'a>, taker: &str, what: &str) -> Option<Vec<Entry<'a>>> {
        let Some(entries) = node.entries() else {
            self.diagnostics.push(node.unexpected(taker, "an object"));
            return None;
        };
        let (entries, duplicates) = without_duplicates(entries, what);
        duplicates.into_iter().for_each(|diagnostic| self.diagnostics.push(diagnostic));
        Some(entries)
    }

    /// A string property that an object must have.
    pub(super) fn required_string(
        &mut self,
        properties: &[Entry<'a>],
        key: &str,
        owner: &Entry<'a>,
    ) -> Option<Cow<'a, str>> {
        let Some(node) = find(properties, key) else {
            let message = format!("`{}` has no `{key}`", owner.key);
            let diagnostic = Diagnostic::new(owner.key_span, message).label(format!("`{key}` is missing"));
            self.diagnostics.push(diagnostic.help(format!("add \"{key}\" to this object")));
            return None;
        };
        self.string(node, key)
    }

    /// The string that a property takes.
    pub(super) fn string(&mut self, node: Node<'a>, property: &str) -> Option<Cow<'a, str>> {
        let string = node.string();
        if string.is_none() {
            self.diagnostics.push(node.unexpected(&format!("`{property}`"), "a string"));
        }
        string
    }

    /// An absolute shape id.
    pub(super) fn shape_id(&mut self, text: &str, span: Span) -> Option<ShapeId> {
        let id = ShapeId::parse(text);
        if id.is_none() {
            let message = format!("`{}` is not an absolute shape id", text.escape_debug());
            let help = "a shape id is written `namespace#Name`, with letters, digits and `_`";
            self.diagnostics.push(Diagnostic::new(span, message).label("not a shape id").help(help));
        }
        id
    }

    /// A member's name.
    pub(super) fn identifier(&mut self, text: &str, span: Span) -> bool {
        let valid = is_identifier(text);
        if !valid {
            let message = format!("`{}` is not a member name", text.escape_debug());
            let help = "a member name has letters, digits and `_`, and does not start with a digit";
            self.diagnostics.push(Diagnostic::new(span, message).label("not a name").help(help));
        }
        valid
    }

    /// A shape reference, `{"target": "namespace#Name"}`.
    pub(super) fn target(&mut self, node: Node<'a>, taker: &str) -> Option<Target> {
        let Some(entries) = node.entries() else {
            self.diagnostics
                .push(node.unexpected(taker, "a reference, such as {\"target\": \"smithy.api#String\"}"));
            return None;
        };
        let Some(target) = find(&entries, "target") else {
            let diagnostic = Diagnostic::new(node.span(), format!("{taker} has no `target`"));
            let help =
                "write it as {\"target\": \"smithy.api#String\"}, with the id of the shape that is meant";
            self.diagnostics.push(diagnostic.label("`target` is missing").help(help));
            return None;
        };
        let id = self.string(target, "target")?;
        Some(Target { id: self.shape_id(&id, target.span())?, span: target.span() })
    }

    /// An array of shape references; empty when the property is missing.
    pub(super) fn targets(&mut self, properties: &[Entry<'a>], key: &str) -> Vec<Target> {
        let Some(node) = find(properties, key) else { return Vec::new() };
        let Some(items) = node.items() else {
            self.diagnostics.push(node.unexpected(&format!("`{key}`"), "an array of references"));
            return Vec::new();
        };
        let taker = format!("an item of `{key}`");
        items.into_iter().filter_map(|item| self.target(item, &taker)).collect()
    }

    /// The traits of a shape or member.
    pub(super) fn traits(&mut self, properties: &[Entry<'a>]) -> Vec<Trait<'a>> {
        let Some(node) = find(properties, "traits") else { return Vec::new() };
        let entries = self.entries(node, "`traits`", "trait").unwrap_or_default();
        entries.into_iter().map(|e| Trait { id: e.key, span: e.key_span, value: e.value }).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::ast::{Version, parse};

    /// `offset message` of each mistake.
    fn found(source: &str) -> Vec<String> {
        let diagnostics = parse(source).map_or_else(|diagnostics| diagnostics, |ast| ast.diagnostics);
        diagnostics.iter().map(|m| format!("«{}» {}", &source[m.span.start..m.span.end], m.message)).collect()
    }

    #[test]
    fn the_version_is_read_in_each_of_its_forms() {
        for (text, version) in
            [("1", Version::V1), ("1.0", Version::V1), ("2", Version::V2), ("2.0", Version::V2)]
        {
            let source = format!("{{\"smithy\": \"{text}\"}}");
            assert_eq!(parse(&source).unwrap().version, version);
        }
    }

    #[test]
    fn a_version_that_is_missing_or_unknown_is_an_error_that_names_the_supported_ones() {
        assert_eq!(found("{}"), ["«{» the model does not say which version of Smithy it is in"]);
        assert_eq!(found(r#"{"smithy": "3.0"}"#), ["«\"3.0\"» Smithy version \"3.0\" is not supported"]);
        assert_eq!(found(r#"{"smithy": 2}"#), ["«2» `smithy` takes a string, not a number"]);
        let diagnostics = parse(r#"{"smithy": "3.0"}"#).unwrap_err();
        let help = diagnostics.iter().next().unwrap().help.clone().unwrap();
        assert_eq!(help, "supported are \"2.0\" (or \"2\") and \"1.0\" (or \"1\")");
    }

    #[test]
    fn what_is_defined_twice_is_an_error() {
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
    fn properties_of_the_wrong_form_are_all_found() {
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
                "«1» `metadata` takes an object, not a number",
                "«\"strin\"» there is no shape type `strin`",
                "«\"A\"» `A` is not an absolute shape id",
                "«7» shape `a#C` takes an object, not a number",
                "«\"a#D\"» `a#D` has no `type`",
                "«\"a#A\"» member `member` takes a reference, such as {\"target\": \"smithy.api#String\"}, not a string",
                "«\"1x\"» `1x` is not a member name",
                "«{}» member `y` has no `target`",
                "«[]» `traits` takes an object, not an array",
                "«1» `version` takes a string, not a number",
                "«{}» `operations` takes an array of references, not an object",
                "«\"b\"» `b` is not an absolute shape id",
            ]
        );
    }

    #[test]
    fn unknown_properties_and_any_trait_are_accepted() {
        let source = "\u{feff}{\"smithy\": \"2\", \"extra\": [1], \"shapes\": {\"a#A\": {\"type\": \"string\", \"x\": 1,
            \"traits\": {\"a#b\": [[{}]], \"no id\": null}}}}";
        let ast = parse(source).unwrap();
        let shape = &ast.shapes[0];
        assert_eq!(&source[shape.span.start..shape.span.end], "\"a#A\"");
        assert_eq!(shape.traits[0].value.raw(), "[[{}]]");
    }
}
