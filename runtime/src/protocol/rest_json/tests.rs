use super::*;
use crate::schema::{
    BLOB, BOOLEAN, DOCUMENT, DOUBLE, FLOAT, INTEGER, Kind, Member, STRING, Schema, TIMESTAMP, Trait, UNIT,
};
use crate::service::{HttpBinding, OperationSchema, ServiceSchema};
use crate::shape::{Structure, Value};
use crate::test_shapes::{CHOICE, Choice, Color, TOKEN, Token, structure};
use crate::types::{Document, Timestamp, TimestampFormat};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response};
use std::collections::BTreeMap;

static SERVICE: ServiceSchema = ServiceSchema::new("test#Service", "1", &RestJson1);

fn operation(http: HttpBinding, output: &'static Schema) -> OperationSchema {
    OperationSchema {
        id: "test#Operation",
        service: &SERVICE,
        input: &UNIT,
        output,
        errors: &[],
        http: Some(http),
        traits: &[],
    }
}

fn any_operation() -> OperationSchema {
    operation(HttpBinding { method: "GET", uri: "/", code: 200 }, &UNIT)
}

fn try_request(uri: &'static str, endpoint: &str, input: &dyn Structure) -> Result<Request<Bytes>, String> {
    let operation = operation(HttpBinding { method: "POST", uri, code: 200 }, &UNIT);
    let endpoint = endpoint.parse().unwrap();
    RestJson1.request(&operation, input, &endpoint).map_err(|error| error.to_string())
}

fn request(uri: &'static str, input: &dyn Structure) -> Request<Bytes> {
    try_request(uri, "https://host", input).unwrap()
}

fn header<'a>(request: &'a Request<Bytes>, name: &str) -> Option<&'a str> {
    request.headers().get(name).map(|value| value.to_str().unwrap())
}

