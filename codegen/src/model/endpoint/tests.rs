//! Tests of endpoint rules and their parameters.

use super::{Expr, Outcome, RuleBody, Rules, Step};
use crate::model::Model;
use crate::model::testing::{diagnostics_in, helps, load};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A service with endpoint rules and an operation. `RULES`, `TRAITS`, `OPERATION` and `INPUT` are
/// placeholders.
const MODEL: &str = r##"{"smithy": "2", "shapes": {
"a#S": {"type": "service", "operations": [{"target": "a#O"}], "traits": {"aws.protocols#awsJson1_0": {}, RULES TRAITS}},
"a#O": {"type": "operation", "input": {"target": "a#I"}, "traits": {OPERATION}},
"a#I": {"type": "structure", "members": {INPUT}},
"a#L": {"type": "list", "member": {"target": "a#E"}},
"a#E": {"type": "structure", "members": {"t": {"target": "smithy.api#String"}, "n": {"target": "smithy.api#Long"}}},
"a#M": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "a#E"}}}}"##;

const PARAMETERS: &str =
    r#""Region": {"type": "string"}, "Flag": {"type": "Boolean"}, "List": {"type": "stringArray"}"#;

/// Returns an `endpointRuleSet` trait with these rules.
fn tree(rules: &str) -> String {
    format!(
        r#""smithy.rules#endpointRuleSet": {{"version": "1.0", "parameters": {{{PARAMETERS}}}, "rules": [{rules}]}}"#
    )
}

fn model(rules: &str, traits: &str, operation: &str, input: &str) -> String {
    let traits = if traits.is_empty() { String::new() } else { format!(", {traits}") };
    let model = MODEL.replace("RULES", rules).replace("TRAITS", &traits);
    model.replace("OPERATION", operation).replace("INPUT", input)
}

