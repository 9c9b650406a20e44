//! What is wrong with rules, and with what gives their parameters values.

use super::{Expr, Outcome, Rules, Step};
use crate::model::Model;
use crate::model::testing::{diagnostics_in, helps, load};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A service with rules, `TRAITS` besides, and an operation with `OPERATION` and `INPUT` members.
const MODEL: &str = r##"{"smithy": "2", "shapes": {
"a#S": {"type": "service", "operations": [{"target": "a#O"}], "traits": {"aws.protocols#awsJson1_0": {}, RULES TRAITS}},
"a#O": {"type": "operation", "input": {"target": "a#I"}, "traits": {OPERATION}},
"a#I": {"type": "structure", "members": {INPUT}},
"a#L": {"type": "list", "member": {"target": "a#E"}},
"a#E": {"type": "structure", "members": {"t": {"target": "smithy.api#String"}, "n": {"target": "smithy.api#Long"}}},
"a#M": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "a#E"}}}}"##;

const PARAMETERS: &str =
    r#""Region": {"type": "string"}, "Flag": {"type": "Boolean"}, "List": {"type": "stringArray"}"#;

/// A tree of these rules.
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

/// A rule with these conditions, and an endpoint with this URL.
fn rule(conditions: &str, url: &str) -> String {
    format!(r#"{{"type": "endpoint", "conditions": [{conditions}], "endpoint": {{"url": {url}}}}}"#)
}

/// What is wrong, without the place.
fn wrong(model: &str) -> Vec<String> {
    let diagnostics = diagnostics_in(model);
    let place =
        |diagnostic: &String| diagnostic.split_once(' ').map_or(String::new(), |(_, rest)| rest.to_owned());
    let diagnostics = diagnostics.iter().map(place);
    diagnostics.map(|diagnostic| diagnostic.replace("`smithy.rules#endpointRuleSet`: ", "")).collect()
}

fn wrong_rule(conditions: &str, url: &str) -> Vec<String> {
    wrong(&model(&tree(&rule(conditions, url)), "", "", ""))
}

fn rules(model: &Model) -> &super::RuleSet {
    &model.service.endpoints.as_ref().unwrap().rules
}

#[test]
fn names_become_places_which_siblings_share() {
    let partition = r#"{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "p"}"#;
    let other = r#"{"fn": "parseURL", "argv": ["{Region}"], "assign": "u"}"#;
    let two = format!(
        "{}, {}",
        rule(partition, r#""https://{Region}.{p#dnsSuffix}/{{x}}""#),
        rule(other, r#""{u#path}""#)
    );
    let model = load(&model(&tree(&two), "", "", "")).unwrap();
    let Rules::Tree(list) = &rules(&model).rules else { panic!("no tree") };
    let places: Vec<_> = list.iter().map(|rule| rule.conditions[0].assign).collect();
    assert_eq!((places, rules(&model).variables), (vec![Some(3), Some(3)], 1));
    let Outcome::Endpoint(endpoint) = &list[0].outcome else { panic!("no endpoint") };
    let Expr::Template(parts) = &endpoint.url else { panic!("no template") };
    assert!(matches!(&parts[1], Expr::Ref(0)));
    assert!(matches!(&parts[4], Expr::String(text) if text == "/{x}"), "{parts:?}");
    let Expr::GetAttr(of, path) = &parts[3] else { panic!("no path") };
    assert!(matches!(**of, Expr::Ref(3)) && *path == [Step::Key("dnsSuffix".to_owned())]);
}

#[test]
fn calls_are_of_functions_that_exist_with_the_arguments_that_they_take() {
    let model = model(&tree(&rule(r#"{"fn": "isNice", "argv": []}"#, "\"x\"")), "", "", "");
    assert_eq!(wrong(&model), ["«\"isNice\"» there is no function `isNice`"]);
    assert!(helps(&model)[0].starts_with("functions are `getAttr`, `isSet`, `not`"), "{:?}", helps(&model));
    for (condition, diagnostic) in [
        (r#"{"fn": "not", "argv": []}"#, "`not` takes 1 argument, not 0"),
        (r#"{"fn": "coalesce", "argv": ["a"]}"#, "`coalesce` takes at least 2 arguments, not 1"),
        (r#"{"fn": "getAttr", "argv": [{"ref": "List"}]}"#, "`getAttr` takes 2 arguments, not 1"),
        (r#"{"fn": "not", "argv": [{"ref": "Region"}]}"#, "this must be a boolean, and is a string"),
        (
            r#"{"fn": "parseURL", "argv": [{"ref": "List"}]}"#,
            "this must be a string, and is an array of strings",
        ),
        (r#"{"argv": []}"#, "there is no `fn`"),
        (
            r#"{"fn": "isSet", "argv": {}}"#,
            "`smithy.rules#endpointRuleSet` takes an array of arguments, not an object",
        ),
        (
            r#"{"fn": "isSet", "argv": [null]}"#,
            "`smithy.rules#endpointRuleSet` takes an expression, not null",
        ),
        (
            r#"{"fn": "isSet", "argv": [1.5]}"#,
            "`smithy.rules#endpointRuleSet` takes an expression, not a number",
        ),
    ] {
        let found = wrong_rule(condition, "\"x\"");
        assert!(found.len() == 1 && found[0].ends_with(&format!("» {diagnostic}")), "{condition}: {found:?}");
    }
}

#[test]
fn names_must_be_in_scope_and_new() {
    let assign = r#"{"fn": "parseURL", "argv": [{"ref": "Region"}], "assign": "u"}"#;
    let after = format!("{}, {}", rule(assign, r#""x""#), rule("", r#""{u#path}""#));
    let after = model(&tree(&after), "", "", "");
    assert_eq!(wrong(&after), ["«\"{u#path}\"» there is no parameter or variable `u` in scope here"]);
    assert_eq!(helps(&after), ["in scope are `Region`, `Flag`, `List`"]);
    assert_eq!(
        wrong_rule(&assign.replace("\"u\"", "\"Flag\""), "\"x\""),
        ["«\"Flag\"» `Flag` is in scope already"]
    );
    assert_eq!(wrong_rule(&format!("{assign}, {assign}"), "\"x\""), ["«\"u\"» `u` is in scope already"]);
    assert_eq!(
        wrong_rule("", r#"{"ref": "Rigion"}"#),
        ["«\"Rigion\"» there is no parameter or variable `Rigion` in scope here"]
    );
}

#[test]
fn templates_and_paths_are_well_formed_and_fit() {
    for (url, diagnostic) in [
        (r#""{Region""#, "a brace is alone in this template"),
        (r#""Region}""#, "a brace is alone in this template"),
        (r#""{}""#, "there is no parameter or variable `` in scope here"),
        (r#""{Flag}""#, "`{Flag}` must be a string, and is a boolean"),
        (r#""{Region#name}""#, "there is no `name` in a string"),
        (r#""{List#[x]}""#, "`[x]` is no path"),
        (r#""{List#}""#, "`` is no path"),
        (r#"{"ref": "Flag"}"#, "this must be a string, and is a boolean"),
        (
            r#"{"fn": "getAttr", "argv": [{"fn": "parseURL", "argv": ["a"]}, "isIp"]}"#,
            "this must be a string, and is a boolean",
        ),
        (
            r#"{"fn": "getAttr", "argv": [{"fn": "parseURL", "argv": ["a"]}, "port"]}"#,
            "there is no `port` in a URL's parts",
        ),
        ("true", "this must be a string, and is a boolean"),
    ] {
        let found = wrong_rule("", url);
        assert!(found.len() == 1 && found[0].ends_with(&format!("» {diagnostic}")), "{url}: {found:?}");
    }
    assert!(wrong_rule("", r#"{"fn": "ite", "argv": [{"ref": "Flag"}, "{List#[-1]}", "b"]}"#).is_empty());
}

#[test]
fn rules_and_expressions_nest_only_so_deep() {
    let nested = |depth: usize| {
        (0..depth).fold(rule("", "\"x\""), |inner, _| {
            format!(r#"{{"type": "tree", "conditions": [], "rules": [{inner}]}}"#)
        })
    };
    assert!(wrong(&model(&tree(&nested(31)), "", "", "")).is_empty());
    let deep = wrong(&model(&tree(&nested(32)), "", "", ""));
    assert!(deep.len() == 1 && deep[0].ends_with("these rules nest too deep"), "{deep:?}");
    let not = |depth: usize| {
        (0..depth).fold("true".to_owned(), |inner, _| format!(r#"{{"fn": "not", "argv": [{inner}]}}"#))
    };
    assert!(
        wrong_rule(&not(17), "\"x\"").iter().all(|found| found.ends_with("this expression nests too deep"))
    );
    assert_eq!((wrong_rule(&not(16), "\"x\"").len(), wrong_rule(&not(17), "\"x\"").len()), (0, 1));
}

#[test]
fn parameters_have_a_type_and_a_default_of_that_type() {
    let with = |parameter: &str| {
        let rules = tree("").replace(PARAMETERS, &format!(r#""P": {parameter}"#));
        wrong(&model(&rules, "", "", ""))
    };
    assert_eq!(with(r#"{"type": "text"}"#), ["«\"text\"» there is no type of parameters `text`"]);
    assert_eq!(with("{}"), ["«{}» there is no `type`"]);
    assert_eq!(
        with(r#"{"type": "boolean", "default": "true"}"#),
        ["«\"true\"» `smithy.rules#endpointRuleSet` takes a boolean, not a string"]
    );
    assert_eq!(
        with(r#"{"type": "string", "required": 1}"#),
        ["«1» `smithy.rules#endpointRuleSet` takes a boolean, not a number"]
    );
}

#[test]
fn outcomes_are_endpoints_or_errors() {
    let found = wrong(&model(&tree(r#"{"type": "ruin", "conditions": []}"#), "", "", ""));
    assert_eq!(found, ["«\"ruin\"» there are no rules of type `ruin` here"]);
    let with = |rest: &str| {
        let rule = rule("", &format!("\"x\", {rest}"));
        wrong(&model(&tree(&rule), "", "", ""))
    };
    assert!(with(r#""headers": {"a": "b"}"#)[0].ends_with("takes an array of values, not a string"));
    assert!(with(r#""headers": {"a": [true]}"#)[0].ends_with("this must be a string, and is a boolean"));
    assert!(with(r#""properties": {"a": {"b": [null]}}"#)[0].ends_with("takes a property, not null"));
    assert!(
        with(r#""properties": {"a": "{b}"}"#)[0]
            .ends_with("there is no parameter or variable `b` in scope here")
    );
}

/// Decisions with these nodes.
fn decisions(root: i32, nodes: &[[i32; 3]]) -> String {
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
fn references_of_decisions_lead_somewhere() {
    let check = |root, nodes: &[[i32; 3]]| {
        let found = wrong(&model(&decisions(root, nodes), "", "", ""));
        found.iter().map(|found| found.split_once("`: ").unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    let first = [-1, 1, -1];
    assert!(check(2, &[first, [1, 3, -1], [0, 100_000_001, 100_000_000]]).is_empty());
    assert!(check(100_000_001, &[first]).is_empty());
    assert_eq!(check(3, &[first, [1, 1, 1]]), ["the root 3 leads nowhere"]);
    assert_eq!(check(-2, &[first, [1, 1, 1]]), ["the root -2 leads nowhere"]);
    assert_eq!(check(2, &[first, [1, 3, 1]]), ["the reference 3 of node 1 leads nowhere"]);
    assert_eq!(check(2, &[first, [1, 1, 0]]), ["the reference 0 of node 1 leads nowhere"]);
    assert_eq!(check(2, &[first, [1, 100_000_002, 1]]), ["the reference 100000002 of node 1 leads nowhere"]);
    assert_eq!(check(2, &[first, [1, i32::MIN, 1]]), ["the reference -2147483648 of node 1 leads nowhere"]);
    assert_eq!(check(2, &[first, [2, 1, 1]]), ["there is no condition 2, which node 1 decides by"]);
}

#[test]
fn decisions_are_what_they_say_they_are() {
    let good = decisions(1, &[[-1, 1, -1]]);
    assert!(wrong(&model(&good, "", "", "")).is_empty());
    for (right, wrong_part, diagnostic) in [
        ("\"nodeCount\": 1", "\"nodeCount\": 2", "there are 1 nodes, not 2"),
        ("\"nodes\": \"/", "\"nodes\": \"!", "`nodes` is no Base64"),
        ("\"root\": 1,", "", "there is no `root`"),
        (
            "\"root\": 1,",
            "\"root\": 3000000000,",
            "`smithy.rules#endpointBdd` takes an integer of 32 bits, not a number",
        ),
        ("\"argv\": [{\"ref\": \"Region\"}]", "\"argv\": [true]", "this must be a string, and is a boolean"),
        ("{\"ref\": \"p\"}", "{\"ref\": \"q\"}", "there is no parameter or variable `q` in scope here"),
        ("\"p\"}, \"name\"", "\"p\"}, \"nick\"", "there is no `nick` in a partition"),
        ("\"assign\": \"p\"", "\"assign\": \"Flag\"", "`Flag` is in scope already"),
    ] {
        assert!(good.contains(right), "{right}");
        let found = wrong(&model(&good.replace(right, wrong_part), "", "", ""));
        assert!(found.iter().any(|found| found.ends_with(diagnostic)), "{diagnostic}: {found:?}");
    }
    let cut = STANDARD.encode([0; 8]);
    let found = wrong(&model(&good.replace("/////wAAAAH/////", &cut), "", "", ""));
    assert!(found[0].ends_with("`nodes` ends within a node"), "{found:?}");
}

#[test]
fn parameters_of_the_client_are_in_the_rules() {
    let client = |parameter: &str| {
        let traits = format!(r#""smithy.rules#clientContextParams": {{{parameter}}}"#);
        wrong(&model(&tree(""), &traits, "", ""))
    };
    assert!(client(r#""Flag": {"type": "boolean", "documentation": "d"}"#).is_empty());
    assert_eq!(
        client(r#""Flog": {"type": "boolean"}"#),
        ["«{\"type\": \"boolean\"}» `smithy.rules#clientContextParams`: the rules have no parameter `Flog`"]
    );
    assert_eq!(
        client(r#""Flag": {"type": "string"}"#),
        ["«\"string\"» `smithy.rules#clientContextParams`: `Flag` is a boolean in the rules"]
    );
}

#[test]
fn what_an_operation_gives_fits_a_parameter() {
    let given = |operation: &str, input: &str| wrong(&model(&tree(""), "", operation, input));
    let statics = |params: &str| given(&format!(r#""smithy.rules#staticContextParams": {{{params}}}"#), "");
    assert!(statics(r#""Flag": {"value": true}, "List": {"value": ["a"]}"#).is_empty());
    assert_eq!(
        statics(r#""Flag": {"value": "x"}"#),
        ["«\"Flag\"» `smithy.rules#staticContextParams`: `Flag` takes a boolean, and is given a string"]
    );
    assert_eq!(
        statics(r#""Flog": {"value": "x"}"#),
        ["«\"Flog\"» `smithy.rules#staticContextParams`: the rules have no parameter `Flog`"]
    );
    assert!(
        statics(r#""Flag": {"value": 1}"#)[0].contains("takes a string, a boolean or an array of strings")
    );
    let member = |param: &str, target: &str| {
        let input = format!(
            r#""x": {{"target": "{target}", "traits": {{"smithy.rules#contextParam": {{"name": "{param}"}}}}}}"#
        );
        given("", &input)
    };
    assert!(member("Flag", "smithy.api#Boolean").is_empty());
    assert_eq!(
        member("Flag", "smithy.api#Long"),
        [
            "«\"smithy.rules#contextParam\"» `smithy.rules#contextParam`: `Flag` takes a boolean, and is given nothing that a parameter takes"
        ]
    );
    assert!(member("Gone", "smithy.api#String")[0].ends_with("the rules have no parameter `Gone`"));
}

#[test]
fn paths_lead_to_what_a_parameter_takes() {
    let path = |param: &str, path: &str| {
        let operation =
            format!(r#""smithy.rules#operationContextParams": {{"{param}": {{"path": "{path}"}}}}"#);
        let input = r#""l": {"target": "a#L"}, "e": {"target": "a#E"}, "m": {"target": "a#M"}"#;
        wrong(&model(&tree(""), "", &operation, input))
    };
    for good in ["l[*].t", "keys(m)", "m.*.t", "l[*].[t, t][]", "[e.t, e.t]"] {
        assert_eq!(path("List", good), [""; 0], "{good}");
    }
    assert!(path("Region", "e.t").is_empty());
    for (wrong, diagnostic) in [
        ("gone", "the path of `List` leads nowhere: there is no member `gone`"),
        ("e.t.x", "leads nowhere: `x` is asked of what is no structure"),
        ("e[*]", "leads nowhere: `[*]` is for lists"),
        ("l.*", "leads nowhere: `*` is for maps"),
        ("keys(l)", "leads nowhere: only a map has keys"),
        ("l[*].[t, n][]", "leads nowhere: the paths of a list lead to different types"),
        ("l[*].n", "`List` takes an array of strings, and is given nothing that a parameter takes"),
        ("l[*].[t, t]", "`List` takes an array of strings, and is given nothing that a parameter takes"),
        ("e.t", "`List` takes an array of strings, and is given a string"),
        (
            "length(l)",
            "a path of the specification's part of JMESPath: the function `length` is none that paths have, which is `keys` alone, not \"length(l)\"",
        ),
    ] {
        let found = path("List", wrong);
        assert!(found.len() == 1 && found[0].ends_with(diagnostic), "{wrong}: {found:?}");
    }
}

#[test]
fn tests_of_rules_give_parameters_that_there_are_and_expect_something() {
    let case = |case: &str| {
        let traits = format!(r#""smithy.rules#endpointTests": {{"testCases": [{case}]}}"#);
        let found = wrong(&model(&tree(""), &traits, "", ""));
        found.iter().map(|found| found.split_once("» ").unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    assert!(case(r#"{"params": {"Flag": true}, "expect": {"error": "e"}}"#).is_empty());
    assert_eq!(
        case(r#"{"params": {"Flog": true}, "expect": {"error": "e"}}"#),
        ["`smithy.rules#endpointTests`: the rules have no parameter `Flog`"]
    );
    assert_eq!(
        case(r#"{"params": {"Flag": "x"}, "expect": {"error": "e"}}"#),
        ["`smithy.rules#endpointTests` takes a boolean, not a string"]
    );
    assert_eq!(case("{}"), ["`smithy.rules#endpointTests`: there is no `expect`"]);
    assert_eq!(
        case(r#"{"expect": {}}"#),
        ["`smithy.rules#endpointTests` takes either `endpoint` or `error`, not an object"]
    );
    assert_eq!(case(r#"{"expect": {"endpoint": {}}}"#), ["`smithy.rules#endpointTests`: there is no `url`"]);
}
