//! Tests with malformed and very large models, which must produce diagnostics in reasonable time without a
//! panic.

use super::endpoint::Rules;
use super::testing::{diagnostics, input, load, load_all, model};
use crate::source::Source;
use serde_json::{Value, json};

/// The size of large models: recursion would overflow the stack, and quadratic algorithms would be slow.
const MANY: usize = 20_000;

/// A valid model that uses most features.
const MODEL: &str = r##"{"smithy": "2.0", "metadata": {"m": [1, -2.5e3, "\u00e9é"]}, "shapes": {
"a#S": {"type": "service", "version": "1", "operations": [{"target": "a#O"}], "resources": [{"target": "a#R"}],
  "errors": [{"target": "a#E"}], "rename": {"a#T": "Text"},
  "traits": {"aws.protocols#restJson1": {}, "aws.api#service": {"sdkId": "S"}, "smithy.api#auth": ["aws.auth#sigv4"],
    "aws.auth#sigv4": {"name": "s"}, "smithy.api#httpApiKeyAuth": {"name": "k", "in": "header"},
    "smithy.rules#clientContextParams": {"Flag": {"type": "boolean", "documentation": "d"}},
    "smithy.rules#endpointRuleSet": {"parameters": {"T": {"type": "String", "required": true, "default": "t"},
      "Flag": {"type": "boolean", "builtIn": "AWS::UseFIPS"}, "L": {"type": "stringArray"}}, "rules": [
      {"type": "tree", "conditions": [{"fn": "aws.parseArn", "argv": ["{{{T}"], "assign": "a"}], "rules": [
        {"type": "endpoint", "conditions": [{"fn": "coalesce", "argv": [{"ref": "Flag"}, false, true]}], "endpoint": {
          "url": "{a#region}", "headers": {"h": ["x", "{T}"]}, "properties": {"p": [{"q": 1, "r": "{T}"}, true]}}},
        {"type": "error", "conditions": [{"fn": "getAttr", "argv": [{"ref": "a"}, "resourceId[-1]"]}], "error": "e"}]}]},
    "smithy.rules#endpointBdd": {"parameters": {"T": {"type": "string"}, "Flag": {"type": "boolean"},
      "L": {"type": "stringArray"}}, "conditions": [{"fn": "isSet", "argv": [{"ref": "T"}]}],
      "results": [{"type": "error", "error": "e"}], "root": 2, "nodeCount": 2,
      "nodes": "/////wAAAAH/////AAAAAAX14QH/////"},
    "smithy.rules#endpointTests": {"testCases": [
      {"documentation": "d", "params": {"T": "t", "L": ["l"]}, "expect": {"error": "e"}},
      {"expect": {"endpoint": {"url": "u", "headers": {}}}}]}}},
"a#R": {"type": "resource", "identifiers": {"i": {"target": "a#T"}}, "read": {"target": "a#G"},
  "resources": [{"target": "a#R2"}]},
"a#R2": {"type": "resource", "collectionOperations": [{"target": "a#P"}]},
"a#G": {"type": "operation", "input": {"target": "a#GI"}, "output": {"target": "a#Body"},
  "traits": {"smithy.api#http": {"method": "GET", "uri": "/g/{i}/{r+}?x&y=z", "code": 201}, "smithy.api#readonly": {},
    "smithy.rules#staticContextParams": {"Flag": {"value": true}, "L": {"value": ["l"]}},
    "smithy.rules#operationContextParams": {"T": {"path": "i"}, "L": {"path": "[[i, r], keys(p)][]"}}}},
"a#GI": {"type": "structure", "members": {
  "i": {"target": "a#T", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}},
  "r": {"target": "a#T", "traits": {"smithy.api#httpLabel": {}, "smithy.api#required": {}}},
  "h": {"target": "a#E1", "traits": {"smithy.api#httpHeader": "X-H", "smithy.rules#contextParam": {"name": "T"}}},
  "q": {"target": "a#L", "traits": {"smithy.api#httpQuery": "q"}},
  "p": {"target": "a#M", "traits": {"smithy.api#httpPrefixHeaders": "X-P-"}},
  "b": {"target": "a#Body", "traits": {"smithy.api#httpPayload": {}}}}},
"a#O": {"type": "operation", "mixins": [{"target": "a#OM"}], "input": {"target": "a#Body"},
  "errors": [{"target": "a#E"}], "traits": {"smithy.api#http": {"method": "POST", "uri": "/"}}},
"a#OM": {"type": "operation", "traits": {"smithy.api#mixin": {"localTraits": ["smithy.api#internal"]}}},
"a#P": {"type": "operation", "input": {"target": "a#PI"},
  "traits": {"smithy.api#http": {"method": "POST", "uri": "/p"}}},
