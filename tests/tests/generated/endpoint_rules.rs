//! Endpoint tests of models, run by the interpreter of the runtime.

use farrier_tests::endpoint_rules::{PartitionData, report, services};
use std::path::Path;
use std::process::{Command, Output};

/// A rule set with a tree, an assignment and templates, and the same rules as a BDD.
const MODEL: &str = r##"{"smithy": "2.0", "shapes": {"small#Service": {"type": "service", "traits": {
    "smithy.rules#endpointRuleSet": {"version": "1.0",
        "parameters": {"Region": {"type": "string", "documentation": "where"}},
        "rules": [
            {"type": "tree", "conditions": [{"fn": "isSet", "argv": [{"ref": "Region"}]}], "rules": [
                {"type": "endpoint",
                    "conditions": [
                        {"fn": "isValidHostLabel", "argv": [{"ref": "Region"}, false]},
                        {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "partition"}],
                    "endpoint": {"url": "https://{Region}.{partition#dnsSuffix}",
                        "headers": {"x-brace": ["{{{Region}}}"]},
                        "properties": {"authSchemes": [{"name": "sigv4", "signingRegion": "{Region}"}]}}},
                {"type": "error", "conditions": [], "error": "`{Region}` is not a region"}]},
            {"type": "error", "conditions": [], "error": "no region"}]},
    "smithy.rules#endpointBdd": {"version": "1.1",
        "parameters": {"Region": {"type": "string", "documentation": "where"}},
        "conditions": [
            {"fn": "isSet", "argv": [{"ref": "Region"}]},
            {"fn": "isValidHostLabel", "argv": [{"ref": "Region"}, false]},
            {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "partition"}],
        "results": [
            {"type": "endpoint", "conditions": [],
                "endpoint": {"url": "https://{Region}.{partition#dnsSuffix}",
                    "headers": {"x-brace": ["{{{Region}}}"]},
                    "properties": {"authSchemes": [{"name": "sigv4", "signingRegion": "{Region}"}]}}},
            {"type": "error", "conditions": [], "error": "`{Region}` is not a region"},
            {"type": "error", "conditions": [], "error": "no region"}],
        "root": 2, "nodeCount": 4,
        "nodes": "NODES"},
    "smithy.rules#endpointTests": {"version": "1.0", "testCases": [
        {"documentation": "a region", "params": {"Region": "cn-north-1"}, "expect": {"endpoint": {
            "url": "https://cn-north-1.amazonaws.com.cn", "headers": {"x-brace": ["{cn-north-1}"]},
            "properties": {"authSchemes": [{"name": "sigv4", "signingRegion": "SIGNING"}]}}}},
        {"documentation": "a word", "params": {"Region": "a b"}, "expect": {"error": "`a b` is not a region"}},
        {"expect": {"error": "no region"}}]}
}}}}"##;

/// `[-1, 1, -1], [0, 3, 100000003], [1, 4, 100000002], [2, 100000001, -1]`
const NODES: &str = "/////wAAAAH/////AAAAAAAAAAMF9eEDAAAAAQAAAAQF9eECAAAAAgX14QH/////";

fn model(signing: &str) -> String {
    MODEL.replace("NODES", NODES).replace("SIGNING", signing)
}

fn folder(model: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("small.json"), model).unwrap();
    folder
}

fn run(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_endpoint-tests")).args(arguments).output().unwrap()
}

#[test]
fn signin_endpoint_tests_pass() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("model/signin.json");
    let services = services(&std::fs::read(path).unwrap()).unwrap();
    let mut passed = 0;
    for service in &services {
        for (form, rules) in &service.forms {
            for case in &service.cases {
                let result = case.check(rules.as_ref().unwrap());
                assert_eq!(result.as_ref(), Ok(&PartitionData::Current), "{form}: {}", case.id);
                passed += 1;
            }
        }
    }
    assert!(passed > 0);
}

#[test]
fn rule_set_and_bdd_agree() {
    let report = report::run_directory(folder(&model("cn-north-1")).path()).unwrap();
    assert_eq!((report.cases, report.failed, report.outdated), (6, 0, 0), "{}", report.text);
}

