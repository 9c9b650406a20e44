//! Diagnostics for invalid models.

use crate::workspace::{Run, WEATHER, Workspace};

const NAME: &str = r#""name": {"target": "smithy.api#String"}"#;
const BEFORE_OUTPUT: &str = r#"    "example#GetCityOutput": {"#;

/// [`WEATHER`] with `old` replaced by `new`.
#[track_caller]
fn edited(old: &str, new: &str) -> String {
    replaced(WEATHER, old, new)
}

#[track_caller]
fn replaced(model: &str, old: &str, new: &str) -> String {
    assert_eq!(model.matches(old).count(), 1, "{old}");
    model.replace(old, new)
}

/// [`WEATHER`] with additional shapes and an output member with this target.
fn with_shapes(shapes: &str, target: &str) -> String {
    let model = edited(NAME, &format!("\"name\": {{\"target\": \"{target}\"}}"));
    replaced(&model, BEFORE_OUTPUT, &format!("{shapes}{BEFORE_OUTPUT}"))
}

/// Returns the `line:column` of the first occurrence of a text.
fn location(model: &str, text: &str) -> String {
    let before = &model[..model.find(text).unwrap()];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{line}:{column}")
}

/// Generates from an invalid model and asserts that nothing was written.
#[track_caller]
fn rejected(model: impl AsRef<[u8]>) -> Run {
    let workspace = Workspace::with_model(model);
    let before = workspace.snapshot();
    let run = workspace.codegen(&[]).failed();
    assert_eq!(workspace.snapshot(), before, "something was written");
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
    run
}

/// Asserts that a model has one error, with this message, at the location of `at`, with this help.
#[track_caller]
fn one_error(model: &str, message: &str, at: &str, help: &str) {
    let location = location(model, at);
    let line: usize = location.split_once(':').unwrap().0.parse().unwrap();
    let source = model.lines().nth(line - 1).unwrap_or_default();
    let snippet = at.lines().next().unwrap_or_default();
    assert!(source.contains(snippet), "the location is not within one line: {at}");
    rejected(model).prints(&[
        &format!("error: {message}"),
        &format!("--> model/weather.json:{location}\n"),
        &format!("\n{line} |"),
        snippet,
        "^",
        &format!("= help: {help}"),
        "error: model/weather.json: 1 error; nothing was written",
    ]);
}

