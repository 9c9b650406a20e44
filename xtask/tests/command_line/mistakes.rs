//! Models that are wrong: nothing is written, and what is shown says where and how to mend it.

use crate::workspace::{Run, WEATHER, Workspace};

const NAME: &str = r#""name": {"target": "smithy.api#String"}"#;
const BEFORE_OUTPUT: &str = r#"    "example#GetCityOutput": {"#;

/// [`WEATHER`] with one text in place of another.
#[track_caller]
fn edited(old: &str, new: &str) -> String {
    replaced(WEATHER, old, new)
}

#[track_caller]
fn replaced(model: &str, old: &str, new: &str) -> String {
    assert_eq!(model.matches(old).count(), 1, "{old}");
    model.replace(old, new)
}

/// [`WEATHER`] with more shapes, and a member of the output that targets one of them.
fn with_shapes(shapes: &str, target: &str) -> String {
    let model = edited(NAME, &format!("\"name\": {{\"target\": \"{target}\"}}"));
    replaced(&model, BEFORE_OUTPUT, &format!("{shapes}{BEFORE_OUTPUT}"))
}

/// `line:column` of the first place where a text stands.
fn place(model: &str, text: &str) -> String {
    let before = &model[..model.find(text).unwrap()];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{line}:{column}")
}

/// Generates from a model that is wrong; asserts that nothing was written.
#[track_caller]
fn refused(model: impl AsRef<[u8]>) -> Run {
    let workspace = Workspace::with_model(model);
    let before = workspace.snapshot();
    let run = workspace.codegen(&[]).failed();
    assert_eq!(workspace.snapshot(), before, "something was written");
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
    run
}

/// Asserts that a model has one mistake: its message, its place, where it is shown, and what would mend it.
#[track_caller]
fn one_mistake(model: &str, message: &str, at: &str, help: &str) {
    let place = place(model, at);
    let line: usize = place.split_once(':').unwrap().0.parse().unwrap();
    let source = model.lines().nth(line - 1).unwrap_or_default();
    let snippet = at.lines().next().unwrap_or_default();
    assert!(source.contains(snippet), "the place is not within one line: {at}");
    refused(model).says(&[
        &format!("error: {message}"),
        &format!("--> model/weather.json:{place}\n"),
        &format!("\n{line} |"),
        snippet,
        "^",
        &format!("= help: {help}"),
        "error: model/weather.json: 1 mistake, nothing was written",
    ]);
}