"a#PI": {"type": "structure", "members": {"s": {"target": "a#Events"}}},
"a#Events": {"type": "union", "members": {"e": {"target": "a#Body"}}, "traits": {"smithy.api#streaming": {}}},
"a#Body": {"type": "structure", "mixins": [{"target": "a#BM"}], "members": {
  "self": {"target": "a#Body", "traits": {"smithy.api#deprecated": {"message": "m", "since": "s"}}},
  "u": {"target": "a#U", "traits": {"smithy.api#jsonName": "uu"}},
  "n": {"target": "a#N", "traits": {"smithy.api#default": 5}},
  "k": {"target": "a#I1", "traits": {"smithy.api#default": 1}},
  "t": {"target": "smithy.api#Timestamp", "traits": {"smithy.api#timestampFormat": "http-date"}},
  "l": {"target": "a#L", "traits": {"smithy.api#default": []}}}},
"a#Body$mixed": {"type": "apply", "traits": {"smithy.api#documentation": "d"}},
"a#BM": {"type": "structure", "members": {"mixed": {"target": "a#Blob"}}, "traits": {"smithy.api#mixin": {}}},
"a#U": {"type": "union", "members": {"a": {"target": "smithy.api#Unit"}, "b": {"target": "a#M"}}},
"a#L": {"type": "list", "member": {"target": "a#T"}, "traits": {"smithy.api#sparse": {}}},
"a#M": {"type": "map", "key": {"target": "a#T"}, "value": {"target": "a#T"}},
"a#T": {"type": "string", "traits": {"smithy.api#length": {"min": 1}, "smithy.api#pattern": "^a$"}},
"a#N": {"type": "integer", "traits": {"smithy.api#range": {"max": 9}, "smithy.api#sensitive": {}}},
"a#Blob": {"type": "blob", "traits": {"smithy.api#mediaType": "text/plain"}},
"a#E1": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a"}}}},
"a#I1": {"type": "intEnum", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}}}},
"a#Old": {"type": "string", "traits": {"smithy.api#enum": [{"name": "A", "value": "a", "tags": ["internal"]}]}},
"a#E": {"type": "structure", "members": {"old": {"target": "a#Old"},
  "c": {"target": "smithy.api#Integer", "traits": {"smithy.api#httpResponseCode": {}}}},
  "traits": {"smithy.api#error": "client", "smithy.api#httpError": 404, "smithy.api#retryable": {"throttling": true}}}
}}"##;

/// Parses and resolves a model, and checks that all spans are within the text. Returns true if the model is
/// valid.
fn is_valid(bytes: &[u8]) -> bool {
    let result = load_all(&[bytes]);
    let source = Source::new("", bytes);
    let text = source.text();
    let Err(diagnostics) = &result else { return true };
    for diagnostic in diagnostics.iter() {
        let spans = diagnostic.related.iter().map(|(span, _)| *span).chain([diagnostic.span]);
        for span in spans {
            assert!(text.get(span.range()).is_some(), "{diagnostic:?}");
        }
    }
    false
}

#[test]
fn model_is_valid() {
    let model = load(MODEL).unwrap();
    assert_eq!((model.operations.len(), model.skipped.len()), (2, 1));
}

#[test]
fn rejects_truncated_models() {
    for end in 0..MODEL.trim_end().len() {
        assert!(!is_valid(&MODEL.as_bytes()[..end]), "cut at {end}");
    }
}

#[test]
fn accepts_many_files() {
    let apply = |number: usize| {
        format!(
            r##"{{"smithy": "2", "metadata": {{"m": [{number}]}}, "shapes": {{"a#T{number}": {{"type": "string"}},
                "a#O": {{"type": "apply", "traits": {{"smithy.api#tags": ["{number}"]}}}}}}}}"##
        )
    };
    let files: Vec<_> = std::iter::once(MODEL.to_owned()).chain((0..MANY).map(apply)).collect();
    assert!(load_all(&files).is_ok());
}

#[test]
fn changed_bytes_do_not_panic() {
    let replacements = *b"\"{}[]:,0-enx$#\\ \n\x00\xFF";
    let mut bytes = MODEL.as_bytes().to_vec();
    for at in 0..bytes.len() {
        let replacement = replacements[at % replacements.len()];
        let old = std::mem::replace(&mut bytes[at], replacement);
        is_valid(&bytes);
        bytes[at] = old;
    }
}

/// Collects the JSON pointers to all nested values.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut inner = |key: String, value: &Value| {
        let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(at.clone());
        pointers(value, &at, found);
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| inner(i.to_string(), item)),
        Value::Object(entries) => entries.iter().for_each(|(key, value)| inner(key.clone(), value)),
        _ => {}
    }
}