#[test]
fn rejects_invalid_json() {
    let idl = "$version: \"2\"\nservice Weather {}\n";
    one_error(idl, "invalid JSON", "$version", "the model must be a Smithy JSON AST");
    let trailing = edited(r#""smithy": "2.0","#, r#""smithy": "2.0",,"#);
    one_error(&trailing, "invalid JSON", ",\n", "the model must be a Smithy JSON AST");
}

#[test]
fn rejects_truncated_json() {
    let half = &WEATHER[..WEATHER.find("#http\"").unwrap()];
    let (lines, columns) = (half.lines().count(), half.lines().last().unwrap().len());
    rejected(half).prints(&[
        "error: unexpected end of JSON",
        &format!("--> model/weather.json:{lines}:{columns}\n"),
        "\"traits\": {\"smithy.api",
        "= help: the file may be incomplete",
    ]);
}

#[test]
fn rejects_an_empty_file() {
    for empty in ["", "\n\n", "\u{feff}"] {
        rejected(empty).prints(&[
            "error: unexpected end of JSON",
            "--> model/weather.json:1:1\n",
            "= help: ",
        ]);
    }
}

#[test]
fn rejects_invalid_utf8() {
    let model = [WEATHER.as_bytes(), b"\xFF"].concat();
    let location = format!("{}:1", WEATHER.lines().count() + 1);
    rejected(model).prints(&[
        "error: the model is not valid UTF-8",
        &format!("--> model/weather.json:{location}\n"),
        "= help: save the file as UTF-8",
    ]);
    let utf16: Vec<u8> = WEATHER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    rejected([b"\xFF\xFE", &utf16[..]].concat()).prints(&["error: the model is not valid UTF-8", "= help: "]);
}

#[test]
fn locations_account_for_byte_order_mark_and_crlf() {
    let model = edited(NAME, r#""name": {"target": "example#Gone"}"#);
    let expected = location(&model, "\"example#Gone\"");
    for model in [format!("\u{feff}{model}"), model.replace('\n', "\r\n")] {
        rejected(model).prints(&[&format!("model/weather.json:{expected}\n")]);
    }
    let beyond_ascii = edited(NAME, r#""näme": {"target": "example#Gone"}"#);
    let expected = location(&beyond_ascii, "\"näme\"");
    rejected(beyond_ascii).prints(&[&format!("model/weather.json:{expected}\n")]);
}

#[test]
fn reports_a_missing_model_file() {
    let workspace = Workspace::new();
    workspace.remove("model/weather.json");
    let before = workspace.snapshot();
    workspace.codegen(&[]).failed().prints(&["error: cannot read the model `model/weather.json`: "]);
    assert_eq!(workspace.snapshot(), before);
}

#[test]
fn rejects_an_unsupported_smithy_version() {
    let model = edited("\"2.0\"", "\"3.0\"");
    one_error(&model, "unsupported Smithy version \"3.0\"", "\"3.0\"", "supported versions: \"2.0\"");
    let model = edited("\"smithy\": \"2.0\",", "");
    one_error(&model, "missing Smithy version", "{", "add \"smithy\": \"2.0\"");
}

#[test]
fn rejects_a_trait_value_of_the_wrong_type() {
    let model = edited("\"code\": 200", "\"code\": \"ok\"");
    one_error(&model, "`smithy.api#http`: expected an HTTP status", "\"ok\"", "write an HTTP status");
    let model = edited("\"smithy.api#required\": {}", "\"smithy.api#required\": false");
    one_error(
        &model,
        "`smithy.api#required`: expected an empty object, found a boolean",
        "false",
        "write `{}`, or remove the trait",
    );
    let model =
        edited(NAME, r#""name": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": 7}}"#);
    one_error(&model, "`smithy.api#jsonName`: expected a string, found a number", "7}", "write a string");
}

#[test]
fn rejects_a_property_of_the_wrong_type() {
    let model = edited("\"version\": \"2026-01-01\"", "\"version\": 20");
    one_error(&model, "`version`: expected a string, found a number", "20,", "write a string");
}

#[test]
fn rejects_an_unknown_target() {
    let model = edited(NAME, r#""name": {"target": "smithy.api#Strin"}"#);
    one_error(
        &model,
        "shape `smithy.api#Strin` does not exist",
        "\"smithy.api#Strin\"",
        "did you mean `smithy.api#String`?",
    );
}

#[test]
fn rejects_two_bindings_of_one_member() {
    let model = edited(
        "\"smithy.api#httpLabel\": {}",
        "\"smithy.api#httpLabel\": {}, \"smithy.api#httpQuery\": \"q\"",
    );
    one_error(
        &model,
        "member `example#GetCityInput$id` has conflicting HTTP bindings `smithy.api#httpLabel` and `smithy.api#httpQuery`",
        "\"q\"",
        "keep one of the two traits",
    );
}

#[test]
fn rejects_a_chosen_name_of_two_members() {
    let model = edited(
        NAME,
        r#""fooBar": {"target": "smithy.api#String"}, "foo_bar": {"target": "smithy.api#String"}"#,
    );
    let workspace = Workspace::with_model(model);
    let list = workspace.read("farrier.toml");
    let chosen = |members: &[&str]| {
        let names = members.iter().map(|member| format!("\"example#GetCityOutput${member}\" = \"foo\"\n"));
        workspace.write("farrier.toml", format!("{list}\n[crate.names]\n{}", names.collect::<String>()));
    };
    chosen(&["fooBar"]);
    workspace.codegen(&[]).succeeded();
    let types = workspace.read("generated/weather/src/types.rs");
    assert!(types.contains("pub foo: ") && types.contains("pub foo_bar: "), "{types}");
    chosen(&["fooBar", "foo_bar"]);
    workspace.codegen(&[]).failed().prints(&[
        "`example#GetCityOutput$fooBar` and `example#GetCityOutput$foo_bar` have the same Rust field name `foo`",
        "first use of the name",
        "second use of the name",
        "help: choose another name",
    ]);
}

#[test]
fn rejects_required_recursion() {
    let required = |target: &str| {
        format!(r#"{{"target": "example#{target}", "traits": {{"smithy.api#required": {{}}}}}}"#)
    };
    let direct = edited(NAME, &format!("\"self\": {}", required("GetCityOutput")));
    one_error(
        &direct,
        "shape `example#GetCityOutput` recursively requires itself",
        "\"self\"",
        "make one of these members optional",
    );
    let shapes = format!(
        "    \"example#A\": {{\"type\": \"structure\", \"members\": {{\"b\": {}}}}},\n    \"example#B\": {{\"type\": \"structure\", \"members\": {{\"a\": {}}}}},\n",
        required("B"),
        required("A")
    );
    let cycle = with_shapes(&shapes, "example#A");
    one_error(
        &cycle,
        "shape `example#A` recursively requires itself",
        "\"b\"",
        "make one of these members optional",
    );
}

#[test]
fn rejects_a_model_without_a_service() {
    let model = r#"{"smithy": "2.0", "shapes": {"example#A": {"type": "string"}}}"#;
    one_error(model, "the model has no service", "{", "add a shape of type `service`");
}

#[test]
fn rejects_an_unsupported_or_missing_protocol() {
    let model = edited("aws.protocols#restJson1", "aws.protocols#restXml");
    one_error(
        &model,
        "service `example#Weather` uses `aws.protocols#restXml`, which is not supported yet",
        "\"aws.protocols#restXml\"",
        "apply a supported protocol: `smithy.protocols#rpcv2Cbor`, `smithy.protocols#rpcv2Json`, `aws.protocols#awsJson1_0`, `aws.protocols#awsJson1_1`, `aws.protocols#restJson1`",
    );
    let model = edited("\"aws.protocols#restJson1\": {}", "");
    one_error(
        &model,
        "service `example#Weather` has no protocol trait",
        "\"example#Weather\"",
        "apply a supported protocol",
    );
}

#[test]
fn rejects_deeply_nested_json() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = format!("{}0{}", open.repeat(1000), close.repeat(1000));
        let model = edited(
            "\"smithy\": \"2.0\",",
            &format!("\"smithy\": \"2.0\", \"metadata\": {{\"x\": {nested}}},"),
        );
        rejected(model).prints(&[
            "error: the JSON is nested too deeply",
            "--> model/weather.json:2:",
            "= help: check the tool that wrote this file",
        ]);
    }
}

#[test]
fn rejects_deeply_nested_lists() {
    let depth = 1000;
    let shapes: String = (0..depth)
        .map(|at| format!("    \"example#L{at}\": {{\"type\": \"list\", \"member\": {{\"target\": \"example#L{}\"}}}},\n", at + 1))
        .collect();
    let last = format!("    \"example#L{depth}\": {{\"type\": \"string\"}},\n");
    rejected(with_shapes(&(shapes + &last), "example#L0")).prints(&[
        "are nested more than 32 levels deep",
        "--> model/weather.json:",
        "= help: move the inner lists and maps into a structure",
    ]);
}

#[test]
fn accepts_deeply_nested_structures() {
    let depth = 1000;
    let shapes: String = (0..depth)
        .map(|at| format!("    \"example#S{at}\": {{\"type\": \"structure\", \"members\": {{\"m\": {{\"target\": \"example#S{}\"}}}}}},\n", at + 1))
        .collect();
    let last = format!("    \"example#S{depth}\": {{\"type\": \"string\"}},\n");
    let workspace = Workspace::with_model(with_shapes(&(shapes + &last), "example#S0"));
    workspace.codegen(&[]).succeeded();
}

#[test]
fn reports_all_errors_in_one_run() {
    let model = edited("\"2026-01-01\"", "20260101");
    let model = replaced(&model, "\"code\": 200", "\"code\": \"ok\"");
    let model = replaced(&model, NAME, r#""name": {"target": "example#Gone"}"#);
    let model = replaced(&model, "\"smithy.api#required\": {}", "\"smithy.api#required\": 1");
    let locations = ["20260101", "\"ok\"", "\"example#Gone\"", "1, \"smithy.api#httpLabel\""]
        .map(|at| location(&model, at));
    let run = rejected(&model).prints(&["error: model/weather.json: 4 errors; nothing was written"]);
    let found: Vec<usize> = locations
        .iter()
        .map(|location| run.stderr.find(&format!("--> model/weather.json:{location}\n")).expect(location))
        .collect();
    assert_eq!(found.len(), run.stderr.matches("--> ").count(), "{}", run.stderr);
}
