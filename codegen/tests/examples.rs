//! The example call in the documentation of a crate. `cargo xtask test-models` compiles those of `tests/models`.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use farrier_codegen::{Settings, Source, generate};

const MODEL: &str = include_str!("../../tests/models/examples.json");

/// Returns a file of a crate.
fn file(model: &str, service: &str, path: &str) -> String {
    let settings = Settings {
        service: Some(service.to_owned()),
        name: Some("things".to_owned()),
        ..Settings::default()
    };
    let generated = generate(&[Source::new("", model)], &settings);
    generated.unwrap().files.remove(path).unwrap()
}

#[test]
fn collections_are_not_empty() {
    let readme = file(MODEL, "Placeholders", "README.md");
    for expected in [
        "vec![\"item\".to_owned()]",
        "vec![vec![\"item\".to_owned()]]",
        "(\"key\", \"value\".to_owned())",
        "vec![Kind::One]",
    ] {
        assert!(readme.contains(expected), "{expected} is not in {readme}");
    }
    assert!(!readme.contains("[],"), "{readme}");
}

#[test]
fn uses_values_of_the_first_example_without_error() {
    let readme = file(MODEL, "Values", "README.md");
    assert!(readme.contains(".strings([\"a\", \"b\\n\\\"c\\\" ```\"])"), "{readme}");
    assert!(readme.contains(".tags(Vec::<(String, String)>::new())"), "{readme}");
    let readme = file(MODEL, "MoreValues", "README.md");
    for expected in [
        ".choice(Choice::Part(Box::new(Part::new(\"p\"))))",
        ".kind(Kind::Two)",
        ".new_(-1)",
        ".data(\"hi\")",
    ] {
        assert!(readme.contains(expected), "{expected} is not in {readme}");
    }
}

#[test]
fn prefers_calls_that_only_read_and_sets_an_identity() {
    let readme = file(MODEL, "Bearer", "README.md");
    assert!(readme.contains("client.get_one(One::new(10)).await?;"), "{readme}");
    assert!(readme.contains(".token(std::env::var(\"TOKEN\")?)"), "{readme}");
    assert!(file(MODEL, "Key", "README.md").contains(".api_key(std::env::var(\"API_KEY\")?)"));
}

#[test]
fn lines_fit_the_page() {
    for service in ["Placeholders", "Values", "MoreValues", "Bearer", "Key"] {
        for path in ["README.md", "src/lib.rs"] {
            let text = file(MODEL, service, path);
            let longest = text.lines().map(|line| line.chars().count()).max();
            assert!(longest.is_some_and(|longest| longest <= 100), "{service} {path}: {text}");
        }
    }
}

#[test]
fn methods_have_short_examples() {
    let model = r##"{"smithy": "2.0", "shapes": {
        "a#S": {"type": "service", "operations": [{"target": "a#Get"}], "traits": {"aws.protocols#awsJson1_0": {}}},
        "a#Get": {"type": "operation", "input": {"target": "a#In"}, "traits": {
            "smithy.api#examples": [{"title": "t", "input": {"id": "x-1"}}]}},
        "a#In": {"type": "structure", "members": {
            "id": {"target": "smithy.api#String", "traits": {"smithy.api#required": {}}}}}}}"##;
    assert!(file(model, "S", "src/client.rs").contains("/// Example: `client.get(\"x-1\")`\n"));
    let long = model.replace("x-1", &"x".repeat(80));
    assert!(!file(&long, "S", "src/client.rs").contains("Example:"));
    assert!(file(&long, "S", "README.md").contains("client.get(\"id\")"));
}