#[test]
fn replaced_values_do_not_panic() {
    let model: Value = serde_json::from_str(MODEL).unwrap();
    let mut found = Vec::new();
    pointers(&model, "", &mut found);
    let replacements = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(1e300),
        json!("x"),
        json!(""),
        json!("a#Body"),
        json!("a#O"),
        json!([]),
        json!([null]),
        json!({}),
        json!({"target": "a#Body"}),
        json!({"target": "a#Gone"}),
    ];
    for (n, pointer) in found.iter().enumerate() {
        for i in 0..3 {
            let mut changed = model.clone();
            if let Some(value) = changed.pointer_mut(pointer) {
                *value = replacements[(n + i * 5) % replacements.len()].clone();
            }
            is_valid(changed.to_string().as_bytes());
        }
    }
}

#[test]
fn rejects_deeply_nested_json() {
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    let at_trait =
        input(&format!("\n\"x\": {{\"target\": \"smithy.api#String\", \"traits\": {{\"a#t\": {deep}}}}}"));
    assert_eq!(diagnostics(&at_trait), ["3:177 «[» the JSON is nested too deeply"]);
    for property in ["\"metadata\": @", "\"x\": @", "\"shapes\": @", "\"shapes\": {\"a#A\": @}"] {
        let source = format!("{{\"smithy\": \"2\", {}}}", property.replace('@', &deep));
        let diagnostics = load(&source).unwrap_err();
        assert_eq!(diagnostics.to_string(), "error: the JSON is nested too deeply");
    }
    let unclosed = input(&format!("\"x\": {}", "{\"a\":".repeat(1_000_000)));
    assert!(diagnostics(&unclosed)[0].ends_with("the JSON is nested too deeply"));
}

/// Returns an input that targets a chain of `MANY` shapes, each written by `write(id, next_id)`. The last one
/// targets the input.
fn chain(write: impl Fn(&str, &str) -> String) -> String {
    let id = |i: usize| if i < MANY { format!("a#C{i}") } else { "a#In".to_owned() };
    let shapes: Vec<String> =
        (0..MANY).map(|i| format!(",\n\"{}\": {}", id(i), write(&id(i), &id(i + 1)))).collect();
    input(r#""x": {"target": "a#C0"}"#) + &shapes.concat()
}

#[test]
fn accepts_long_chains_of_structures_and_rejects_cycles() {
    let optional = |_: &str, next: &str| {
        format!(r#"{{"type": "structure", "members": {{"n": {{"target": "{next}"}}}}}}"#)
    };
    assert!(diagnostics(&chain(optional)).is_empty());
    let required = |_: &str, next: &str| {
        format!(
            r#"{{"type": "structure", "members": {{"n": {{"target": "{next}", "traits": {{"smithy.api#required": {{}}}}}}}}}}"#
        )
    };
    assert!(diagnostics(&chain(required)).is_empty());
    let cycle =
        chain(required).replacen(r#""a#C0"}"#, r#""a#C0", "traits": {"smithy.api#required": {}}}"#, 1);
    let found = diagnostics(&cycle);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("recursively requires itself: ") && found[0].len() < 500);
}

#[test]
fn reports_long_chain_of_lists_once() {
    let lists = chain(|_, next| format!(r#"{{"type": "list", "member": {{"target": "{next}"}}}}"#));
    let found = diagnostics(&lists);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].ends_with("lists and maps in `a#C19967` are nested more than 32 levels deep"),
        "{found:?}"
    );
}

#[test]
fn accepts_long_chains_of_mixins() {
    let mixins = |_: &str, next: &str| {
        let uses = if next == "a#In" { String::new() } else { format!(r#"{{"target": "{next}"}}"#) };
        format!(r#"{{"type": "structure", "mixins": [{uses}], "traits": {{"smithy.api#mixin": {{}}}}}}"#)
    };
    let shapes = chain(mixins).replacen(
        &input(r#""x": {"target": "a#C0"}"#),
        r#""a#In": {"type": "structure", "mixins": [{"target": "a#C0"}]}"#,
        1,
    );
    assert!(diagnostics(&shapes).is_empty());
}

#[test]
fn reports_many_missing_targets() {
    let members: Vec<String> =
        (0..MANY).map(|i| format!("\"m{i}\": {{\"target\": \"a#Gone{i}\"}}")).collect();
    assert_eq!(load(&model(&input(&members.join(",")))).unwrap_err().iter().count(), MANY);
}

#[test]
fn accepts_many_rule_variables() {
    let condition = |number: usize| json!({"fn": "parseURL", "argv": [format!("{{v{}#path}}", (number + 1) % MANY)], "assign": format!("v{number}")});
    let conditions: Vec<Value> = (0..MANY).map(condition).collect();
    let mut model: Value = serde_json::from_str(MODEL).unwrap();
    model["shapes"]["a#S"]["traits"]["smithy.rules#endpointBdd"]["conditions"] = conditions.into();
    let model = load(&model.to_string()).unwrap();
    let Rules::Bdd(bdd) = model.service.endpoints.unwrap().rules.rules else { panic!("no BDD") };
    assert_eq!(bdd.conditions.iter().filter(|condition| condition.assign.is_some()).count(), MANY);
}
