//! Tests that a protocol test fails if any part differs.

use super::*;
use crate::protocol::RestJson1;
use crate::schema::{BLOB, BOOLEAN, DOUBLE, FLOAT, INTEGER, Member, STRING, Schema, TIMESTAMP, Trait};
use crate::service::{HttpBinding, OperationSchema, Service, ServiceSchema};
use crate::test_shapes::{CHOICE, Choice, EVERYTHING, Everything, TOKEN, Token, structure};
use crate::types::{Bytes, Timestamp};

static SERVICE: ServiceSchema = ServiceSchema::new("test#Service", "1", &RestJson1);

structure!(Input, INPUT {
    name: String => Member::new("name", &STRING, &[Trait::HttpLabel]),
    limit: Option<i32> => Member::new("limit", &INTEGER, &[Trait::HttpQuery("limit")]),
    all: Option<bool> => Member::new("all", &BOOLEAN, &[Trait::HttpQuery("all")]),
    header: Option<String> => Member::new("header", &STRING, &[Trait::HttpHeader("X-Header")]),
    double: Option<f64> => Member::new("double", &DOUBLE, &[]),
    choice: Option<Choice> => Member::new("choice", &CHOICE, &[]),
});

structure!(Raw, RAW {
    media_type: Option<String> => Member::new("mediaType", &STRING, &[Trait::HttpHeader("Content-Type")]),
    body: Option<Bytes> => Member::new("body", &BLOB, &[Trait::HttpPayload]),
});

structure!(Gone, GONE {
    message: Option<String> => Member::new("message", &STRING, &[]),
    at: Option<Timestamp> => Member::new("at", &TIMESTAMP, &[]),
    ratio: Option<f32> => Member::new("ratio", &FLOAT, &[]),
});

enum Failure {
    Gone(Gone),
    Token(Token),
}

impl OperationError for Failure {
    fn default_value(index: usize) -> Option<Self> {
        match index {
            0 => Some(Self::Gone(Value::default_value())),
            1 => Some(Self::Token(Value::default_value())),
            _ => None,
        }
    }

    fn shape(&self) -> &dyn crate::shape::Structure {
        match self {
            Self::Gone(error) => error,
            Self::Token(error) => error,
        }
    }

    fn shape_mut(&mut self) -> &mut dyn crate::shape::Structure {
        match self {
            Self::Gone(error) => error,
            Self::Token(error) => error,
        }
    }
}

const ERRORS: &[&Schema] = &[&GONE, &TOKEN];

const fn schema(input: &'static Schema, output: &'static Schema, uri: &'static str) -> OperationSchema {
    OperationSchema {
        id: "test#Operation",
        service: &SERVICE,
        input,
        output,
        errors: ERRORS,
        http: Some(HttpBinding { method: "POST", uri, code: 200 }),
        traits: &[],
    }
}

struct TestOperation;

enum TestService {}

impl Service for TestService {
    const SCHEMA: &'static ServiceSchema = &SERVICE;
}

impl Operation for TestOperation {
    type Service = TestService;
    type Input = Input;
    type Output = Everything;
    type Error = Failure;
    const SCHEMA: &'static OperationSchema = &schema(&INPUT, &EVERYTHING, "/ask/{name}?x=a%20b");
}

struct RawOperation;

impl Operation for RawOperation {
    type Service = TestService;
    type Input = Raw;
    type Output = Raw;
    type Error = Failure;
    const SCHEMA: &'static OperationSchema = &schema(&RAW, &RAW, "/");
}