fn response(headers: &[(&str, &str)], body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = http::StatusCode::CREATED;
    for (name, value) in headers {
        let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        response.headers_mut().append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    response
}

fn try_output<T: Structure + Value>(headers: &[(&str, &str)], body: impl Into<Bytes>) -> Result<T, String> {
    let operation = operation(HttpBinding { method: "GET", uri: "/", code: 200 }, &UNIT);
    let mut output = T::default_value();
    let read = RestJson1.output(&operation, &response(headers, body), &mut output);
    read.map(|()| output).map_err(|error| error.to_string())
}

fn output<T: Structure + Value>(headers: &[(&str, &str)], body: impl Into<Bytes>) -> T {
    try_output(headers, body).unwrap()
}

structure!(Path, PATH {
    name: Option<String> => Member::new("name", &STRING, &[Trait::HttpLabel]),
    rest: Option<String> => Member::new("rest", &STRING, &[Trait::HttpLabel]),
    double: Option<f64> => Member::new("double", &DOUBLE, &[Trait::HttpLabel]),
    at: Option<Timestamp> => Member::new("at", &TIMESTAMP, &[Trait::HttpLabel]),
});

#[test]
fn escapes_labels_except_slashes_in_greedy_labels() {
    let input = Path {
        name: Some("a/b c?é~-._".into()),
        rest: Some("x/y z/?".into()),
        double: Some(f64::NEG_INFINITY),
        at: Some(Timestamp::from_secs(1_576_540_098)),
    };
    let request = request("/n/{name}/d/{double}/t/{at}/{rest+}/end", &input);
    assert_eq!(
        request.uri(),
        "https://host/n/a%2Fb%20c%3F%C3%A9~-._/d/-Infinity/t/2019-12-16T23%3A48%3A18Z/x/y%20z/%3F/end"
    );
    assert_eq!((request.method(), request.body().len()), (&Method::POST, 0));
    assert!(request.headers().is_empty());
}

#[test]
fn rejects_unset_and_empty_labels() {
    let mut input = Path::default_value();
    let expected = "name: URI label must be set and not empty";
    assert_eq!(try_request("/{name}", "https://host", &input).unwrap_err(), expected);
    input.name = Some(String::new());
    assert_eq!(try_request("/{name}", "https://host", &input).unwrap_err(), expected);
}

#[test]
fn prepends_endpoint_path() {
    for (endpoint, expected) in [
        ("https://host", "https://host/v1/token"),
        ("https://host/", "https://host/v1/token"),
        ("http://host:8080/base", "http://host:8080/base/v1/token"),
        ("https://host/a/b/", "https://host/a/b/v1/token"),
    ] {
        assert_eq!(try_request("/v1/token", endpoint, &()).unwrap().uri(), expected);
    }
    assert_eq!(try_request("/", "https://host/base", &()).unwrap().uri(), "https://host/base/");
    let error = try_request("/v1/token", "/relative", &()).unwrap_err();
    assert_eq!(error, "endpoint has no scheme or host");
}

#[test]
fn error_for_too_long_uri_does_not_contain_value() {
    let input = Path { name: Some("hush".repeat(20_000)), ..Path::default_value() };
    let error = try_request("/{name}", "https://host", &input).unwrap_err();
    assert_eq!(error, "URI is too long or malformed");
}

static STRINGS: Schema = Schema::new("test#Strings", Kind::List, &[], &[Member::new("member", &STRING, &[])]);
static TIMES: Schema = Schema::new("test#Times", Kind::List, &[], &[Member::new("member", &TIMESTAMP, &[])]);
static STRING_MAP: Schema = Schema::new(
    "test#StringMap",
    Kind::Map,
    &[],
    &[Member::new("key", &STRING, &[]), Member::new("value", &STRING, &[])],
);
static LIST_MAP: Schema = Schema::new(
    "test#ListMap",
    Kind::Map,
    &[],
    &[Member::new("key", &STRING, &[]), Member::new("value", &STRINGS, &[])],
);

structure!(Query, QUERY {
    a: Option<String> => Member::new("a", &STRING, &[Trait::HttpQuery("a b")]),
    flag: Option<bool> => Member::new("flag", &BOOLEAN, &[Trait::HttpQuery("flag")]),
    list: Option<Vec<String>> => Member::new("list", &STRINGS, &[Trait::HttpQuery("list")]),
    times: Option<Vec<Timestamp>> => Member::new("times", &TIMES, &[Trait::HttpQuery("times")]),
    more: Option<BTreeMap<String, String>> => Member::new("more", &STRING_MAP, &[Trait::HttpQueryParams]),
});

structure!(ListQuery, LIST_QUERY {
    more: Option<BTreeMap<String, Vec<String>>> => Member::new("more", &LIST_MAP, &[Trait::HttpQueryParams]),
    last: Option<String> => Member::new("last", &STRING, &[Trait::HttpQuery("last")]),
});

#[test]
fn writes_literal_query_parameters_and_lists() {
    let mut input = Query {
        a: Some(String::new()),
        flag: Some(false),
        list: Some(vec!["x&y".into(), "z=é".into()]),
        times: Some(vec![Timestamp::from_secs(0)]),
        more: Some(
            [
                ("flag".into(), "overridden".into()),
                ("lit".into(), "overridden".into()),
                ("k&".into(), "v".into()),
            ]
            .into(),
        ),
    };
    assert_eq!(
        request("/p?lit=1&bare", &input).uri().query(),
        Some("lit=1&bare&a%20b=&flag=false&list=x%26y&list=z%3D%C3%A9&times=1970-01-01T00%3A00%3A00Z&k%26=v")
    );
    input = Query { more: Some([("flag".into(), "used".into())].into()), ..Query::default_value() };
    assert_eq!(request("/p", &input).uri(), "https://host/p?flag=used");
    input = Query { list: Some(vec![]), ..Query::default_value() };
    assert_eq!(request("/p", &input).uri(), "https://host/p");
}

#[test]
fn query_map_does_not_override_members() {
    let more =
        [("b".into(), vec!["1".into(), "2".into()]), ("last".into(), vec!["overridden".into()])].into();
    let input = ListQuery { more: Some(more), last: Some("named".into()) };
    assert_eq!(request("/p", &input).uri().query(), Some("last=named&b=1&b=2"));
}

static NUMBERS: Schema =
    Schema::new("test#Numbers", Kind::List, &[], &[Member::new("member", &INTEGER, &[])]);
static EPOCHS: Schema = Schema::new(
    "test#Epochs",
    Kind::List,
    &[],
    &[Member::new("member", &TIMESTAMP, &[Trait::TimestampFormat(TimestampFormat::EpochSeconds)])],
);

structure!(Headers, HEADERS {
    string: Option<String> => Member::new("string", &STRING, &[Trait::HttpHeader("X-String")]),
    secret: Option<String> => Member::new("secret", &STRING, &[Trait::HttpHeader("X-Secret"), Trait::Sensitive]),
    media: Option<String> =>
        Member::new("media", &STRING, &[Trait::HttpHeader("X-Media"), Trait::MediaType("application/json")]),
    color: Option<Color> => Member::new("color", &STRING, &[Trait::HttpHeader("X-Color")]),
    flag: Option<bool> => Member::new("flag", &BOOLEAN, &[Trait::HttpHeader("X-Flag")]),
    number: Option<i32> => Member::new("number", &INTEGER, &[Trait::HttpHeader("X-Number")]),
    float: Option<f32> => Member::new("float", &FLOAT, &[Trait::HttpHeader("X-Float")]),
    at: Option<Timestamp> => Member::new("at", &TIMESTAMP, &[Trait::HttpHeader("X-At")]),
    strings: Option<Vec<String>> => Member::new("strings", &STRINGS, &[Trait::HttpHeader("X-Strings")]),
    numbers: Option<Vec<i32>> => Member::new("numbers", &NUMBERS, &[Trait::HttpHeader("X-Numbers")]),
    times: Option<Vec<Timestamp>> => Member::new("times", &TIMES, &[Trait::HttpHeader("X-Times")]),
    epochs: Option<Vec<Timestamp>> => Member::new("epochs", &EPOCHS, &[Trait::HttpHeader("X-Epochs")]),
    prefixed: Option<BTreeMap<String, String>> =>
        Member::new("prefixed", &STRING_MAP, &[Trait::HttpPrefixHeaders("X-Meta-")]),
    status: Option<i32> => Member::new("status", &INTEGER, &[Trait::HttpResponseCode]),
});

fn headers() -> Headers {
    let at = Timestamp::from_secs(1_576_540_098);
    Headers {
        string: Some("a, \"b\"".into()),
        secret: Some("hush".into()),
        media: Some("true".into()),
        color: Some(Color::Red),
        flag: Some(true),
        number: Some(-7),
        float: Some(f32::INFINITY),
        at: Some(at),
        strings: Some(vec!["b,c".into(), "\"d\\ef\"".into(), "a".into(), String::new(), " x".into()]),
        numbers: Some(vec![1, -2, 3]),
        times: Some(vec![at, at]),
        epochs: Some(vec![at, Timestamp::from_secs_and_nanos(0, 500_000_000)]),
        prefixed: Some([("abc".into(), "Abc value".into()), ("empty".into(), String::new())].into()),
        status: None,
    }
}

const HEADER_TEXTS: [(&str, &str); 13] = [
    ("x-string", "a, \"b\""),
    ("x-secret", "hush"),
    ("x-media", "dHJ1ZQ=="),
    ("x-color", "RED"),
    ("x-flag", "true"),
    ("x-number", "-7"),
    ("x-float", "Infinity"),
    ("x-at", "Mon, 16 Dec 2019 23:48:18 GMT"),
    ("x-strings", r#""b,c", "\"d\\ef\"", a, "", " x""#),
    ("x-numbers", "1, -2, 3"),
    ("x-times", "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT"),
    ("x-epochs", "1576540098, 0.5"),
    ("x-meta-abc", "Abc value"),
];

#[test]
fn writes_headers_of_every_kind() {
    let request = request("/", &headers());
    for (name, expected) in HEADER_TEXTS {
        assert_eq!(header(&request, name), Some(expected), "{name}");
    }
    assert_eq!(header(&request, "x-meta-empty"), Some(""));
    // The status is not a request binding, so the member would be in the body.
    assert_eq!(request.body(), "{}");
    assert!(!format!("{request:?}").contains("hush"));
}

#[test]
fn reads_headers_of_every_kind() {
    let mut texts = HEADER_TEXTS.to_vec();
    texts.push(("X-Meta-Empty", ""));
    assert_eq!(output::<Headers>(&texts, ""), Headers { status: Some(201), ..headers() });
}

#[test]
fn writes_empty_but_not_unset_strings_and_lists() {
    let input = Headers { string: Some(String::new()), strings: Some(vec![]), ..Headers::default_value() };
    let request = request("/", &input);
    assert_eq!(header(&request, "x-string"), Some(""));
    assert_eq!(header(&request, "x-strings"), Some(""));
    assert_eq!(header(&request, "x-numbers"), None);
    let read: Headers = output(&[("x-string", ""), ("x-strings", ""), ("x-number", ""), ("x-at", " ")], "");
    assert_eq!(read, Headers { status: Some(201), ..input });
}

#[test]
fn reads_lists_from_several_headers() {
    let texts = [
        ("x-strings", "a,b"),
        ("x-strings", "\"c,d\" ,e"),
        ("X-Times", "Mon, 16 Dec 2019 23:48:18 GMT"),
        ("x-times", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ];
    let read: Headers = output(&texts, "");
    assert_eq!(read.strings.unwrap(), ["a", "b", "c,d", "e"]);
    assert_eq!(read.times.unwrap(), [Timestamp::from_secs(1_576_540_098), Timestamp::from_secs(0)]);
}

structure!(Cached, CACHED {
    expires: Option<Timestamp> => Member::new("expires", &TIMESTAMP, &[Trait::HttpHeader("Expires")]),
    modified: Option<Timestamp> => Member::new("modified", &TIMESTAMP, &[Trait::HttpHeader("Last-Modified")]),
});

#[test]
fn reads_http_dates_of_all_forms_and_ignores_an_invalid_expires() {
    let expected = Some(Timestamp::from_secs(1_554_788_648));
    for text in
        ["Tue, 09 Apr 2019 05:44:08 GMT", "Tuesday, 09-Apr-19 05:44:08 GMT", "Tue Apr  9 05:44:08 2019"]
    {
        let read: Cached = output(&[("expires", text), ("last-modified", text)], "");
        assert_eq!((read.expires, read.modified), (expected, expected), "{text}");
    }
    for text in ["0", "-1", "never", "Tue, 99 Apr 2019 05:44:08 GMT"] {
        let read: Cached = output(&[("expires", text)], "");
        assert_eq!(read.expires, None, "{text}");
    }
    let error = try_output::<Cached>(&[("last-modified", "0")], "").unwrap_err();
    assert_eq!(error, "modified: invalid timestamp: expected format http-date");
}

#[test]
fn errors_for_invalid_headers_do_not_contain_value() {
    for (name, text, expected) in [
        ("x-number", "hush", "number: invalid integer"),
        ("x-flag", "hush", "flag: invalid boolean"),
        ("x-at", "hush", "at: invalid timestamp: expected format http-date"),
        ("x-media", "hush!", "media: invalid base64"),
        ("x-numbers", "1, hush", "numbers: invalid integer"),
        ("x-times", "hush, hush", "times: invalid timestamp: expected format http-date"),
        ("x-strings", "\"hush", "strings: unterminated quoted item of a header list"),
        ("x-strings", "\"hush\" hush", "strings: unexpected text after a quoted item of a header list"),
    ] {
        assert_eq!(try_output::<Headers>(&[(name, text)], "").unwrap_err(), expected);
    }
    let mut response = response(&[], "");
    response.headers_mut().insert("x-string", HeaderValue::from_bytes(b"\xff").unwrap());
    let error = RestJson1.error(&response, &mut Headers::default_value()).unwrap_err();
    assert_eq!(error.to_string(), "string: header is not UTF-8");
}

#[test]
fn errors_for_unsendable_headers_do_not_contain_value() {
    let input = Headers { string: Some("hush\r\nX-Evil: 1".into()), ..Headers::default_value() };
    let error = try_request("/", "https://host", &input).unwrap_err();
    assert_eq!(error, "string: invalid character in header value");
    let input =
        Headers { prefixed: Some([("hush: ".into(), "a".into())].into()), ..Headers::default_value() };
    let error = try_request("/", "https://host", &input).unwrap_err();
    assert_eq!(error, "prefixed: invalid character in header name");
}

structure!(AllHeaders, ALL_HEADERS {
    specific: Option<String> => Member::new("specific", &STRING, &[Trait::HttpHeader("hello")]),
    all: Option<BTreeMap<String, String>> => Member::new("all", &STRING_MAP, &[Trait::HttpPrefixHeaders("")]),
});

#[test]
fn empty_prefix_reads_all_headers_and_does_not_override_members() {
    let all = [("X-Foo".into(), "Foo".into()), ("hello".into(), "overridden".into())].into();
    let request = request("/", &AllHeaders { specific: Some("There".into()), all: Some(all) });
    assert_eq!(header(&request, "x-foo"), Some("Foo"));
    assert_eq!(header(&request, "hello"), Some("There"));
    let read: AllHeaders = output(&[("X-Foo", "Foo"), ("Hello", "There")], "");
    assert_eq!(read.all, Some([("x-foo".into(), "Foo".into()), ("hello".into(), "There".into())].into()));
    assert_eq!(output::<AllHeaders>(&[], "").all, None);
}

macro_rules! payload {
    ($name:ident, $schema:ident, $type:ty, $target:expr, $($trait:expr),*) => {
        structure!($name, $schema {
            kind: Option<String> => Member::new("kind", &STRING, &[Trait::HttpHeader("Content-Type")]),
            payload: Option<$type> => Member::new("payload", $target, &[Trait::HttpPayload, $($trait),*]),
        });
    };
}

payload!(BlobPayload, BLOB_PAYLOAD, Bytes, &BLOB,);
payload!(ImagePayload, IMAGE_PAYLOAD, Bytes, &BLOB, Trait::MediaType("image/png"));
payload!(TextPayload, TEXT_PAYLOAD, String, &STRING,);
payload!(EnumPayload, ENUM_PAYLOAD, Color, &STRING,);
payload!(DocumentPayload, DOCUMENT_PAYLOAD, Document, &DOCUMENT,);
payload!(TokenPayload, TOKEN_PAYLOAD, Token, &TOKEN,);
payload!(ChoicePayload, CHOICE_PAYLOAD, Choice, &CHOICE,);

/// Sends a payload and reads its body back as a response.
fn assert_payload<T: Structure + Value + PartialEq>(input: &T, media_type: Option<&str>, body: &str) {
    let request = request("/", input);
    assert_eq!(header(&request, "content-type"), media_type);
    assert_eq!(request.body(), body);
    let length = (!body.is_empty()).then(|| body.len().to_string());
    assert_eq!(header(&request, "content-length"), length.as_deref());
    if !body.is_empty() {
        assert!(output::<T>(&[], request.into_body()) == *input);
    }
}

#[test]
fn round_trips_payloads_of_every_kind_with_media_type() {
    let kind = None;
    let blob = Some(Bytes::from_static(b"\x01bytes"));
    assert_payload(
        &BlobPayload { kind: None, payload: blob.clone() },
        Some("application/octet-stream"),
        "\x01bytes",
    );
    assert_payload(&ImagePayload { kind: None, payload: blob }, Some("image/png"), "\x01bytes");
    assert_payload(&TextPayload { kind: None, payload: Some("é".into()) }, Some("text/plain"), "é");
    assert_payload(&EnumPayload { kind: None, payload: Some(Color::Red) }, Some("text/plain"), "RED");
    let document = Some(Document::String("hello".into()));
    assert_payload(&DocumentPayload { kind: None, payload: document }, Some("application/json"), "\"hello\"");
    let token = Some(Token { id: "a".into(), child: None });
    assert_payload(&TokenPayload { kind: None, payload: token }, Some("application/json"), r#"{"id":"a"}"#);
    let choice = Some(Choice::Text("a".into()));
    assert_payload(&ChoicePayload { kind, payload: choice }, Some("application/json"), r#"{"t":"a"}"#);
}

#[test]
fn unset_payload_has_no_body_except_for_structures() {
    assert_payload(&BlobPayload::default_value(), None, "");
    assert_payload(&TextPayload::default_value(), None, "");
    assert_payload(&DocumentPayload::default_value(), None, "");
    assert_payload(&ChoicePayload::default_value(), None, "");
    let request = request("/", &TokenPayload::default_value());
    assert_eq!(
        (request.body().as_ref(), header(&request, "content-type")),
        (&b"{}"[..], Some("application/json"))
    );
    assert_payload(
        &BlobPayload { kind: None, payload: Some(Bytes::new()) },
        Some("application/octet-stream"),
        "",
    );
}

#[test]
fn member_overrides_content_type() {
    let input = BlobPayload { kind: Some("image/jpg".into()), payload: Some("1234".into()) };
    assert_eq!(header(&request("/", &input), "content-type"), Some("image/jpg"));
}

#[test]
fn accept_header_is_media_type_of_output() {
    let http = HttpBinding { method: "GET", uri: "/", code: 200 };
    let endpoint = "https://host".parse().unwrap();
    let accepted = |output| {
        let request = RestJson1.request(&operation(http, output), &(), &endpoint).unwrap();
        header(&request, "accept").map(str::to_owned)
    };
    assert_eq!(accepted(&IMAGE_PAYLOAD).as_deref(), Some("image/png"));
    assert_eq!(accepted(&TOKEN_PAYLOAD).as_deref(), Some("application/json"));
    assert_eq!(accepted(&DOCUMENT_BODY).as_deref(), Some("application/json"));
    assert_eq!(accepted(&BLOB_PAYLOAD), None);
    assert_eq!(accepted(&TEXT_PAYLOAD), None);
    assert_eq!(accepted(&UNIT), None);
}

#[test]
fn empty_body_leaves_payload_unset() {
    assert!(output::<BlobPayload>(&[], "").payload.is_none());
    assert!(output::<TextPayload>(&[], "").payload.is_none());
    assert!(output::<TokenPayload>(&[], "").payload.is_none());
    assert!(output::<ChoicePayload>(&[], "").payload.is_none());
}

#[test]
fn errors_for_invalid_payloads_do_not_contain_value() {
    for (body, expected) in [
        (&br#"{"id":["hush"]}"#[..], "payload.id: expected a string, found a list"),
        (b"\"hush\"", "payload: expected a structure, found a string"),
        (b"<html>", "payload: expected value at line 1 column 1"),
    ] {
        let error = try_output::<TokenPayload>(&[], body).unwrap_err();
        assert_eq!(error, expected);
    }
    let error = try_output::<TextPayload>(&[], &b"hush\xff"[..]).unwrap_err();
    assert_eq!(error, "payload: invalid UTF-8 at byte 4");
}

structure!(DocumentBody, DOCUMENT_BODY {
    header: Option<String> => Member::new("header", &STRING, &[Trait::HttpHeader("X-A")]),
    text: Option<String> => Member::new("text", &STRING, &[Trait::JsonName("Text")]),
    message: Option<String> => Member::new("message", &STRING, &[]),
});

#[test]
fn body_contains_members_without_http_binding() {
    let input = DocumentBody { header: Some("h".into()), text: Some("t".into()), message: None };
    let sent = request("/", &input);
    assert_eq!(sent.body(), r#"{"Text":"t"}"#);
    assert_eq!(header(&sent, "content-type"), Some("application/json"));
    assert_eq!(header(&sent, "content-length"), Some("12"));
    assert_eq!(output::<DocumentBody>(&[("x-a", "h")], sent.into_body()), input);

    let empty = request("/", &DocumentBody::default_value());
    assert_eq!(
        (empty.body().as_ref(), header(&empty, "content-type")),
        (&b"{}"[..], Some("application/json"))
    );
    assert_eq!(output::<DocumentBody>(&[], ""), DocumentBody::default_value());
}

#[test]
fn no_body_if_all_members_have_http_bindings() {
    let request = request("/", &());
    assert!(request.body().is_empty() && request.headers().is_empty());
    assert!(output::<Query>(&[], r#"{"flag":true}"#).flag == Some(true));
    assert_eq!(try_output::<Headers>(&[], "<html>").unwrap().status, Some(201));
}

#[test]
fn rejects_operation_without_http_binding() {
    let operation = OperationSchema {
        http: None,
        ..operation(HttpBinding { method: "GET", uri: "/", code: 200 }, &UNIT)
    };
    let error = RestJson1.request(&operation, &(), &"https://host".parse().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "operation has no HTTP binding");
}

fn report(headers: &[(&str, &str)], body: &'static str) -> (Option<String>, Option<String>) {
    let report = RestJson1.error_report(&any_operation(), &response(headers, body));
    (report.code, report.message)
}

#[test]
fn reads_error_name_from_header_then_code_then_type() {
    let uri = "ns.a#Foo:http://internal.example.com/a#b";
    for (headers, body, expected) in [
        (&[("X-Amzn-Errortype", "Foo")][..], r#"{"code":"Bar","__type":"Baz"}"#, Some("Foo")),
        (&[("x-amzn-errortype", uri)], "", Some("Foo")),
        (&[("x-amzn-errortype", "")], r#"{"code":"Bar"}"#, Some("Bar")),
        (&[], r#"{"__type":"ns#Baz","code":"ns#Bar"}"#, Some("Bar")),
        (&[], r#"{"__type":"ns#Baz:x","code":7}"#, Some("Baz")),
        (&[], r#"{"code":null,"more":[1,{"code":"No"}],"__type":"Baz"}"#, Some("Baz")),
        (&[], r#"{"code":"ns#Foo#Bar"}"#, None),
        (&[], r#"{"code":"a value from the request"}"#, None),
        (&[], r#"{"code":"a+b/c=","__type":"Baz"}"#, Some("Baz")),
        (&[], r##"{"code":"#:"}"##, None),
        (&[], "{}", None),
        (&[], "", None),
        (&[], "<html>Foo</html>", None),
        (&[], r#"["code","Foo"]"#, None),
        (&[], r#""code""#, None),
        (&[], "{\"code\":\"Fo", None),
        (&[], r#"{"Code":"Foo","Message":"m"}"#, Some("Foo")),
        (&[], r#"{"Code":"Foo","code":"Bar"}"#, Some("Bar")),
    ] {
        assert_eq!(report(headers, body).0.as_deref(), expected, "{body}");
    }
}

#[test]
fn reads_message_from_three_keys() {
    for (body, expected) in [
        (r#"{"message":"a"}"#, Some("a")),
        (r#"{"Message":"a"}"#, Some("a")),
        (r#"{"errorMessage":"c","Message":"b"}"#, Some("b")),
        (r#"{"errorMessage":"c","Message":"","message":{"deep":1}}"#, Some("c")),
        (r#"{"code":"Foo","message":"a","cut":"#, Some("a")),
        ("{}", None),
        ("<html>", None),
    ] {
        assert_eq!(report(&[], body).1.as_deref(), expected, "{body}");
    }
}

#[test]
fn reports_errors_of_malformed_bodies() {
    let deep: &'static str = "[".repeat(100_000).leak();
    assert_eq!(report(&[], deep), (None, None));
    let deep: &'static str = format!("{{\"code\":{}", "{\"a\":".repeat(100_000)).leak();
    assert_eq!(report(&[("x-amzn-errortype", "Foo")], deep), (Some("Foo".into()), None));
}

#[test]
fn replaces_invalid_utf8_in_error_report() {
    let body = &b"{\"\xff\":0,\"code\":\"Foo\",\"message\":\"a\xff\"}"[..];
    let report = RestJson1.error_report(&any_operation(), &response(&[], body));
    assert_eq!((report.code.as_deref(), report.message.as_deref()), (Some("Foo"), Some("a\u{fffd}")));
}

#[test]
fn reads_errors_like_outputs_with_either_message_key() {
    for body in [r#"{"message":"a","Text":"t"}"#, r#"{"Message":"a","Text":"t"}"#] {
        let mut error = DocumentBody::default_value();
        RestJson1.error(&response(&[("x-a", "h")], body), &mut error).unwrap();
        let expected =
            DocumentBody { header: Some("h".into()), text: Some("t".into()), message: Some("a".into()) };
        assert_eq!(error, expected);
    }
}
