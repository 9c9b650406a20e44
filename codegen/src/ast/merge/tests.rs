//! Tests of merging files, each with the definitions of its shapes or its metadata.

use crate::ast::{Arena, Ast, Version, load};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// Loads a model of Smithy 2.0 files with these properties and returns the result of `read`.
fn merged<T>(files: &[&str], read: impl FnOnce(&[Source], Ast<'_>) -> T) -> T {
    let text = |properties: &&str| format!(r#"{{"smithy": "2", {properties}}}"#);
    let sources: Vec<_> = files.iter().map(|file| Source::new("", text(file))).collect();
    let arena = Arena::new();
    read(&sources, load(&sources, &arena).unwrap())
}

/// Returns `message: file «text» label, file «text» label` of each diagnostic.
fn conflicts(files: &[&str]) -> Vec<String> {
    merged(files, |sources, ast| {
        let marked = |span: Span, label: &str| {
            let file = span.file.index();
            format!("{file} «{}» {label}", &sources[file].text()[span.range()])
        };
        let describe = |diagnostic: &Diagnostic| {
            let related = diagnostic.related.iter().map(|(span, label)| marked(*span, label));
            let spans: Vec<_> =
                std::iter::once(marked(diagnostic.span, &diagnostic.label)).chain(related).collect();
            format!("{}: {}", diagnostic.message, spans.join(", "))
        };
        ast.diagnostics.iter().map(describe).collect()
    })
}

/// Returns the conflict of the shapes in two files.
fn conflict(first: &str, second: &str) -> String {
    let shapes = |shapes: &str| format!(r#""shapes": {{{shapes}}}"#);
    let conflicts = conflicts(&[&shapes(first), &shapes(second)]);
    assert!(conflicts.len() <= 1, "{conflicts:?}");
    let conflict = conflicts.into_iter().next().unwrap_or_default();
    conflict.replace("conflicting definitions of shape ", "")
}

const STRUCTURE: &str = r#""a#A": {"type": "structure", "members": {
    "x": {"target": "a#B"}, "y": {"target": "a#C"}}}"#;

const SERVICE: &str = r#""a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}, {"target": "a#P"}],
    "resources": [{"target": "a#R"}], "errors": [{"target": "a#E"}], "rename": {"b#T": "U"}}"#;

#[test]
fn concatenates_shapes_and_apply_statements() {
    let files = [
        r#""shapes": {"a#A": {"type": "string"}, "a#B": {"type": "apply", "traits": {"a#t": 1}}}"#,
        r#""shapes": {"a#B": {"type": "blob"}, "a#A": {"type": "apply", "traits": {"a#t": 1}}}"#,
    ];
    merged(&files, |_, ast| {
        let shapes: Vec<_> =
            ast.shapes.iter().map(|shape| (shape.id.as_str(), shape.span.file.index())).collect();
        assert_eq!(shapes, [("a#A", 0), ("a#B", 1)]);
        let applies: Vec<_> =
            ast.applies.iter().map(|apply| (apply.shape.as_str(), apply.span.file.index())).collect();
        assert_eq!(applies, [("a#B", 0), ("a#A", 1)]);
    });
}