#[test]
fn bdd_may_assign_a_variable_repeatedly_and_before_its_declaration() {
    let again = r#"{"fn": "aws.partition", "argv": ["{partition#name}"], "assign": "partition"}"#;
    let model = model("cn-north-1");
    // An unused condition between the others: the ones behind it move by one.
    let reordered = model.replace("AAAAAgX14QH", "AAAAAwX14QH").replace(
        r#"[{"ref": "Region"}, false]},
            {"fn": "aws.partition""#,
        &format!(
            r#"[{{"ref": "Region"}}, false]}}, {again},
            {{"fn": "aws.partition""#
        ),
    );
    assert_ne!(reordered, model);
    let report = report::run_directory(folder(&reordered).path()).unwrap();
    assert_eq!((report.cases, report.failed), (6, 0), "{}", report.text);
}

#[test]
fn failed_case_reports_expected_and_found_values() {
    let folder = folder(&model("us-west-2"));
    let output = run(&[folder.path()]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let difference = r##"FAILED small#Service (bdd) #0 a region
    properties: expected {"authSchemes":[{"name":"sigv4","signingRegion":"us-west-2"}]}, found {"authSchemes":[{"name":"sigv4","signingRegion":"cn-north-1"}]}
"##;
    assert!(text.contains(difference), "{text}");
    assert!(text.contains("FAILED small#Service (rule set) #0"), "{text}");
    assert!(text.contains("\ntotal          bdd            3       2       1\n"), "{text}");
}

#[test]
fn cases_for_older_partition_data_are_outdated() {
    let old = r#"{"smithy": "2.0", "shapes": {"small#Service": {"type": "service", "traits": {
        "smithy.rules#endpointRuleSet": {"parameters": {}, "rules": [
            {"type": "endpoint", "conditions": [
                {"fn": "aws.partition", "argv": ["us-iso-east-1"], "assign": "p"},
                {"fn": "getAttr", "argv": [{"ref": "p"}, "supportsDualStack"]}], "endpoint": {"url": "https://a"}},
            {"type": "error", "conditions": [], "error": "no dual stack"}]},
        "smithy.rules#endpointTests": {"testCases": [
            {"expect": {"error": "no dual stack"}}, {"expect": {"endpoint": {"url": "https://a"}}}]}}}}}"#;
    let report = report::run_directory(folder(old).path()).unwrap();
    assert_eq!((report.cases, report.failed, report.outdated), (2, 0, 1), "{}", report.text);
}

#[test]
fn invalid_rules_fail_with_the_reason() {
    for (valid, invalid, reason) in [
        ("\"isSet\"", "\"isNice\"", "unknown function `isNice`"),
        (
            "{partition#dnsSuffix}",
            "{partitions#dnsSuffix}",
            "cannot find parameter or variable `partitions` in this scope",
        ),
        ("{partition#dnsSuffix}", "{partition", "unmatched brace in template"),
        ("\"assign\": \"partition\"", "\"assign\": \"Region\"", "`Region` is already in scope"),
        ("\"type\": \"string\"", "\"type\": \"text\"", "unknown parameter type `text`"),
        ("\"nodeCount\": 4", "\"nodeCount\": 5", "`nodeCount` is 5, but `nodes` has 4 nodes"),
        ("/////wAA", "!", "`nodes` is not valid Base64"),
        ("\"root\": 2", "\"root\": 5", "invalid root reference 5"),
        ("\"root\": 2", "\"root\": -2", "invalid root reference -2"),
    ] {
        let model = model("cn-north-1");
        assert!(model.contains(valid), "{valid}");
        let report = report::run_directory(folder(&model.replace(valid, invalid)).path()).unwrap();
        assert!(report.failed > 0 && report.text.contains(reason), "{reason}: {}", report.text);
    }
}

#[test]
fn folder_without_rules_is_an_error() {
    let folder = folder(r#"{"smithy": "2.0", "shapes": {}}"#);
    let output = run(&[folder.path()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("no model in"));
    assert_eq!(run(&[&folder.path().join("absent")]).status.code(), Some(2));
    assert_eq!(run(&[]).status.code(), Some(2));
}

#[test]
fn other_json_files_are_skipped() {
    let folder = folder(&model("cn-north-1"));
    for (name, text) in [("partitions.json", r#"{"partitions": []}"#), ("list.json", "[1]")] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let report = report::run_directory(folder.path()).unwrap();
    assert_eq!((report.cases, report.failed), (6, 0), "{}", report.text);
    assert!(report.text.contains("skipped partitions.json: not a Smithy model"), "{}", report.text);
    std::fs::write(folder.path().join("broken.json"), "{").unwrap();
    assert_eq!(report::run_directory(folder.path()).unwrap().failed, 1);
}
