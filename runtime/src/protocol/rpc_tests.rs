//! Shared parts of the tests of RPC protocols: a service, and a shape with HTTP bindings, which are ignored.

use super::Protocol;
use crate::schema::{BLOB, Fault, INTEGER, Kind, Member, STRING, Schema, TIMESTAMP, Trait, UNIT};
use crate::service::{HttpBinding, OperationSchema, ServiceSchema};
use crate::test_shapes::{CHOICE, Choice, structure};
use crate::types::{Timestamp, TimestampFormat};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response};

structure!(Bound, BOUND {
    label: Option<String> => Member::new("label", &STRING, &[Trait::HttpLabel, Trait::JsonName("renamed")]),
    header: Option<String> => Member::new("header", &STRING, &[Trait::HttpHeader("X-Header")]),
    query: Option<i32> => Member::new("query", &INTEGER, &[Trait::HttpQuery("q")]),
    status: Option<i32> => Member::new("status", &INTEGER, &[Trait::HttpResponseCode]),
    payload: Option<Bytes> => Member::new("payload", &BLOB, &[Trait::HttpPayload]),
    at: Option<Timestamp> =>
        Member::new("at", &TIMESTAMP, &[Trait::TimestampFormat(TimestampFormat::DateTime)]),
    choice: Option<Choice> => Member::new("choice", &CHOICE, &[]),
    message: Option<String> => Member::new("message", &STRING, &[]),
});

impl Bound {
    pub(super) fn sample() -> Self {
        Self {
            label: Some("l".into()),
            header: Some("h".into()),
            query: Some(1),
            status: Some(2),
            payload: Some(Bytes::from_static(b"foo")),
            at: Some(Timestamp::from_secs_and_nanos(1_576_540_098, 500_000_000)),
            choice: Some(Choice::Text("t".into())),
            message: Some("m".into()),
        }
    }
}

structure!(Empty, EMPTY {});

static PLAIN: Schema = Schema::new("test#Plain", Kind::Structure, &[Trait::Error(Fault::Client)], &[]);
static CUSTOM: Schema = Schema::new(
    "test#Custom",
    Kind::Structure,
    &[Trait::Error(Fault::Client), Trait::QueryErrorCode("Legacy.Code")],
    &[],
);

static ERRORS: [&Schema; 2] = [&PLAIN, &CUSTOM];

/// Returns an operation of a service. `query_compatible` is the service's `awsQueryCompatible` trait.
pub(super) fn operation(protocol: &'static dyn Protocol, query_compatible: bool) -> OperationSchema {
    let service = ServiceSchema { query_compatible, ..ServiceSchema::new("test.ns#Service", "1", protocol) };
    OperationSchema {
        id: "test.ns#Operation",
        service: Box::leak(Box::new(service)),
        input: &UNIT,
        output: &UNIT,
        errors: &ERRORS,
        http: Some(HttpBinding { method: "PUT", uri: "/{label}", code: 201 }),
        traits: &[],
    }
}

pub(super) fn request(
    protocol: &'static dyn Protocol,
    endpoint: &str,
    input: &dyn crate::shape::Structure,
) -> Request<Bytes> {
    protocol.request(&operation(protocol, false), input, &endpoint.parse().unwrap()).unwrap()
}

pub(super) fn header<'a>(request: &'a Request<Bytes>, name: &str) -> Option<&'a str> {
    request.headers().get(name).map(|value| value.to_str().unwrap())
}

pub(super) fn response(headers: &[(&str, &str)], body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        response.headers_mut().append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    response
}

/// Returns the code and the shape in the error report of a response.
pub(super) fn code_and_shape(
    protocol: &'static dyn Protocol,
    query_compatible: bool,
    response: &Response<Bytes>,
) -> (Option<String>, Option<String>) {
    let report = protocol.error_report(&operation(protocol, query_compatible), response);
    (report.code, report.shape)
}

/// Checks the rules of `awsQueryCompatible`. The body `plain` has the error name `Plain`, and `nameless` has
/// none.
pub(super) fn check_query_compatibility(
    protocol: &'static dyn Protocol,
    headers: &[(&str, &str)],
    plain: &'static [u8],
    nameless: &'static [u8],
) {
    let send = |compatible| {
        let endpoint = "https://host".parse().unwrap();
        protocol.request(&operation(protocol, compatible), &(), &endpoint).unwrap()
    };
    assert_eq!(header(&send(true), "x-amzn-query-mode"), Some("true"));
    assert_eq!(header(&send(false), "x-amzn-query-mode"), None);

    let pair = |code: &str, shape: &str| (Some(code.to_owned()), Some(shape.to_owned()));
    let report = |compatible, header: Option<&str>, body: &'static [u8]| {
        let mut headers = headers.to_vec();
        headers.extend(header.map(|value| ("x-amzn-query-error", value)));
        code_and_shape(protocol, compatible, &response(&headers, body))
    };
    assert_eq!(report(true, Some("Legacy.Code;Sender"), plain), pair("Legacy.Code", "Plain"));
    assert_eq!(report(true, Some(" Other "), plain), pair("Other", "Plain"));
    assert_eq!(report(true, Some(";Sender"), plain), pair("Plain", "Plain"));
    assert_eq!(report(true, None, plain), pair("Plain", "Plain"));
    assert_eq!(report(false, Some("Legacy.Code;Sender"), plain), pair("Plain", "Plain"));
    assert_eq!(report(true, Some("Legacy.Code;Sender"), nameless), pair("Legacy.Code", "Custom"));
    assert_eq!(report(true, Some("Plain;Sender"), nameless), pair("Plain", "Plain"));
    assert_eq!(report(true, Some("Other;Sender"), nameless), (Some("Other".into()), None));
}
