//! Documentation of generated types and methods.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use farrier_codegen::{Files, Settings, Source, generate};

/// Generates the crate of a service with operation `GetThing` and these other shapes.
fn files(shapes: &str) -> Files {
    let model = format!(
        r##"{{"smithy": "2.0", "shapes": {{
        "a#S": {{"type": "service", "operations": [{{"target": "a#GetThing"}}],
            "traits": {{"aws.protocols#awsJson1_0": {{}}}}}},
        {shapes}}}}}"##
    );
    let settings = Settings::default();
    generate(&[Source::new("", model)], &settings).unwrap().files
}

/// Asserts that the file has these lines of documentation, in any order.
fn assert_docs(file: &str, lines: &[&str]) {
    for line in lines {
        let found = file.lines().any(|found| found.trim_start() == format!("/// {line}"));
        assert!(found, "no line `/// {line}` in {file}");
    }
}

#[test]
fn undocumented_types_name_their_uses() {
    let files = files(
        r##"
        "a#GetThing": {"type": "operation", "input": {"target": "a#In"}, "output": {"target": "a#Out"},
            "errors": [{"target": "a#Gone"}]},
        "a#In": {"type": "structure", "members": {"kinds": {"target": "a#Kinds"}, "hash": {"target": "a#Hash"}}},
        "a#Hash": {"type": "structure", "members": {"inner": {"target": "a#Inner"}}},
        "a#Inner": {"type": "structure"},
        "a#Out": {"type": "structure", "members": {"part": {"target": "a#Part"}}},
        "a#Gone": {"type": "structure", "members": {"part": {"target": "a#Part"}}, "traits": {"smithy.api#error": "client"}},
        "a#Part": {"type": "structure", "members": {"part": {"target": "a#Part"}}},
        "a#Kinds": {"type": "list", "member": {"target": "a#Kind"}},
        "a#Kind": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit"}}}"##,
    );
    let method = "[`Client::get_thing`](super::client::Client::get_thing)";
    assert_docs(
        &files["src/types.rs"],
        &[
            &format!("Input of {method}."),
            &format!("Output of {method}."),
            "Used by [`In`].",
            "Used by [`Hash`](type@Hash).",
        ],
    );
    assert!(
        files["src/types.rs"].contains("/// Used by [`Gone`]") && files["src/types.rs"].contains("[`Out`]")
    );
    assert!(files.values().any(|file| file.contains(&format!("/// Error of {method}."))));
}

#[test]
fn values_of_enums_are_those_on_the_wire() {
    let files = files(
        r##"
        "a#GetThing": {"type": "operation", "input": {"target": "a#In"}},
        "a#In": {"type": "structure", "members": {"kind": {"target": "a#Kind"}, "level": {"target": "a#Level"}}},
        "a#Kind": {"type": "enum", "members": {
            "nodejs10x": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "nodejs10.x"}}}},
        "a#Level": {"type": "intEnum", "members": {
            "LOW": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 7}}}}"##,
    );
    assert_docs(&files["src/types.rs"], &["The value `nodejs10.x`.", "The value `7`."]);
}

#[test]
fn documentation_traits_are_shown() {
    let files = files(
        r##"
        "a#GetThing": {"type": "operation", "input": {"target": "a#In"}, "traits": {
            "smithy.api#internal": {}, "smithy.api#since": "2.3"}},
        "a#In": {"type": "structure", "traits": {"smithy.api#unstable": {}}, "members": {
            "a": {"target": "smithy.api#String", "traits": {
                "smithy.api#recommended": {"reason": "It is <b>faster</b>."}, "smithy.api#unstable": {},
                "smithy.api#deprecated": {"since": "2022-02-01", "message": "Use b."}}},
            "b": {"target": "smithy.api#String", "traits": {"smithy.api#recommended": {}}}}}"##,
    );
    assert_docs(&files["src/client.rs"], &["Internal: not for use outside the service's owner. Since 2.3."]);
    assert_docs(
        &files["src/types.rs"],
        &[
            "Unstable: may change without notice.",
            "Unstable: may change without notice. Recommended: It is **faster**.",
            "Recommended.",
        ],
    );
    // `since` of Rust is a version of the crate.
    assert!(files["src/types.rs"].contains("#[deprecated(note = \"since 2022-02-01: Use b.\")]"));
}

#[test]
fn prose_links_members_by_their_rust_names() {
    let files = files(
        r##"
        "a#GetThing": {"type": "operation", "input": {"target": "a#In"}, "output": {"target": "a#Out"}, "traits": {
            "smithy.api#documentation": "Set `grantType`, `clientId`, `other`; see [`grantType`](https://a.b)."}},
        "a#In": {"type": "structure", "members": {
            "grantType": {"target": "smithy.api#String", "traits": {
                "smithy.api#documentation": "Not `grantType` but `type`, twice `type`."}},
            "type": {"target": "smithy.api#String"},
            "clientId": {"target": "smithy.api#String"}},
            "traits": {"smithy.api#documentation": "Needs <code>grantType</code>, never `granttype`."}},
        "a#Out": {"type": "structure", "members": {
            "clientId": {"target": "smithy.api#String"}, "choice": {"target": "a#Choice"}}},
        "a#Choice": {"type": "union", "members": {"firstOne": {"target": "smithy.api#String"}},
            "traits": {"smithy.api#documentation": "Use `firstOne`."}}"##,
    );
    assert_docs(
        &files["src/client.rs"],
        &[
            "Set [`grant_type`](field@super::types::In::grant_type), `client_id`, `other`; see",
            "[`grant_type`](https://a.b).",
        ],
    );
    assert_docs(
        &files["src/types.rs"],
        &[
            "Needs [`grant_type`](field@Self::grant_type), never `granttype`.",
            "Not `grant_type` but [`type`](field@Self::type), twice `type`.",
            "Use [`FirstOne`](Self::FirstOne).",
        ],
    );
}
