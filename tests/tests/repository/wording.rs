//! Sources and documents use the standard terms of Rust, HTTP and Smithy.

use std::path::{Path, PathBuf};

/// Words that are not used, each with the standard term. Matched as whole words, ignoring case.
const WORDS: &[(&str, &str)] = &[
    ("answer", "response"),
    ("answers", "responses"),
    ("answered", "responded"),
    ("mistake", "error or diagnostic"),
    ("mistakes", "errors or diagnostics"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("mended", "fixed"),
    ("lest", "so that ... not"),
    ("dearer", "more expensive"),
    ("for want of", "without"),
    ("but for", "except"),
    ("left out", "skipped or omitted"),
    ("tried again", "retried"),
    ("try again", "retry"),
    ("asked again", "retried"),
    ("sent again", "retried"),
    ("a second time", "again"),
    ("whoever", "the caller"),
    ("limit of time", "timeout"),
    ("time is up", "timed out"),
];

/// Words that do not open a doc comment.
const OPENINGS: &[&str] = &["What", "Whether", "How", "Which", "Who", "Why"];

/// Directories that are generated, not ours, or data.
const SKIPPED: &[&str] = &["target", ".git", "corpus", "node_modules", "found", "artifacts"];

#[test]
fn sources_and_documents_use_standard_terms() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for path in files(&root) {
        // This file lists the words, and the changelog old names.
        if path.ends_with("tests/tests/repository/wording.rs") || path.ends_with("CHANGELOG.md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        found.extend(violations(&text).into_iter().map(|violation| format!("{name}:{violation}")));
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}

#[test]
fn finds_words_and_openings() {
    assert_eq!(violations("let the_answer = 1;\n// An Answer.\n"), ["2: `answer`: write response"]);
    assert_eq!(violations("a\n/// Whether it is.\n"), ["2: a doc comment opens with `Whether`"]);
    assert_eq!(violations("retry, for\nwant of, amend, Whether"), [""; 0]);
    assert_eq!(violations("may be tried again"), ["1: `tried again`: write retried"]);
}

/// Returns `line: violation` for each use of a listed word.
fn violations(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        let lower = line.to_lowercase();
        for (word, instead) in WORDS {
            if contains_word(&lower, word) {
                found.push(format!("{number}: `{word}`: write {instead}"));
            }
        }
        let comment = line.trim_start();
        let doc = comment.strip_prefix("/// ").or_else(|| comment.strip_prefix("//! "));
        let opening = doc.and_then(|doc| doc.split(' ').next()).filter(|word| OPENINGS.contains(word));
        // The lines after the first may begin with any word.
        let continues = number >= 2
            && text.lines().nth(number - 2).is_some_and(|previous| {
                let previous = previous.trim_start();
                ["///", "//!"].iter().any(|start| previous.starts_with(start)) && previous.len() > 3
            });
        if let Some(opening) = opening.filter(|_| !continues) {
            found.push(format!("{number}: a doc comment opens with `{opening}`"));
        }
    }
    found
}

/// Returns true if the text contains the word between characters that are not part of a word.
fn contains_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(start, _)| {
        let (before, after) = (&text[..start], &text[start + word.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

/// Returns the Rust, Markdown, TOML, YAML and shell files below a directory, except skipped directories.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                found.extend(files(&path));
            }
        } else if [".rs", ".md", ".toml", ".yml"].iter().any(|end| name.ends_with(end)) || name == "run" {
            found.push(path);
        }
    }
    found
}