/// Returns a rule with these conditions and an endpoint with this URL.
fn rule(conditions: &str, url: &str) -> String {
    format!(r#"{{"type": "endpoint", "conditions": [{conditions}], "endpoint": {{"url": {url}}}}}"#)
}

/// Returns the diagnostics without line and column.
fn errors(model: &str) -> Vec<String> {
    let diagnostics = diagnostics_in(model);
    let without_position =
        |diagnostic: &String| diagnostic.split_once(' ').map_or(String::new(), |(_, rest)| rest.to_owned());
    let diagnostics = diagnostics.iter().map(without_position);
    diagnostics.map(|diagnostic| diagnostic.replace("`smithy.rules#endpointRuleSet`: ", "")).collect()
}

fn rule_errors(conditions: &str, url: &str) -> Vec<String> {
    errors(&model(&tree(&rule(conditions, url)), "", "", ""))
}

fn rules(model: &Model) -> &super::RuleSet {
    &model.service.endpoints.as_ref().unwrap().rules
}

#[test]
fn variables_are_in_scope_until_the_end_of_their_rule() {
    let partition = r#"{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "p"}"#;
    let other = r#"{"fn": "parseURL", "argv": ["{Region}"], "assign": "u"}"#;
    let two = format!(
        "{}, {}",
        rule(partition, r#""https://{Region}.{p#dnsSuffix}/{{x}}""#),
        rule(other, r#""{u#path}""#)
    );
    let model = load(&model(&tree(&two), "", "", "")).unwrap();
    let Rules::Tree(list) = &rules(&model).rules else { panic!("no tree") };
    let variables: Vec<_> = list.iter().map(|rule| rule.conditions[0].assign.as_deref()).collect();
    assert_eq!(variables, [Some("p"), Some("u")]);
    let RuleBody::Outcome(Outcome::Endpoint(endpoint)) = &list[0].body else { panic!("no endpoint") };
    let Expr::Template(parts) = &endpoint.url else { panic!("no template") };
    assert!(matches!(&parts[1], Expr::Ref(name) if name == "Region"));
    assert!(matches!(&parts[4], Expr::String(text) if text == "/{x}"), "{parts:?}");
    let Expr::GetAttr(of, path) = &parts[3] else { panic!("no path") };
    assert!(matches!(&**of, Expr::Ref(name) if name == "p") && *path == [Step::Key("dnsSuffix".to_owned())]);
}

#[test]
fn rejects_unknown_functions_and_wrong_arguments() {
    let model = model(&tree(&rule(r#"{"fn": "isNice", "argv": []}"#, "\"x\"")), "", "", "");
    assert_eq!(errors(&model), ["«\"isNice\"» unknown function `isNice`"]);
    assert!(helps(&model)[0].starts_with("use one of `getAttr`, `isSet`, `not`"), "{:?}", helps(&model));
    for (condition, diagnostic) in [
        (r#"{"fn": "not", "argv": []}"#, "`not`: expected 1 argument, found 0"),
        (r#"{"fn": "coalesce", "argv": ["a"]}"#, "`coalesce`: expected at least 2 arguments, found 1"),
        (r#"{"fn": "getAttr", "argv": [{"ref": "List"}]}"#, "`getAttr`: expected 2 arguments, found 1"),
        (r#"{"fn": "not", "argv": [{"ref": "Region"}]}"#, "expected a boolean, found a string"),
        (r#"{"fn": "parseURL", "argv": [{"ref": "List"}]}"#, "expected a string, found an array of strings"),
        (r#"{"argv": []}"#, "missing `fn`"),
        (r#"{"fn": "isSet", "argv": {}}"#, "expected an array of arguments, found an object"),
        (r#"{"fn": "isSet", "argv": [null]}"#, "expected an expression, found null"),
        (r#"{"fn": "isSet", "argv": [1.5]}"#, "expected an expression, found a number"),
    ] {
        let found = rule_errors(condition, "\"x\"");
        assert!(found.len() == 1 && found[0].ends_with(&format!("» {diagnostic}")), "{condition}: {found:?}");
    }
}

#[test]
fn rejects_names_not_in_scope_and_reassigned_names() {
    let assign = r#"{"fn": "parseURL", "argv": [{"ref": "Region"}], "assign": "u"}"#;
    let after = format!("{}, {}", rule(assign, r#""x""#), rule("", r#""{u#path}""#));
    let after = model(&tree(&after), "", "", "");
    assert_eq!(errors(&after), ["«\"{u#path}\"» cannot find parameter or variable `u` in this scope"]);
    assert_eq!(helps(&after), ["use one of `Region`, `Flag`, `List`"]);
    assert_eq!(
        rule_errors(&assign.replace("\"u\"", "\"Flag\""), "\"x\""),
        ["«\"Flag\"» `Flag` is already in scope"]
    );
    assert_eq!(rule_errors(&format!("{assign}, {assign}"), "\"x\""), ["«\"u\"» `u` is already in scope"]);
    assert_eq!(
        rule_errors("", r#"{"ref": "Rigion"}"#),
        ["«\"Rigion\"» cannot find parameter or variable `Rigion` in this scope"]
    );
}

#[test]
fn rejects_invalid_templates_and_paths() {
    for (url, diagnostic) in [
        (r#""{Region""#, "unmatched brace in template"),
        (r#""Region}""#, "unmatched brace in template"),
        (r#""{}""#, "cannot find parameter or variable `` in this scope"),
        (r#""{Flag}""#, "expected a string for `{Flag}`, found a boolean"),
        (r#""{Region#name}""#, "no attribute `name` in a string"),
        (r#""{List#[x]}""#, "invalid path `[x]`"),
        (r#""{List#}""#, "invalid path ``"),
        (r#"{"ref": "Flag"}"#, "expected a string, found a boolean"),
        (
            r#"{"fn": "getAttr", "argv": [{"fn": "parseURL", "argv": ["a"]}, "isIp"]}"#,
            "expected a string, found a boolean",
        ),
        (
            r#"{"fn": "getAttr", "argv": [{"fn": "parseURL", "argv": ["a"]}, "port"]}"#,
            "no attribute `port` in a parsed URL",
        ),
        ("true", "expected a string, found a boolean"),
    ] {
        let found = rule_errors("", url);
        assert!(found.len() == 1 && found[0].ends_with(&format!("» {diagnostic}")), "{url}: {found:?}");
    }
    assert!(rule_errors("", r#"{"fn": "ite", "argv": [{"ref": "Flag"}, "{List#[-1]}", "b"]}"#).is_empty());
}

#[test]
fn limits_nesting_depth() {
    let nested = |depth: usize| {
        (0..depth).fold(rule("", "\"x\""), |inner, _| {
            format!(r#"{{"type": "tree", "conditions": [], "rules": [{inner}]}}"#)
        })
    };
    assert!(errors(&model(&tree(&nested(31)), "", "", "")).is_empty());
    let deep = errors(&model(&tree(&nested(32)), "", "", ""));
    assert!(deep.len() == 1 && deep[0].ends_with("rules are nested too deeply"), "{deep:?}");
    let not = |depth: usize| {
        (0..depth).fold("true".to_owned(), |inner, _| format!(r#"{{"fn": "not", "argv": [{inner}]}}"#))
    };
    assert!(
        rule_errors(&not(17), "\"x\"").iter().all(|found| found.ends_with("expression is nested too deeply"))
    );
    assert_eq!((rule_errors(&not(16), "\"x\"").len(), rule_errors(&not(17), "\"x\"").len()), (0, 1));
}

#[test]
fn rejects_invalid_parameters() {
    let with = |parameter: &str| {
        let rules = tree("").replace(PARAMETERS, &format!(r#""P": {parameter}"#));
        errors(&model(&rules, "", "", ""))
    };
    assert_eq!(with(r#"{"type": "text"}"#), ["«\"text\"» unknown parameter type `text`"]);
    assert_eq!(with("{}"), ["«{}» missing `type`"]);
    assert_eq!(
        with(r#"{"type": "boolean", "default": "true"}"#),
        ["«\"true\"» expected a boolean, found a string"]
    );
    assert_eq!(with(r#"{"type": "string", "required": 1}"#), ["«1» expected a boolean, found a number"]);
}

#[test]
fn rejects_invalid_outcomes() {
    let found = errors(&model(&tree(r#"{"type": "ruin", "conditions": []}"#), "", "", ""));
    assert_eq!(found, ["«\"ruin\"» unexpected rule type `ruin`"]);
    let with = |rest: &str| {
        let rule = rule("", &format!("\"x\", {rest}"));
        errors(&model(&tree(&rule), "", "", ""))
    };
    assert!(with(r#""headers": {"a": "b"}"#)[0].ends_with("expected an array of values, found a string"));
    assert!(with(r#""headers": {"a": [true]}"#)[0].ends_with("expected a string, found a boolean"));
    assert!(
        with(r#""properties": {"a": {"b": [null]}}"#)[0].ends_with("expected a property value, found null")
    );
    assert!(
        with(r#""properties": {"a": "{b}"}"#)[0]
            .ends_with("cannot find parameter or variable `b` in this scope")
    );
}

/// Returns an `endpointBdd` trait with these nodes.
fn bdd(root: i32, nodes: &[[i32; 3]]) -> String {
    let bytes: Vec<u8> = nodes.iter().flatten().flat_map(|number| number.to_be_bytes()).collect();
    format!(
        r#""smithy.rules#endpointBdd": {{"version": "1.1", "parameters": {{{PARAMETERS}}},
            "conditions": [
                {{"fn": "stringEquals", "argv": [{{"fn": "getAttr", "argv": [{{"ref": "p"}}, "name"]}}, "aws"]}},
                {{"fn": "aws.partition", "argv": [{{"ref": "Region"}}], "assign": "p"}}],
            "results": [{{"type": "endpoint", "endpoint": {{"url": "https://{{p#name}}"}}}}],
            "root": {root}, "nodeCount": {}, "nodes": "{}"}}"#,
        nodes.len(),
        STANDARD.encode(bytes)
    )
}

#[test]
fn rejects_invalid_bdd_references() {
    let check = |root, nodes: &[[i32; 3]]| {
        let found = errors(&model(&bdd(root, nodes), "", "", ""));
        found.iter().map(|found| found.split_once("`: ").unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    let first = [-1, 1, -1];
    assert!(check(2, &[first, [1, 3, -1], [0, 100_000_001, 100_000_000]]).is_empty());
    assert!(check(100_000_001, &[first]).is_empty());
    assert_eq!(check(3, &[first, [1, 1, 1]]), ["invalid root reference 3"]);
    assert_eq!(check(-2, &[first, [1, 1, 1]]), ["invalid root reference -2"]);
    assert_eq!(check(2, &[first, [1, 3, 1]]), ["node 1 has invalid reference 3"]);
    assert_eq!(check(2, &[first, [1, 1, 0]]), ["node 1 has invalid reference 0"]);
    assert_eq!(check(2, &[first, [1, 100_000_002, 1]]), ["node 1 has invalid reference 100000002"]);
    assert_eq!(check(2, &[first, [1, i32::MIN, 1]]), ["node 1 has invalid reference -2147483648"]);
    assert_eq!(check(2, &[first, [2, 1, 1]]), ["node 1 refers to unknown condition 2"]);
}

#[test]
fn rejects_invalid_bdds() {
    let valid_bdd = bdd(1, &[[-1, 1, -1]]);
    assert!(errors(&model(&valid_bdd, "", "", "")).is_empty());
    for (valid, invalid, diagnostic) in [
        ("\"nodeCount\": 1", "\"nodeCount\": 2", "`nodeCount` is 2, but `nodes` has 1 nodes"),
        ("\"nodes\": \"/", "\"nodes\": \"!", "`nodes` is not valid Base64"),
        ("\"root\": 1,", "", "missing `root`"),
        (
            "\"root\": 1,",
            "\"root\": 3000000000,",
            "`smithy.rules#endpointBdd`: expected a 32-bit integer, found a number",
        ),
        ("\"argv\": [{\"ref\": \"Region\"}]", "\"argv\": [true]", "expected a string, found a boolean"),
        ("{\"ref\": \"p\"}", "{\"ref\": \"q\"}", "cannot find parameter or variable `q` in this scope"),
        ("\"p\"}, \"name\"", "\"p\"}, \"nick\"", "no attribute `nick` in a partition"),
        ("\"assign\": \"p\"", "\"assign\": \"Flag\"", "`Flag` is already in scope"),
    ] {
        assert!(valid_bdd.contains(valid), "{valid}");
        let found = errors(&model(&valid_bdd.replace(valid, invalid), "", "", ""));
        assert!(found.iter().any(|found| found.ends_with(diagnostic)), "{diagnostic}: {found:?}");
    }
    let cut = STANDARD.encode([0; 8]);
    let found = errors(&model(&valid_bdd.replace("/////wAAAAH/////", &cut), "", "", ""));
    assert!(found[0].ends_with("`nodes` has an incomplete node at its end"), "{found:?}");
}

#[test]
fn rejects_invalid_client_parameters() {
    let client = |parameter: &str| {
        let traits = format!(r#""smithy.rules#clientContextParams": {{{parameter}}}"#);
        errors(&model(&tree(""), &traits, "", ""))
    };
    assert!(client(r#""Flag": {"type": "boolean", "documentation": "d"}"#).is_empty());
    assert_eq!(
        client(r#""Flog": {"type": "boolean"}"#),
        ["«{\"type\": \"boolean\"}» `smithy.rules#clientContextParams`: unknown endpoint parameter `Flog`"]
    );
    assert_eq!(
        client(r#""Flag": {"type": "string"}"#),
        [
            "«\"string\"» `smithy.rules#clientContextParams`: expected a boolean for parameter `Flag`, found a string"
        ]
    );
}

#[test]
fn rejects_invalid_context_params() {
    let check = |operation: &str, input: &str| errors(&model(&tree(""), "", operation, input));
    let statics = |params: &str| check(&format!(r#""smithy.rules#staticContextParams": {{{params}}}"#), "");
    assert!(statics(r#""Flag": {"value": true}, "List": {"value": ["a"]}"#).is_empty());
    assert_eq!(
        statics(r#""Flag": {"value": "x"}"#),
        [
            "«\"Flag\"» `smithy.rules#staticContextParams`: expected a boolean for parameter `Flag`, found a string"
        ]
    );
    assert_eq!(
        statics(r#""Flog": {"value": "x"}"#),
        ["«\"Flog\"» `smithy.rules#staticContextParams`: unknown endpoint parameter `Flog`"]
    );
    assert!(
        statics(r#""Flag": {"value": 1}"#)[0].contains("expected a string, a boolean or an array of strings")
    );
    let member = |param: &str, target: &str| {
        let input = format!(
            r#""x": {{"target": "{target}", "traits": {{"smithy.rules#contextParam": {{"name": "{param}"}}}}}}"#
        );
        check("", &input)
    };
    assert!(member("Flag", "smithy.api#Boolean").is_empty());
    assert_eq!(
        member("Flag", "smithy.api#Long"),
        [
            "«\"smithy.rules#contextParam\"» `smithy.rules#contextParam`: expected a boolean for parameter `Flag`, found an unsupported type"
        ]
    );
    assert!(member("Gone", "smithy.api#String")[0].ends_with("unknown endpoint parameter `Gone`"));
}

#[test]
fn rejects_invalid_paths() {
    let path = |param: &str, path: &str| {
        let operation =
            format!(r#""smithy.rules#operationContextParams": {{"{param}": {{"path": "{path}"}}}}"#);
        let input = r#""l": {"target": "a#L"}, "e": {"target": "a#E"}, "m": {"target": "a#M"}"#;
        errors(&model(&tree(""), "", &operation, input))
    };
    for valid in ["l[*].t", "keys(m)", "m.*.t", "l[*].[t, t][]", "[e.t, e.t]"] {
        assert_eq!(path("List", valid), [""; 0], "{valid}");
    }
    assert!(path("Region", "e.t").is_empty());
    for (invalid, diagnostic) in [
        ("gone", "invalid path for parameter `List`: unknown member `gone`"),
        ("e.t.x", "invalid path for parameter `List`: cannot access `x`: not a member of a structure"),
        ("e[*]", "invalid path for parameter `List`: `[*]` requires a list"),
        ("l.*", "invalid path for parameter `List`: `*` requires a map"),
        ("keys(l)", "invalid path for parameter `List`: `keys` requires a map"),
        ("l[*].[t, n][]", "invalid path for parameter `List`: paths in a list have different types"),
        ("l[*].n", "expected an array of strings for parameter `List`, found an unsupported type"),
        ("l[*].[t, t]", "expected an array of strings for parameter `List`, found an unsupported type"),
        ("e.t", "expected an array of strings for parameter `List`, found a string"),
        ("length(l)", "`smithy.rules#operationContextParams`: invalid path: unsupported function `length`"),
    ] {
        let found = path("List", invalid);
        assert!(found.len() == 1 && found[0].ends_with(diagnostic), "{invalid}: {found:?}");
    }
}

#[test]
fn rejects_invalid_endpoint_tests() {
    let case = |case: &str| {
        let traits = format!(r#""smithy.rules#endpointTests": {{"testCases": [{case}]}}"#);
        let found = errors(&model(&tree(""), &traits, "", ""));
        found.iter().map(|found| found.split_once("» ").unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    assert!(case(r#"{"params": {"Flag": true}, "expect": {"error": "e"}}"#).is_empty());
    assert_eq!(
        case(r#"{"params": {"Flog": true}, "expect": {"error": "e"}}"#),
        ["`smithy.rules#endpointTests`: unknown endpoint parameter `Flog`"]
    );
    assert_eq!(
        case(r#"{"params": {"Flag": "x"}, "expect": {"error": "e"}}"#),
        ["`smithy.rules#endpointTests`: expected a boolean, found a string"]
    );
    assert_eq!(case("{}"), ["`smithy.rules#endpointTests`: missing `expect`"]);
    assert_eq!(
        case(r#"{"expect": {}}"#),
        ["`smithy.rules#endpointTests`: expected either `endpoint` or `error`"]
    );
    assert_eq!(case(r#"{"expect": {"endpoint": {}}}"#), ["`smithy.rules#endpointTests`: missing `url`"]);
}
