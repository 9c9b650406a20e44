//! Hostile text in every place of a model: the model is refused with a diagnostic, or its crate contains the text only
//! in literals and in documentation that has no code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

use farrier_codegen::{Files, Generated, Settings, Source, generate};
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use serde_json::Value;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::{LazyLock, Mutex, PoisonError};

/// A model in which all texts are hostile that may be. Its crate is compiled by `cargo xtask test-models`.
const MODEL: &str = include_str!("../../tests/models/hostile-text.json");

/// A text that would add code to documentation.
const CODE: &str = "\n\n```\ninjected();\n```\n\n    injected();\n\n~~~rust\ninjected();\n~~~\n";

/// Text that would end a comment or literal, add an attribute or HTML, or hide a part of a line.
const MARKS: &str = "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{61c}\u{200e}\u{200f}\
    \0\u{1}\u{7}\u{8}\t\u{b}\u{c}\r\u{1b}[31m\u{7f}\u{85}\u{9b}\u{2028}\u{2029}\
    */ injected(); /* \"; injected(); \"# #![injected] #[injected] ]]> --> ' \\ \\\" {{}} $injected r#\"\
    <script>injected()</script><pre><code>injected();</code></pre> [injected](injected) [`injected`] &#x202e;";

fn settings() -> Settings {
    Settings { name: Some("texts".to_owned()), ..Settings::default() }
}

/// A change of a text.
type Change<'t> = &'t dyn Fn(&str) -> String;

/// A kind of place in a model.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// The key of an object.
    Key,
    /// A string.
    Text,
}

/// Calls the function for each place, which may change its text.
fn visit(value: &mut Value, function: &mut dyn FnMut(Place, &str) -> Option<String>) {
    match value {
        Value::String(text) => *text = function(Place::Text, text).unwrap_or(std::mem::take(text)),
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, function)),
        Value::Object(entries) => {
            for (key, mut value) in std::mem::take(entries) {
                let changed = function(Place::Key, &key);
                visit(&mut value, function);
                entries.insert(changed.unwrap_or(key), value);
            }
        }
        _ => {}
    }
}

/// Returns the number of places of a kind.
fn count(model: &Value, kind: Place) -> usize {
    let mut count = 0;
    visit(&mut model.clone(), &mut |place, _| {
        count += usize::from(place == kind);
        None
    });
    count
}

/// Returns the model with the places of a kind changed whose numbers are in the range.
fn changed(model: &Value, kind: Place, places: &Range<usize>, change: Change<'_>) -> Value {
    let (mut model, mut number) = (model.clone(), 0);
    visit(&mut model, &mut |place, text| {
        if place != kind {
            return None;
        }
        number += 1;
        places.contains(&(number - 1)).then(|| change(text))
    });
    model
}

fn is_hidden(c: char) -> bool {
    let bidirectional =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && c != '\n') || bidirectional || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Generates the model and checks the result. Returns the crate, if there is one.
fn checked(place: &str, model: &Value) -> Option<Generated> {
    match generate(&[Source::new("model.json", model.to_string())], &settings()) {
        Ok(generated) => {
            check_files(place, &generated.files);
            Some(generated)
        }
        Err(diagnostics) => {
            for diagnostic in diagnostics.iter() {
                let texts = [&diagnostic.message, &diagnostic.label].into_iter().chain(&diagnostic.help);
                texts.for_each(|text| {
                    assert!(!text.contains(|c| is_hidden(c) || c == '\n'), "{place}: {text}");
                    assert!(text.chars().count() <= 2_001, "{place}: {} characters", text.len());
                });
                assert!(!diagnostic.message.contains("bug in the generator"), "{place}: {diagnostic:?}");
            }
            None
        }
    }
}

/// The files that were checked: most changes leave most files as they are.
static CHECKED: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

fn check_files(place: &str, files: &Files) {
    for (path, text) in files {
        if !CHECKED.lock().unwrap_or_else(PoisonError::into_inner).insert(format!("{path}\n{text}")) {
            continue;
        }
        let hidden = text.lines().find(|line| line.contains(is_hidden));
        assert_eq!(hidden, None, "{place}: {path}");
        if path.ends_with(".rs") {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{place}: {path}: {error}"));
            check_tokens(place, path, text.parse().unwrap());
            let comments = text.lines().map(str::trim_start).map(|line| {
                let comment = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
                comment.map(|text| text.strip_prefix(' ').unwrap_or(text))
            });
            let mut block = String::new();
            for line in comments.chain([None]) {
                match line {
                    Some(line) => block.extend([line, "\n"]),
                    None => check_markdown(place, path, &std::mem::take(&mut block), &["text", "no_run"]),
                }
            }
        }
        if path == "README.md" {
            check_markdown(place, path, text, &["text", "rust"]);
        }
        if path == "Cargo.toml" {
            let injected = text.lines().find(|line| line.trim_start().starts_with("injected"));
            assert_eq!(injected, None, "{place}");
        }
    }
}