#[test]
fn what_is_not_json() {
    let idl = "$version: \"2\"\nservice Weather {}\n";
    one_mistake(idl, "this is not JSON", "$version", "a model is read from its JSON AST");
    let trailing = edited(r#""smithy": "2.0","#, r#""smithy": "2.0",,"#);
    one_mistake(&trailing, "this is not JSON", ",\n", "a model is read from its JSON AST");
}

#[test]
fn a_file_cut_short() {
    let half = &WEATHER[..WEATHER.find("#http\"").unwrap()];
    let (lines, columns) = (half.lines().count(), half.lines().last().unwrap().len());
    refused(half).says(&[
        "error: the JSON is cut short",
        &format!("--> model/weather.json:{lines}:{columns}\n"),
        "\"traits\": {\"smithy.api",
        "= help: the file may not have been written or downloaded to its end",
    ]);
}

#[test]
fn an_empty_file() {
    for empty in ["", "\n\n", "\u{feff}"] {
        refused(empty).says(&["error: the JSON is cut short", "--> model/weather.json:1:1\n", "= help: "]);
    }
}

#[test]
fn bytes_that_are_not_utf8() {
    let model = [WEATHER.as_bytes(), b"\xFF"].concat();
    let place = format!("{}:1", WEATHER.lines().count() + 1);
    refused(model).says(&[
        "error: the model is not UTF-8 text",
        &format!("--> model/weather.json:{place}\n"),
        "= help: save the file in UTF-8",
    ]);
    let utf16: Vec<u8> = WEATHER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused([b"\xFF\xFE", &utf16[..]].concat()).says(&["error: the model is not UTF-8 text", "= help: "]);
}

#[test]
fn a_place_is_right_behind_a_byte_order_mark_and_in_lines_of_windows() {
    let model = edited(NAME, r#""name": {"target": "example#Gone"}"#);
    let place = place(&model, "\"example#Gone\"");
    for model in [format!("\u{feff}{model}"), model.replace('\n', "\r\n")] {
        refused(model).says(&[&format!("model/weather.json:{place}\n")]);
    }
    let beyond_ascii = edited(NAME, r#""näme": {"target": "example#Gone"}"#);
    let place = self::place(&beyond_ascii, "\"näme\"");
    refused(beyond_ascii).says(&[&format!("model/weather.json:{place}\n")]);
}

#[test]
fn a_model_file_that_does_not_exist() {
    let workspace = Workspace::new();
    workspace.remove("model/weather.json");
    let before = workspace.snapshot();
    workspace.codegen(&[]).failed().says(&["error: cannot read the model `model/weather.json`: "]);
    assert_eq!(workspace.snapshot(), before);
}

#[test]
fn an_unknown_version_of_smithy() {
    let model = edited("\"2.0\"", "\"3.0\"");
    one_mistake(&model, "Smithy version \"3.0\" is not supported", "\"3.0\"", "supported are \"2.0\"");
    let model = edited("\"smithy\": \"2.0\",", "");
    one_mistake(&model, "the model does not say which version", "{", "add \"smithy\": \"2.0\"");
}

#[test]
fn a_trait_value_of_the_wrong_type() {
    let model = edited("\"code\": 200", "\"code\": \"ok\"");
    one_mistake(&model, "`smithy.api#http` takes an HTTP status", "\"ok\"", "write an HTTP status");
    let model = edited("\"smithy.api#required\": {}", "\"smithy.api#required\": false");
    one_mistake(
        &model,
        "`smithy.api#required` takes an empty object, not a boolean",
        "false",
        "write it as {}",
    );
    let model =
        edited(NAME, r#""name": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": 7}}"#);
    one_mistake(&model, "`smithy.api#jsonName` takes a string, not a number", "7}", "write a string");
}

#[test]
fn a_property_of_the_wrong_type() {
    let model = edited("\"version\": \"2026-01-01\"", "\"version\": 20");
    one_mistake(&model, "`version` takes a string, not a number", "20,", "write a string");
}

#[test]
fn a_target_that_does_not_exist() {
    let model = edited(NAME, r#""name": {"target": "smithy.api#Strin"}"#);
    one_mistake(
        &model,
        "shape `smithy.api#Strin` does not exist",
        "\"smithy.api#Strin\"",
        "did you mean `smithy.api#String`?",
    );
}

#[test]
fn a_member_bound_twice() {
    let model = edited(
        "\"smithy.api#httpLabel\": {}",
        "\"smithy.api#httpLabel\": {}, \"smithy.api#httpQuery\": \"q\"",
    );
    one_mistake(
        &model,
        "member `example#GetCityInput$id` is bound twice: by `smithy.api#httpLabel` and `smithy.api#httpQuery`",
        "\"q\"",
        "a member has one place in the message: keep one of the traits",
    );
}

#[test]
fn two_shapes_of_one_name_in_rust() {
    let shapes = r#"    "example#FooBar": {"type": "structure", "members": {}},
    "example#foo_bar": {"type": "structure", "members": {"x": {"target": "example#FooBar"}}},
"#;
    let model = with_shapes(shapes, "example#foo_bar");
    one_mistake(
        &model,
        "`example#foo_bar` and `example#FooBar` are both `FooBar`",
        "\"example#foo_bar\"",
        "give one of them another name",
    );
    refused(&model).says(&["\"example#FooBar\": {", "the first", "the second of the two"]);
}

#[test]
fn two_members_of_one_name_in_rust() {
    let model = edited(
        NAME,
        r#""fooBar": {"target": "smithy.api#String"}, "foo_bar": {"target": "smithy.api#String"}"#,
    );
    one_mistake(&model, "`example#GetCityOutput$foo_bar`", "\"foo_bar\"", "give one of them another name");
}

#[test]
fn a_required_member_that_recurses_forever() {
    let required = |target: &str| {
        format!(r#"{{"target": "example#{target}", "traits": {{"smithy.api#required": {{}}}}}}"#)
    };
    let direct = edited(NAME, &format!("\"self\": {}", required("GetCityOutput")));
    one_mistake(
        &direct,
        "`example#GetCityOutput` requires itself",
        "\"self\"",
        "no value of it can ever be complete",
    );
    let shapes = format!(
        "    \"example#A\": {{\"type\": \"structure\", \"members\": {{\"b\": {}}}}},\n    \"example#B\": {{\"type\": \"structure\", \"members\": {{\"a\": {}}}}},\n",
        required("B"),
        required("A")
    );
    let circle = with_shapes(&shapes, "example#A");
    one_mistake(&circle, "`example#A` requires itself", "\"b\"", "no value of it can ever be complete");
}

#[test]
fn no_service() {
    let model = r#"{"smithy": "2.0", "shapes": {"example#A": {"type": "string"}}}"#;
    one_mistake(model, "the model has no service", "{", "add a shape of type `service`");
}

#[test]
fn a_protocol_that_is_not_supported_yet() {
    let model = edited("aws.protocols#restJson1", "aws.protocols#restXml");
    one_mistake(
        &model,
        "service `example#Weather` speaks `aws.protocols#restXml`, which is not supported yet",
        "\"aws.protocols#restXml\"",
        "supported: `smithy.protocols#rpcv2Cbor`, `smithy.protocols#rpcv2Json`, `aws.protocols#awsJson1_0`, `aws.protocols#awsJson1_1`, `aws.protocols#restJson1`",
    );
    let model = edited("\"aws.protocols#restJson1\": {}", "");
    one_mistake(
        &model,
        "service `example#Weather` has no protocol",
        "\"example#Weather\"",
        "apply the trait",
    );
}

#[test]
fn json_nested_a_thousand_deep() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = format!("{}0{}", open.repeat(1000), close.repeat(1000));
        let model = edited(
            "\"smithy\": \"2.0\",",
            &format!("\"smithy\": \"2.0\", \"metadata\": {{\"x\": {nested}}},"),
        );
        refused(model).says(&[
            "error: the JSON is nested too deep",
            "--> model/weather.json:2:",
            "= help: no Smithy model needs such nesting",
        ]);
    }
}

#[test]
fn lists_nested_a_thousand_deep() {
    let depth = 1000;
    let shapes: String = (0..depth)
        .map(|at| format!("    \"example#L{at}\": {{\"type\": \"list\", \"member\": {{\"target\": \"example#L{}\"}}}},\n", at + 1))
        .collect();
    let last = format!("    \"example#L{depth}\": {{\"type\": \"string\"}},\n");
    refused(with_shapes(&(shapes + &last), "example#L0")).says(&[
        "nests lists and maps more than 32 deep",
        "--> model/weather.json:",
        "= help: put a structure in between",
    ]);
}

#[test]
fn structures_nested_a_thousand_deep_are_no_mistake() {
    let depth = 1000;
    let shapes: String = (0..depth)
        .map(|at| format!("    \"example#S{at}\": {{\"type\": \"structure\", \"members\": {{\"m\": {{\"target\": \"example#S{}\"}}}}}},\n", at + 1))
        .collect();
    let last = format!("    \"example#S{depth}\": {{\"type\": \"string\"}},\n");
    let workspace = Workspace::with_model(with_shapes(&(shapes + &last), "example#S0"));
    workspace.codegen(&[]).succeeded();
}

#[test]
fn all_mistakes_are_shown_in_one_run() {
    let model = edited("\"2026-01-01\"", "20260101");
    let model = replaced(&model, "\"code\": 200", "\"code\": \"ok\"");
    let model = replaced(&model, NAME, r#""name": {"target": "example#Gone"}"#);
    let model = replaced(&model, "\"smithy.api#required\": {}", "\"smithy.api#required\": 1");
    let places =
        ["20260101", "\"ok\"", "\"example#Gone\"", "1, \"smithy.api#httpLabel\""].map(|at| place(&model, at));
    let run = refused(&model).says(&["error: model/weather.json: 4 mistakes, nothing was written"]);
    let shown: Vec<usize> = places
        .iter()
        .map(|place| run.stderr.find(&format!("--> model/weather.json:{place}\n")).expect(place))
        .collect();
    assert_eq!(shown.len(), run.stderr.matches("--> ").count(), "{}", run.stderr);
}
