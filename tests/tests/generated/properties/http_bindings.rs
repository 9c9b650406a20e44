//! HTTP bindings of arbitrary inputs and responses.

use bytes::Bytes;
use farrier_runtime::ErrorKind;
use farrier_runtime::operation::{self, Operation, RequestOptions};
use farrier_runtime::shape::Value;
use farrier_runtime::types::Body;
use farrier_tests::properties::arbitrary::Entropy;
use farrier_tests::properties::{config, entropy};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use snapshot_http_bindings::operation::{Get, PutBlob, PutChoice, PutDocument, PutText};
use snapshot_http_bindings::types::GetInput;

/// Source of an input: bytes, and the prefix of its strings. With a prefix, fewer inputs have empty strings,
/// which some bindings reject.
#[derive(Debug)]
struct Seed {
    bytes: Bytes,
    prefix: &'static str,
}

fn seed() -> impl Strategy<Value = Seed> {
    let prefix = proptest::sample::select(&["", "x", "x-"][..]);
    (entropy(), prefix).prop_map(|(bytes, prefix)| Seed { bytes, prefix })
}

type TestResult<T> = Result<T, TestCaseError>;

/// Generates an input and returns it with its request. Returns `None` if the input cannot be serialized.
fn request<O>(Seed { bytes, prefix }: &Seed) -> TestResult<Option<(O::Input, http::Request<Body>)>>
where
    O: Operation<Input: Value + Clone>,
{
    let input: O::Input = Entropy::with_marker(bytes, prefix).make();
    let endpoint = http::Uri::from_static("https://example.com/base/");
    let request = match operation::request::<O>(input.clone(), &endpoint, &RequestOptions::default()) {
        Ok(request) => request,
        Err(error) => {
            prop_assert_eq!(error.kind(), ErrorKind::Serialization);
            return Ok(None);
        }
    };
    let uri = request.uri();
    prop_assert_eq!(uri.to_string().parse::<http::Uri>().ok(), Some(uri.clone()));
    prop_assert_eq!(uri.host(), Some("example.com"));
    prop_assert!(uri.path().starts_with("/base/"), "{}", uri);
    for (name, value) in request.headers() {
        prop_assert!(http::HeaderValue::from_bytes(value.as_bytes()).is_ok(), "{}", name);
    }
    Ok(Some((input, request)))
}

/// Returns a response with the body of a request.
fn response_with_body_of(request: http::Request<Body>) -> http::Response<Bytes> {
    http::Response::new(request.body().as_bytes().cloned().unwrap_or_default())
}

const HEADERS: [&str; 5] = ["etag", "last-modified", "x-numbers", "x-meta-a", "x-amzn-errortype"];

/// Any valid header value, and values that are almost valid for their type.
fn header_value() -> impl Strategy<Value = http::HeaderValue> {
    let almost_valid =
        ["1, 2,3", "1,,2", "\"1\", 2", "\"", "99999999999", "Sat, 01 Jan 2000 00:00:00 GMT, x", ","];
    let bytes = proptest::collection::vec(any::<u8>(), 0..12);
    prop_oneof![
        proptest::sample::select(almost_valid.to_vec()).prop_map(http::HeaderValue::from_static),
        bytes.prop_filter_map("not a header", |bytes| http::HeaderValue::from_bytes(&bytes).ok()),
    ]
}

/// Removes percent-encoding. Asserts that all characters except unreserved ones are encoded.
fn decoded(text: &str) -> TestResult<String> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~%".contains(&b);
    prop_assert!(text.bytes().all(is_plain), "{} is not escaped", text);
    let decoded = percent_decode_str(text).decode_utf8();
    prop_assert!(decoded.is_ok(), "{}", text);
    Ok(decoded.unwrap_or_default().into_owned())
}

fn check_labels(input: &GetInput, path: &str) -> TestResult<()> {
    let labels = path.strip_prefix("/base/things/").and_then(|labels| labels.split_once('/'));
    prop_assert!(labels.is_some(), "{}", path);
    let (id, rest) = labels.unwrap_or_default();
    prop_assert_eq!(decoded(id)?, input.id.as_str());
    let rest: Vec<String> = rest.split('/').map(decoded).collect::<TestResult<_>>()?;
    prop_assert_eq!(rest.join("/"), input.rest.as_str());
    Ok(())
}

fn check_query(input: &GetInput, query: &str) -> TestResult<()> {
    let mut expected = vec![("fixed".to_owned(), "1".to_owned()), ("flag".to_owned(), String::new())];
    let mut add = |key: &str, value: String| expected.push((key.to_owned(), value));
    input.limit.iter().for_each(|limit| add("limit", limit.to_string()));
    input.tags.iter().flatten().for_each(|tag| add("tag", tag.clone()));
    for (key, values) in input.more.iter().flatten() {
        values.iter().for_each(|value| add(key, value.clone()));
    }
    let pairs = query.split('&').map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        Ok((decoded(key)?, decoded(value)?))
    });
    prop_assert_eq!(pairs.collect::<TestResult<Vec<_>>>()?, expected);
    Ok(())
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn labels_and_queries_are_escaped_and_round_trip(seed in seed()) {
        if let Some((input, request)) = request::<Get>(&seed)? {
            check_labels(&input, request.uri().path())?;
            check_query(&input, request.uri().query().unwrap_or_default())?;
            let flag = request.headers().get("x-flag").map(|flag| flag.as_bytes() == b"true");
            prop_assert_eq!(flag, input.flag);
            prop_assert_eq!(request.body(), &Body::default());
        }
    }

    #[test]
    fn blob_payloads_are_sent_unchanged(seed in seed()) {
        if let Some((input, request)) = request::<PutBlob>(&seed)? {
            prop_assert_eq!(request.body(), &Body::from(input.data.unwrap_or_default()));
        }
    }

    #[test]
    fn text_payloads_are_sent_unchanged(seed in seed()) {
        if let Some((input, request)) = request::<PutText>(&seed)? {
            prop_assert_eq!(request.into_body(), Body::from(input.data.unwrap_or_default()));
        }
    }

    #[test]
    fn responses_with_any_headers_are_read_or_rejected(
        status in 100..600u16,
        values in proptest::collection::vec((0..HEADERS.len(), header_value()), 0..6),
        body in proptest::sample::select(&["", "{}", "{\"name\": \"x\"}", "["][..]),
    ) {
        let mut response = http::Response::builder().status(status).body(Bytes::from_static(body.as_bytes())).unwrap();
        for (name, value) in values {
            response.headers_mut().append(HEADERS[name], value);
        }
        match operation::response::<Get>(response) {
            Ok(output) => prop_assert_eq!(output.status, Some(status.into())),
            Err(error) => prop_assert!(matches!(error.kind(), ErrorKind::Service | ErrorKind::Response)),
        }
    }

    #[test]
    fn document_and_union_payloads_round_trip(seed in seed()) {
        if let Some((input, request)) = request::<PutDocument>(&seed)? {
            let output = operation::response::<PutDocument>(response_with_body_of(request));
            prop_assert_eq!(output.ok(), Some(input));
        }
        if let Some((input, request)) = request::<PutChoice>(&seed)? {
            let output = operation::response::<PutChoice>(response_with_body_of(request));
            prop_assert_eq!(output.ok(), Some(input));
        }
    }
}
