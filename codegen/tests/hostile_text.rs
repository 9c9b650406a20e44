//! Hostile text in every place of a model: the model is refused with a diagnostic, or its crate contains the text only
//! in literals and in documentation that has no code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

use farrier_codegen::{Files, Generated, Runtime, Settings, Source, generate};
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use serde_json::Value;

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
    Settings {
        service: None,
        protocol: None,
        crate_name: Some("texts".to_owned()),
        nested_defaults: None,
        runtime: Runtime::Version("0.1".to_owned()),
        command: "cargo xtask codegen".to_owned(),
    }
}

/// A change to one place of a model: to a string, or to the key of an object.
type Change<'t> = &'t dyn Fn(&str) -> String;

/// Calls the function with the model for each place, with the text at that place changed.
fn for_each_place(model: &Value, change: Change<'_>, function: &mut dyn FnMut(&str, &Value)) {
    let count = visit(&mut model.clone(), &mut usize::MAX.clone(), change);
    for index in 0..count {
        let mut changed = model.clone();
        visit(&mut changed, &mut { index }, change);
        function(&format!("place {index}"), &changed);
    }
}

/// Changes the place with this index, counted in the order of a walk. Returns the number of places.
fn visit(value: &mut Value, index: &mut usize, change: Change<'_>) -> usize {
    let mut is_this = || {
        let found = *index == 0;
        *index = index.wrapping_sub(1);
        found
    };
    match value {
        Value::String(text) => {
            if is_this() {
                *text = change(text);
            }
            1
        }
        Value::Array(items) => items.iter_mut().map(|item| visit(item, index, change)).sum(),
        Value::Object(entries) => {
            let mut count = 0;
            let old = std::mem::take(entries);
            for (key, mut value) in old {
                let found = *index == 0;
                *index = index.wrapping_sub(1);
                count += 1 + visit(&mut value, index, change);
                entries.insert(if found { change(&key) } else { key }, value);
            }
            count
        }
        _ => 0,
    }
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

fn check_files(place: &str, files: &Files) {
    for (path, text) in files {
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
    const ATTRIBUTES: &[&str] =
        &["allow", "cfg", "deprecated", "derive", "doc", "forbid", "inline", "non_exhaustive", "test"];
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

/// Checks the model with each place changed, and that some changes are accepted and some refused.
fn check_all_places(change: Change<'_>) {
    let model: Value = serde_json::from_str(MODEL).unwrap();
    let original = checked("the model itself", &model).expect("the model is valid");
    let lines = |files: &Files| files["Cargo.toml"].lines().count();
    let (mut accepted, mut refused) = (0, 0);
    for_each_place(&model, change, &mut |place, model| match checked(place, model) {
        Some(Generated { files, .. }) => {
            assert!(lines(&files) <= lines(&original.files), "{place}: {}", files["Cargo.toml"]);
            accepted += 1;
        }
        None => refused += 1,
    });
    assert!(accepted > 50 && refused > 50, "{accepted} accepted, {refused} refused");
}

#[test]
fn added_code_is_refused_or_stays_text() {
    check_all_places(&|old| format!("{old}{CODE}"));
}

#[test]
fn added_marks_are_refused_or_stay_text() {
    check_all_places(&|old| format!("{old}{MARKS}"));
}

#[test]
fn hostile_texts_are_refused_or_stay_text() {
    check_all_places(&|_| format!("{CODE}{MARKS}{CODE}"));
}

#[test]
fn very_long_texts_are_refused_or_stay_text() {
    check_all_places(&|old| format!("{old}{}", "` \u{202e}x".repeat(3_000)));
}

#[test]
fn very_long_names_are_refused_or_stay_text() {
    check_all_places(&|old| format!("{old}{}", "x".repeat(3_000)));
}
