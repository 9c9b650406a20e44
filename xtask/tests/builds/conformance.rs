//! `cargo xtask conformance` as a process, with small suites.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A service with test cases. `PROTOCOL` and `METHOD` are placeholders.
const GOOD: &str = r#"{"smithy": "2.0", "shapes": {
    "small#Service": {"type": "service", "operations": [{"target": "small#Ping"}, {"target": "small#Watch"}],
        "traits": {"PROTOCOL": {}}},
    "small#Ping": {"type": "operation", "traits": {
        "smithy.api#http": {"method": "GET", "uri": "/ping"},
        "smithy.test#httpRequestTests": [
            {"id": "PingIsGet", "protocol": "PROTOCOL", "method": "METHOD", "uri": "/ping"},
            {"id": "PingInXml", "protocol": "aws.protocols#restXml", "method": "GET", "uri": "/"},
            {"id": "PingAtServers", "protocol": "PROTOCOL", "method": "GET", "uri": "/", "appliesTo": "server"}],
        "smithy.test#httpResponseTests": [{"id": "PingIsQuiet", "protocol": "PROTOCOL", "code": 200}]}},
    "small#Watch": {"type": "operation", "output": {"target": "small#WatchOutput"}, "traits": {
        "smithy.api#http": {"method": "GET", "uri": "/watch"},
        "smithy.test#eventStreamTests": [{"id": "WatchStreams", "protocol": "PROTOCOL"}]}},
    "small#WatchOutput": {"type": "structure", "members": {
        "events": {"target": "small#Events", "traits": {"smithy.api#httpPayload": {}}}}},
    "small#Events": {"type": "union", "members": {"e": {"target": "small#Event"}},
        "traits": {"smithy.api#streaming": {}}},
    "small#Event": {"type": "structure"}}}"#;

const REST_JSON: &str = "aws.protocols#restJson1";

fn model(protocol: &str, method: &str) -> String {
    GOOD.replace("PROTOCOL", protocol).replace("METHOD", method)
}

/// Writes a suite to a temporary directory.
fn suite(models: &[(&str, String)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, model) in models {
        fs::write(dir.path().join(name), model).unwrap();
    }
    dir
}

/// Returns an output directory, which keeps the builds of earlier runs.
fn out(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn conformance(suite: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["conformance", "--suite"]).arg(suite).arg("--out").arg(out("conformance")).args(more);
    command.output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Returns the counts in the row that starts with these columns.
fn row(output: &Output, first: &str, protocol: &str) -> Vec<usize> {
    let text = stdout(output);
    let columns =
        |line: &str| line.split("  ").map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
    let rows = text.lines().map(columns).collect::<Vec<Vec<String>>>();
    let row = rows.iter().find(|row| row.first().is_some_and(|c| c == first) && row[1] == protocol);
    row.unwrap_or_else(|| panic!("{text}")).iter().skip(2).map(|count| count.parse().unwrap()).collect()
}

/// A single test, since its runs share the output directory.
#[test]
fn reports_passed_failed_and_skipped_cases() {
    let mut models =
        vec![("good.json", model(REST_JSON, "GET")), ("xml.json", model("aws.protocols#restXml", "GET"))];
    let passing = conformance(suite(&models).path(), &[]);
    assert_eq!(passing.status.code(), Some(0), "{}{}", stdout(&passing), stderr(&passing));
    assert_eq!(row(&passing, "total", "restJson1"), [2, 2, 0, 0]);
    assert_eq!(row(&passing, "total", "restJson1 event streams"), [1, 0, 0, 1]);
    assert_eq!(row(&passing, "total", "restXml"), [4, 0, 0, 4]);
    let text = stdout(&passing);
    for reason in [
        "skipped small#Service 4 cases: `aws.protocols#restXml` is not supported yet",
        "skipped small#Service 1 case: `aws.protocols#restXml` is not a supported protocol of the service\n    PingInXml",
        "skipped small#Service 1 case: operation `small#Watch`: unsupported event stream in its output\n    WatchStreams",
    ] {
        assert!(text.contains(reason), "{text}");
    }

    models.push(("bad.json", model(REST_JSON, "PUT")));
    let failing = conformance(suite(&models).path(), &[]);
    assert_eq!(failing.status.code(), Some(1));
    assert_eq!(row(&failing, "total", "restJson1"), [4, 3, 1, 0]);
    let difference = "FAILED small#Service PingIsGet\n  method\n    expected: PUT\n    got:      GET\n";
    assert!(stdout(&failing).contains(difference), "{}", stdout(&failing));

    let filtered = conformance(suite(&models).path(), &["--filter", "IsQuiet"]);
    assert_eq!(filtered.status.code(), Some(0), "{}", stdout(&filtered));
    assert_eq!(row(&filtered, "total", "restJson1"), [2, 2, 0, 0]);

    let unknown = conformance(suite(&models).path(), &["--filter", "Nothing"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("no case id in "));
}

#[test]
fn fails_on_an_invalid_model() {
    let http = r#""smithy.api#http": {"method": "GET", "uri": "/ping"},"#;
    let broken = model(REST_JSON, "GET").replace(http, "");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["conformance", "--suite"])
        .arg(suite(&[("broken.json", broken)]).path())
        .arg("--out")
        .arg(out("conformance_broken"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("FAILED small#Service: its model has errors"), "{}", stdout(&output));
}

#[test]
fn explains_how_to_get_a_missing_suite() {
    let output = conformance(Path::new("/nowhere/at/all"), &[]);
    assert_eq!(output.status.code(), Some(2));
    let text = stderr(&output);
    assert!(text.contains("no JSON AST models in `/nowhere/at/all`"), "{text}");
    assert!(text.contains("github.com/smithy-lang/smithy") && text.contains("--suite DIR"), "{text}");
}

#[test]
fn endpoint_tests_forward_the_exit_code() {
    let conformance = |folder: &Path, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["conformance", "--endpoints"]).arg(folder).args(more).output().unwrap()
    };
    let model = |url: &str| {
        let test = r#"{"expect": {"endpoint": {"url": "https://a"}}}"#;
        format!(
            r#"{{"smithy": "2.0", "shapes": {{"small#Service": {{"type": "service", "traits": {{
                "smithy.rules#endpointRuleSet": {{"parameters": {{}}, "rules": [
                    {{"type": "endpoint", "conditions": [], "endpoint": {{"url": "{url}"}}}}]}},
                "smithy.rules#endpointTests": {{"testCases": [{test}]}}}}}}}}}}"#
        )
    };
    let good = suite(&[("good.json", model("https://a"))]);
    let output = conformance(good.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let bad = suite(&[("good.json", model("https://a")), ("bad.json", model("https://b"))]);
    let output = conformance(bad.path(), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("url: expected https://a, found https://b"), "{}", stdout(&output));
    assert_eq!(conformance(&bad.path().join("absent"), &[]).status.code(), Some(2));
    assert_eq!(conformance(bad.path(), &["--filter", "a"]).status.code(), Some(2));
}