/// Checks that no identifier and no attribute is from the model.
fn check_tokens(place: &str, path: &str, tokens: TokenStream) {
    const ATTRIBUTES: &[&str] = &[
        "allow",
        "cfg",
        "cfg_attr",
        "deprecated",
        "derive",
        "doc",
        "forbid",
        "inline",
        "must_use",
        "non_exhaustive",
        "test",
    ];
    let mut after_hash = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let inner = group.stream();
                if after_hash {
                    let name = inner.clone().into_iter().next().map(|token| token.to_string());
                    let name = name.unwrap_or_default();
                    assert!(ATTRIBUTES.contains(&name.as_str()), "{place}: {path}: #[{inner}]");
                }
                check_tokens(place, path, inner);
                after_hash = false;
            }
            TokenTree::Ident(ident) => {
                assert!(!ident.to_string().contains("injected"), "{place}: {path}: {ident}");
                after_hash = false;
            }
            TokenTree::Punct(punct) => {
                after_hash = punct.as_char() == '#' || (after_hash && punct.as_char() == '!');
            }
            TokenTree::Literal(_) => after_hash = false,
        }
    }
}

/// Checks that all code blocks are of these kinds, so that rustdoc runs none that is from the model.
fn check_markdown(place: &str, path: &str, markdown: &str, allowed: &[&str]) {
    let mut is_ours = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                assert!(allowed.contains(&&*info), "{place}: {path}: ```{info}\n{markdown}");
                is_ours = &*info != "text";
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                panic!("{place}: {path}: indented code\n{markdown}");
            }
            Event::Text(text) if is_ours => assert!(!text.contains("injected()"), "{place}: {path}: {text}"),
            Event::End(_) => is_ours = false,
            Event::Html(html) | Event::InlineHtml(html) => panic!("{place}: {path}: HTML {html}"),
            _ => {}
        }
    }
}

/// Checks the model with each place of a kind changed. Changes up to `at_once` texts together, fewer if that is refused.
/// A key must be changed alone: the texts below it may be ignored then. Returns the numbers of accepted and refused
/// changes.
fn check_places(kind: Place, at_once: usize, change: Change<'_>) -> (usize, usize) {
    let model: Value = serde_json::from_str(MODEL).unwrap();
    let original = checked("the model itself", &model).expect("the model is valid");
    let manifest_lines = |files: &Files| files["Cargo.toml"].lines().count();
    let (mut accepted, mut refused) = (0, 0);
    let count = count(&model, kind);
    let mut pending: Vec<_> = (0..count).step_by(at_once).map(|at| at..(at + at_once).min(count)).collect();
    while let Some(places) = pending.pop() {
        let name = format!("places {places:?}");
        match checked(&name, &changed(&model, kind, &places, change)) {
            Some(Generated { files, .. }) => {
                let is_same = manifest_lines(&files) <= manifest_lines(&original.files);
                assert!(is_same, "{name}: {}", files["Cargo.toml"]);
                accepted += places.len();
            }
            None if places.len() > 1 => {
                let middle = places.start + places.len() / 2;
                pending.extend([places.start..middle, middle..places.end]);
            }
            None => refused += 1,
        }
    }
    assert_eq!(accepted + refused, count);
    (accepted, refused)
}

/// Checks all strings of the model.
fn check_texts(change: Change<'_>) {
    let (accepted, refused) = check_places(Place::Text, 8, change);
    assert!(accepted > 50 && refused > 20, "{accepted} accepted, {refused} refused");
}

#[test]
fn added_code_is_refused_or_stays_text() {
    check_texts(&|old| format!("{old}{CODE}"));
}

#[test]
fn added_marks_are_refused_or_stay_text() {
    check_texts(&|old| format!("{old}{MARKS}"));
}

#[test]
fn hostile_texts_are_refused_or_stay_text() {
    check_texts(&|_| format!("{CODE}{MARKS}{CODE}"));
}

#[test]
fn very_long_texts_are_refused_or_stay_text() {
    check_texts(&|old| format!("{old}{}", "x".repeat(3_000)));
}

#[test]
fn hostile_names_are_refused_or_stay_text() {
    let (accepted, refused) = check_places(Place::Key, 1, &|old| format!("{old}{CODE}{MARKS}"));
    assert!(accepted > 20 && refused > 50, "{accepted} accepted, {refused} refused");
}

#[test]
fn very_long_names_are_refused_or_stay_text() {
    check_places(Place::Key, 8, &|old| format!("{old}{}", "x".repeat(3_000)));
}