#[test]
fn accepts_equivalent_definitions_and_applies_their_traits() {
    let with_traits = |traits: &str| {
        format!(
            r#""shapes": {{"a#A": {{"type": "structure", "traits": {{{traits}}}, "members": {{
                "y": {{"target": "a#C"}}, "x": {{"target": "a#B", "traits": {{"a#m": 1}}}}}}}}}}"#
        )
    };
    let files = [format!(r#""shapes": {{{STRUCTURE}}}"#), with_traits(r#""a#t": 1, "a#u": 2"#)];
    merged(&files.each_ref().map(String::as_str), |_, ast| {
        assert!(ast.diagnostics.is_empty());
        assert_eq!(ast.shapes.len(), 1);
        let traits = |apply: &crate::ast::Apply<'_>| {
            let ids: Vec<_> = apply.traits.iter().map(|applied| applied.id).collect();
            format!("{} {:?} {}", apply.shape, apply.member, ids.join(" "))
        };
        let applies: Vec<_> = ast.applies.iter().map(traits).collect();
        assert_eq!(applies, ["a#A None a#t a#u", "a#A Some(\"x\") a#m"]);
    });
    let reordered =
        SERVICE.replace(r#"{"target": "a#O"}, {"target": "a#P"}"#, r#"{"target": "a#P"}, {"target": "a#O"}"#);
    assert_eq!(conflict(SERVICE, &reordered), "");
}

#[test]
fn rejects_definitions_of_different_types() {
    assert_eq!(
        conflict(r#""a#A": {"type": "string"}"#, r#""a#A": {"type": "integer"}"#),
        "`a#A`: 1 «\"a#A\"» an integer here, 0 «\"a#A\"» a string here"
    );
}

#[test]
fn rejects_definitions_with_different_members() {
    let more = STRUCTURE.replace("\"y\"", "\"more\": {\"target\": \"a#B\"}, \"y\"");
    assert_eq!(
        conflict(STRUCTURE, &more),
        "`a#A`: 1 «\"more\"» member `more` is only defined here, 0 «\"a#A\"» first defined here"
    );
    assert_eq!(
        conflict(&more, STRUCTURE),
        "`a#A`: 1 «\"a#A\"» no member `more` here, 0 «\"more\"» member `more` is only defined here"
    );
    assert_eq!(
        conflict(STRUCTURE, &STRUCTURE.replace("a#C", "a#D")),
        "`a#A`: 1 «\"a#D\"» targets `a#D` here, 0 «\"a#C\"» targets `a#C` here"
    );
}

#[test]
fn rejects_definitions_with_different_properties() {
    let different = |shape: &str, old: &str, new: &str| {
        let changed = shape.replace(old, new);
        assert_ne!(changed, shape);
        let conflict = conflict(shape, &changed);
        conflict.split('`').nth(3).unwrap_or_default().to_owned()
    };
    let changes = [
        ("\"1\"", "\"2\"", "version"),
        ("a#P", "a#Q", "operations"),
        ("a#R", "a#Q", "resources"),
        ("a#E", "a#F", "errors"),
        ("\"U\"", "\"V\"", "rename"),
    ];
    for (old, new, property) in changes {
        assert_eq!(different(SERVICE, old, new), property);
    }
    let operation = r#""a#O": {"type": "operation", "input": {"target": "a#I"}, "output": {"target": "a#T"},
        "errors": [{"target": "a#E"}], "mixins": [{"target": "a#M"}]}"#;
    for (old, new, property) in [
        ("a#I", "a#J", "input"),
        ("a#T", "a#U", "output"),
        ("a#E", "a#F", "errors"),
        ("a#M", "a#N", "mixins"),
    ] {
        assert_eq!(different(operation, old, new), property);
    }
    let resource =
        r#""a#R": {"type": "resource", "read": {"target": "a#G"}, "resources": [{"target": "a#S"}]}"#;
    assert_eq!(different(resource, "a#G", "a#H"), "operations");
    assert_eq!(different(resource, "a#S", "a#T"), "resources");
}

#[test]
fn keeps_the_version_of_each_file() {
    let file = |version: &str, shapes: &str| {
        Source::new("", format!(r#"{{"smithy": "{version}", "shapes": {{{shapes}}}}}"#))
    };
    let shape = |name: &str| format!(r#""a#{name}": {{"type": "string"}}"#);
    let sources = [
        file("2", &[shape("Two"), shape("Both")].join(", ")),
        file("1.0", &[shape("One"), shape("Both")].join(", ")),
    ];
    let arena = Arena::new();
    let ast = load(&sources, &arena).unwrap();
    let versions: Vec<_> = ast.shapes.iter().map(|shape| (shape.id.name(), shape.version)).collect();
    assert_eq!(versions, [("Two", Version::V2), ("Both", Version::V1), ("One", Version::V1)]);
}

#[test]
fn concatenates_metadata_arrays_and_accepts_equal_values() {
    let files = [
        r#""metadata": {"foo": ["baz", "bar"], "qux": "test", "equal": {"a": 1, "b": 2}}"#,
        r#""metadata": {"foo": ["lorem", "ipsum"], "lorem": "ipsum", "equal": {"b": 2, "a": 1}}"#,
        r#""metadata": {"foo": [["dolor"]]}"#,
    ];
    merged(&files, |_, ast| {
        assert!(ast.diagnostics.is_empty());
        let metadata: Vec<_> =
            ast.metadata.iter().map(|entry| format!("{} {}", entry.key, entry.value)).collect();
        assert_eq!(
            metadata,
            [
                r#"equal {"a":1,"b":2}"#,
                r#"foo ["baz","bar","lorem","ipsum",["dolor"]]"#,
                r#"lorem "ipsum""#,
                r#"qux "test""#,
            ]
        );
    });
}

#[test]
fn rejects_conflicting_metadata() {
    let files = [
        r#""metadata": {"foo": 10, "baz": [10]}"#,
        r#""metadata": {"baz": "hi"}"#,
        r#""metadata": {"foo": 1}"#,
    ];
    assert_eq!(
        conflicts(&files),
        [
            "conflicting values of metadata `baz`: 1 «\"hi\"» conflicting value, 0 «[10]» first defined here",
            "conflicting values of metadata `foo`: 2 «1» conflicting value, 0 «10» first defined here",
        ]
    );
}