const REQUEST: RequestCase = RequestCase {
    id: "Request",
    params: r#"{"name": "me", "limit": 3, "all": true, "header": "a, \"b, c\"", "double": 1.5, "choice": {"text": "t"}}"#,
    method: "POST",
    uri: "/base/ask/me",
    host: Some("example.com/base"),
    resolved_host: Some("example.com"),
    query_params: &["limit=3", "x=a%20b"],
    forbid_query_params: &["none", "limi"],
    require_query_params: &["all"],
    headers: &[("x-header", "a,\"b, c\""), ("content-type", "application/json")],
    forbid_headers: &["X-None"],
    require_headers: &["Content-Length"],
    body: Some(r#"{"choice": {"t": "t"}, "double": 1.50}"#),
    body_media_type: Some("application/json"),
};

/// Returns the names of the parts that differ.
fn parts(report: &Report) -> Vec<String> {
    let text = report.to_string();
    let heads = text.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    heads.map(|line| line.trim().to_owned()).collect()
}

fn request_parts(case: RequestCase) -> Vec<String> {
    parts(&request_report::<TestOperation>(&case))
}

#[test]
fn matching_requests_pass() {
    check_request::<TestOperation>(REQUEST);
    check_request::<TestOperation>(RequestCase {
        query_params: &[],
        headers: &[],
        body: None,
        resolved_host: None,
        ..REQUEST
    });
}

#[test]
fn compares_each_part_of_a_request() {
    let cases = [
        (RequestCase { method: "PUT", ..REQUEST }, "method"),
        (RequestCase { uri: "/base/ask/m%65", ..REQUEST }, "path"),
        (RequestCase { uri: "/ask/me", ..REQUEST }, "path"),
        (RequestCase { resolved_host: Some("a.example.com"), ..REQUEST }, "host"),
        (RequestCase { query_params: &["limit=4"], ..REQUEST }, "query"),
        (RequestCase { query_params: &["limit=3", "limit=3"], ..REQUEST }, "query"),
        (RequestCase { query_params: &["x=a+b"], ..REQUEST }, "query"),
        (RequestCase { query_params: &["limit"], ..REQUEST }, "query"),
        (RequestCase { forbid_query_params: &["limit"], ..REQUEST }, "query"),
        (RequestCase { require_query_params: &["more"], ..REQUEST }, "query"),
        (RequestCase { headers: &[("X-Header", "a,\"b,c\"")], ..REQUEST }, "header X-Header"),
        (RequestCase { headers: &[("X-Header", "a")], ..REQUEST }, "header X-Header"),
        (RequestCase { headers: &[("X-None", "")], ..REQUEST }, "header X-None"),
        (RequestCase { forbid_headers: &["x-header"], ..REQUEST }, "header x-header"),
        (RequestCase { require_headers: &["X-None"], ..REQUEST }, "header X-None"),
        (RequestCase { body: Some(r#"{"double": 1.5}"#), ..REQUEST }, "body"),
        (RequestCase { body: Some(""), ..REQUEST }, "body"),
        (RequestCase { body: Some("{}"), body_media_type: None, ..REQUEST }, "body"),
        (RequestCase { body: Some("{"), ..REQUEST }, "body"),
        (RequestCase { params: "{\"name\": \"\"}", ..REQUEST }, "request"),
        (RequestCase { params: "{\"nam\": \"x\"}", ..REQUEST }, "params"),
        (RequestCase { params: "{\"name\": 1}", ..REQUEST }, "params"),
        (RequestCase { host: Some("a b"), ..REQUEST }, "host"),
    ];
    for (case, part) in cases {
        assert_eq!(request_parts(case), [part], "{case:?}");
    }
}

#[test]
fn compares_bodies_by_media_type() {
    let cases = [
        ("text/plain", "a b", "a b", true),
        ("text/plain", "a b", "a  b", false),
        ("application/octet-stream", "[1]", "[1.0]", false),
        ("application/json; charset=utf-8", "[1]", "[1.0]", true),
        ("application/x-amz-json-1.1", "{ }", "{}", true),
        ("application/x-www-form-urlencoded", "a=1&b=2&a=1", "b=2&a=1&a=1", true),
        ("application/x-www-form-urlencoded", "a=1&a=1", "a=1", false),
        ("application/x-www-form-urlencoded", "a=1", "a=2", false),
        ("application/cbor", "b2s=", "ok", true),
        ("application/cbor", "b2s=", "no", false),
        ("application/cbor", "?", "ok", false),
        ("application/xml", "<a/>", "<b/>", false),
        ("application/json", "", "{}", false),
        ("application/json", "{}", "", false),
    ];
    for (media_type, expected, got, same) in cases {
        let params = serde_json::json!({ "body": got, "mediaType": media_type }).to_string().leak();
        let case = RequestCase {
            params,
            method: "POST",
            uri: "/",
            body: Some(expected),
            body_media_type: Some(media_type),
            ..RequestCase::default()
        };
        let expected_parts: &[&str] = if same { &[] } else { &["body"] };
        assert_eq!(
            parts(&request_report::<RawOperation>(&case)),
            expected_parts,
            "{media_type} {expected} {got}"
        );
    }
}

#[test]
fn reports_expected_and_actual_parts() {
    let case = RequestCase { method: "PUT", query_params: &["y=1"], ..REQUEST };
    let message = std::panic::catch_unwind(|| check_request::<TestOperation>(case)).unwrap_err();
    assert_eq!(
        message.downcast_ref::<String>().unwrap(),
        "protocol test `Request`:\n  method\n    expected: PUT\n    got:      POST\n  query\n    \
         expected: y=1\n    got:      nothing\n"
    );
}

const PARAMS: &str = r#"{
    "blob": "ab", "boolean": true, "string": "s", "byte": -1, "short": 2, "integer": 3, "long": 4,
    "float": "NaN", "double": "-Infinity", "bigInteger": 123456789012345678901234567890, "bigDecimal": 1.10,
    "timestamp": 1515531081, "dateTime": 1515531081.5, "document": {"a": [1, null]}, "strings": ["a"],
    "sparseStrings": [null, "b"], "numbers": {"one": 1}, "sparseNumbers": {"none": null, "two": 2},
    "dates": [0], "token": {"id": "t", "child": {"id": "c"}}, "choice": {"strings": ["c"]}, "color": "RED",
    "size": 7, "renamed": null
}"#;

const RESPONSE: ResponseCase = ResponseCase {
    id: "Response",
    code: 200,
    headers: &[("Content-Type", "application/json")],
    body: Some(
        r#"{"blob": "YWI=", "boolean": true, "string": "s", "byte": -1, "short": 2, "integer": 3, "long": 4,
        "float": "NaN", "double": "-Infinity", "bigInteger": 123456789012345678901234567890,
        "bigDecimal": 1.10, "timestamp": 1515531081, "dateTime": "2018-01-09T20:51:21.5Z",
        "document": {"a": [1.0, null]}, "strings": ["a"], "sparseStrings": [null, "b"], "numbers": {"one": 1},
        "sparseNumbers": {"none": null, "two": 2}, "dates": ["1970-01-01T00:00:00Z"],
        "token": {"id": "t", "child": {"id": "c"}}, "choice": {"strings": ["c"]}, "color": "RED", "size": 7}"#,
    ),
    body_media_type: Some("application/json"),
    error: None,
    error_code: None,
    params: PARAMS,
};

fn response_parts(case: ResponseCase) -> Vec<String> {
    parts(&response_report::<TestOperation>(&case))
}

#[test]
fn matching_outputs_pass() {
    check_response::<TestOperation>(RESPONSE);
    check_response::<TestOperation>(ResponseCase { body: Some("{}"), params: "", ..RESPONSE });
}

#[test]
fn compares_each_member_of_an_output() {
    for (from, to, part) in [
        (r#""blob": "ab""#, r#""blob": "ac""#, "blob"),
        (r#""boolean": true, "#, "", "boolean"),
        (r#""string": "s""#, r#""string": "t""#, "string"),
        (r#""byte": -1"#, r#""byte": 1"#, "byte"),
        (r#""short": 2"#, r#""short": 1"#, "short"),
        (r#""integer": 3"#, r#""integer": 1"#, "integer"),
        (r#""long": 4"#, r#""long": 1"#, "long"),
        (r#""float": "NaN""#, r#""float": 1"#, "float"),
        (r#""double": "-Infinity""#, r#""double": "Infinity""#, "double"),
        ("901234567890", "901234567891", "bigInteger"),
        ("1.10", "1.11", "bigDecimal"),
        ("1515531081,", "1515531082,", "timestamp"),
        ("1515531081.5", "1515531081", "dateTime"),
        (r#"[1, null]"#, r#"[1]"#, "document"),
        (r#""strings": ["a"]"#, r#""strings": ["b"]"#, "strings[0]"),
        (r#""strings": ["a"]"#, r#""strings": ["a", "b"]"#, "strings"),
        (r#"[null, "b"]"#, r#"["a", "b"]"#, "sparseStrings[0]"),
        (r#"{"one": 1}"#, r#"{"one": 2}"#, "numbers[\"one\"]"),
        (r#""none": null, "#, "", "sparseNumbers[\"none\"]"),
        (r#""none": null, "#, r#""none": null, "new": 1, "#, "sparseNumbers[\"new\"]"),
        (r#""none": null, "#, r#""none": 0, "#, "sparseNumbers[\"none\"]"),
        ("[0]", "[1]", "dates[0]"),
        (r#"{"id": "c"}"#, r#"{"id": "d"}"#, "token.child.id"),
        (r#"{"strings": ["c"]}"#, r#"{"strings": ["d"]}"#, "choice.strings[0]"),
        (r#"{"strings": ["c"]}"#, r#"{"text": "d"}"#, "choice"),
        (r#""color": "RED""#, r#""color": "GREEN""#, "color"),
        (r#""size": 7"#, r#""size": 8"#, "size"),
        (r#""renamed": null"#, r#""renamed": "x""#, "renamed"),
        (r#""renamed""#, r#""re-named""#, "params"),
    ] {
        assert!(PARAMS.contains(from), "{from}");
        let params = PARAMS.replacen(from, to, 1).leak();
        assert_eq!(response_parts(ResponseCase { params, ..RESPONSE }), [part], "{from} {to}");
    }
}

const ERROR: ResponseCase = ResponseCase {
    id: "Error",
    code: 410,
    headers: &[("X-Amzn-Errortype", "Gone")],
    body: Some(r#"{"message": "m", "at": 1, "ratio": 0.5}"#),
    body_media_type: Some("application/json"),
    error: Some("test#Gone"),
    error_code: Some("Gone"),
    params: r#"{"message": "m", "at": 1, "ratio": 0.5}"#,
};

#[test]
fn compares_errors_by_shape_code_and_members() {
    check_response::<TestOperation>(ERROR);
    for (case, part) in [
        (ResponseCase { params: r#"{"message": "m", "at": 1}"#, ..ERROR }, "ratio"),
        (ResponseCase { params: r#"{"mess": "m"}"#, ..ERROR }, "params"),
        (ResponseCase { error_code: Some("Other"), ..ERROR }, "error code"),
        (ResponseCase { error: Some("test#Token"), ..ERROR }, "result"),
        (ResponseCase { error: Some("test#Undeclared"), ..ERROR }, "result"),
        (ResponseCase { headers: &[("X-Amzn-Errortype", "What")], error_code: None, ..ERROR }, "result"),
        (ResponseCase { code: 200, body: Some("{}"), ..ERROR }, "result"),
        (ResponseCase { error: None, ..ERROR }, "result"),
        (ResponseCase { body: Some("{"), ..RESPONSE }, "result"),
        (ResponseCase { code: 4, ..RESPONSE }, "response"),
    ] {
        assert_eq!(response_parts(case), [part], "{case:?}");
    }
}
