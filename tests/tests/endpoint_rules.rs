//! The endpoint tests of models, by the interpreter of the runtime.
#![allow(clippy::unwrap_used, reason = "these are tests, helpers included")]

use farrier_tests::endpoint_rules::{Passed, report, services};
use std::path::Path;
use std::process::{Command, Output};

/// Rules with a tree, an assignment and templates, and the same as decisions:
/// whether `Region` is set, whether it is a host label.
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
                {"type": "error", "conditions": [], "error": "`{Region}` is no region"}]},
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
            {"type": "error", "conditions": [], "error": "`{Region}` is no region"},
            {"type": "error", "conditions": [], "error": "no region"}],
        "root": 2, "nodeCount": 4,
        "nodes": "NODES"},
    "smithy.rules#endpointTests": {"version": "1.0", "testCases": [
        {"documentation": "a region", "params": {"Region": "cn-north-1"}, "expect": {"endpoint": {
            "url": "https://cn-north-1.amazonaws.com.cn", "headers": {"x-brace": ["{cn-north-1}"]},
            "properties": {"authSchemes": [{"name": "sigv4", "signingRegion": "SIGNING"}]}}}},
        {"documentation": "a word", "params": {"Region": "a b"}, "expect": {"error": "`a b` is no region"}},
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
fn the_endpoint_tests_of_signin_pass() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("model/signin.json");
    let services = services(&std::fs::read(path).unwrap()).unwrap();
    let mut passed = 0;
    for service in &services {
        for (form, rules) in &service.forms {
            for case in &service.cases {
                let result = case.check(rules.as_ref().unwrap());
                assert_eq!(result.as_ref(), Ok(&Passed::Now), "{form}: {}", case.id);
                passed += 1;
            }
        }
    }
    assert!(passed > 0);
}

#[test]
fn both_forms_of_rules_give_the_same() {
    let report = report::of_folder(folder(&model("cn-north-1")).path()).unwrap();
    assert_eq!((report.cases, report.failed, report.outdated), (6, 0, 0), "{}", report.text);
}

#[test]
fn decisions_may_assign_a_variable_in_several_places_and_before_it_is_declared() {
    let again = r#"{"fn": "aws.partition", "argv": ["{partition#name}"], "assign": "partition"}"#;
    let model = model("cn-north-1");
    // An unused condition between the others: the ones behind it move by one.
    let moved = model.replace("AAAAAgX14QH", "AAAAAwX14QH").replace(
        r#"[{"ref": "Region"}, false]},
            {"fn": "aws.partition""#,
        &format!(
            r#"[{{"ref": "Region"}}, false]}}, {again},
            {{"fn": "aws.partition""#
        ),
    );
    assert_ne!(moved, model);
    let report = report::of_folder(folder(&moved).path()).unwrap();
    assert_eq!((report.cases, report.failed), (6, 0), "{}", report.text);
}

#[test]
fn a_difference_fails_with_what_was_expected_and_what_was_found() {
    let folder = folder(&model("elsewhere"));
    let output = run(&[folder.path()]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let difference = r##"FAILED small#Service (bdd) #0 a region
    properties: expected {"authSchemes":[{"name":"sigv4","signingRegion":"elsewhere"}]}, found {"authSchemes":[{"name":"sigv4","signingRegion":"cn-north-1"}]}
"##;
    assert!(text.contains(difference), "{text}");
    assert!(text.contains("FAILED small#Service (rule set) #0"), "{text}");
    assert!(text.contains("\ntotal          bdd            3       2       1\n"), "{text}");
}

#[test]
fn cases_of_earlier_facts_of_partitions_are_told_apart() {
    let old = r#"{"shapes": {"small#Service": {"traits": {
        "smithy.rules#endpointRuleSet": {"parameters": {}, "rules": [
            {"type": "endpoint", "conditions": [
                {"fn": "aws.partition", "argv": ["us-iso-east-1"], "assign": "p"},
                {"fn": "getAttr", "argv": [{"ref": "p"}, "supportsDualStack"]}], "endpoint": {"url": "https://a"}},
            {"type": "error", "conditions": [], "error": "no dual stack"}]},
        "smithy.rules#endpointTests": {"testCases": [
            {"expect": {"error": "no dual stack"}}, {"expect": {"endpoint": {"url": "https://a"}}}]}}}}}"#;
    let report = report::of_folder(folder(old).path()).unwrap();
    assert_eq!((report.cases, report.failed, report.outdated), (2, 0, 1), "{}", report.text);
}

#[test]
fn rules_that_cannot_be_read_fail_with_the_reason() {
    for (right, wrong, reason) in [
        ("\"isSet\"", "\"isNice\"", "there is no function `isNice`"),
        ("{partition#dnsSuffix}", "{partitions#dnsSuffix}", "`partitions` is not in scope"),
        ("{partition#dnsSuffix}", "{partition", "a brace is alone"),
        ("\"assign\": \"partition\"", "\"assign\": \"Region\"", "`Region` is in scope already"),
        ("\"type\": \"string\"", "\"type\": \"text\"", "`Region` is of an unknown type, `text`"),
        ("\"nodeCount\": 4", "\"nodeCount\": 5", "there are 4 nodes, not 5"),
        ("/////wAA", "!", "`nodes` is no Base64"),
        ("\"root\": 2", "\"root\": 5", "the reference 5 leads nowhere"),
        ("\"root\": 2", "\"root\": -2", "`root` is negative"),
    ] {
        let model = model("cn-north-1");
        assert!(model.contains(right), "{right}");
        let report = report::of_folder(folder(&model.replace(right, wrong)).path()).unwrap();
        assert!(report.failed > 0 && report.text.contains(reason), "{reason}: {}", report.text);
    }
}

#[test]
fn a_folder_without_rules_is_a_mistake() {
    let folder = folder(r#"{"smithy": "2.0", "shapes": {}}"#);
    let output = run(&[folder.path()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("no model in"));
    assert_eq!(run(&[&folder.path().join("absent")]).status.code(), Some(2));
    assert_eq!(run(&[]).status.code(), Some(2));
}
