//! Request features: host prefix, compression, checksum, idempotency token and streamed body.

use bytes::Bytes;
use farrier_runtime::operation::{self, NoError, Operation, RequestOptions};
use farrier_runtime::schema;
use farrier_runtime::service::{OperationSchema, OperationTrait};
use farrier_runtime::testing::{MockTransport, RecordedRequest};
use farrier_runtime::transport::TransportError;
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use http::Request;
use http_body_util::{BodyExt, Full};
use snapshot_http_bindings::operation::Get;
use snapshot_http_bindings::types::GetInput;
use snapshot_requests::types::{CheckedInput, CompressedInput, OnceInput, UploadInput};
use snapshot_requests::{Client, ErrorKind};
use std::io::Read;
use std::time::Duration;

const ENDPOINT: &str = "https://api.example.com:8443/base";

fn client(mock: &MockTransport, options: RequestOptions) -> Client {
    let builder = Client::builder().endpoint_url(ENDPOINT).transport(mock.clone());
    builder.request_options(options).build().unwrap()
}

fn client_for(server: &Server) -> Client {
    Client::builder().endpoint_url(server.url()).build().unwrap()
}

fn only_request(mock: &MockTransport) -> RecordedRequest {
    let mut requests = mock.requests();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

fn bytes(request: &Request<Body>) -> &Bytes {
    request.body().as_bytes().unwrap()
}

/// A body of unknown length.
fn stream(text: &'static str) -> Body {
    let body = Full::new(Bytes::from(text));
    Body::stream(body.map_frame(|frame| frame).boxed_unsync())
}

#[tokio::test]
async fn host_prefix_keeps_port_and_path() {
    let mock = MockTransport::new().reply(200, "{}");
    client(&mock, RequestOptions::default()).prefixed("acme-1").await.unwrap();
    assert_eq!(only_request(&mock).uri(), "https://data.acme-1.api.example.com:8443/base/prefixed");
}

#[tokio::test]
async fn host_prefix_can_be_switched_off() {
    const ON: (&str, &str) = ("AWS_DISABLE_HOST_PREFIX_INJECTION", "false");
    const OFF: (&str, &str) = ("AWS_DISABLE_HOST_PREFIX_INJECTION", "true");
    let builder = || Client::builder().endpoint_url("http://localhost:8080");
    let variable = |(name, value): (&'static str, &'static str)| {
        builder().from_vars(move |asked| (asked == name).then(|| value.to_owned()))
    };
    let without = || RequestOptions::default().host_prefix(false);
    for (builder, host) in [
        (variable(ON), "data.acme.localhost"),
        (variable(OFF), "localhost"),
        (builder().request_options(without()), "localhost"),
        (variable(ON).request_options(without()), "localhost"),
        (variable(OFF).request_options(RequestOptions::default()), "data.acme.localhost"),
    ] {
        let mock = MockTransport::new().reply(200, "{}");
        builder.transport(mock.clone()).build().unwrap().prefixed("acme").await.unwrap();
        assert_eq!(only_request(&mock).uri().host(), Some(host));
    }
}

#[tokio::test]
async fn invalid_host_label_error_does_not_show_it() {
    for label in ["", "a.b", "a/b", "-a", "a-", "a b", "evil.com/", &"x".repeat(64)] {
        let mock = MockTransport::new();
        let error = client(&mock, RequestOptions::default()).prefixed(label).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Serialization);
        assert_eq!(
            error.to_string(),
            "Prefixed: could not serialize the request: account: invalid host label: must be 1 to 63 letters, \
             digits or hyphens"
        );
        assert!(mock.requests().is_empty());
    }
}

#[tokio::test]
async fn ip_address_gets_no_host_prefix() {
    let server = Server::always(ScriptedResponse::json(200, "{}"));
    client_for(&server).prefixed("acme").await.unwrap();
    assert_eq!(server.requests()[0].path, "/prefixed");
}

#[tokio::test]
async fn large_body_is_compressed_and_gzip_appended_to_the_encodings() {
    let text = "compress me ".repeat(1000);
    for (encoding, expected) in [(None, "gzip"), (Some("custom"), "custom, gzip")] {
        let mock = MockTransport::new().reply(200, "{}");
        let mut input = CompressedInput::new().text(text.as_str());
        input.encoding = encoding.map(str::to_owned);
        client(&mock, RequestOptions::default()).compressed(input).await.unwrap();
        let request = only_request(&mock);
        assert_eq!(request.headers()["content-encoding"], expected);
        assert_eq!(request.headers()["content-length"], bytes(&request).len().to_string());
        let mut plain = String::new();
        flate2::read::GzDecoder::new(&bytes(&request)[..]).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, serde_json::json!({ "text": text }).to_string());
    }
}

#[tokio::test]
async fn small_body_is_compressed_only_if_configured() {
    let mock = MockTransport::new().reply(200, "{}").reply(200, "{}");
    let input = CompressedInput::new().text("small");
    client(&mock, RequestOptions::default()).compressed(input.clone()).await.unwrap();
    client(&mock, RequestOptions::default().min_compression_bytes(0)).compressed(input).await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests[0].headers().get("content-encoding"), None);
    assert_eq!(requests[1].headers()["content-encoding"], "gzip");
}

#[tokio::test]
async fn content_md5_is_the_checksum_of_the_body() {
    let mock = MockTransport::new().reply(200, "{}");
    client(&mock, RequestOptions::default()).checked(CheckedInput::new().text("hello")).await.unwrap();
    let request = only_request(&mock);
    assert_eq!(bytes(&request), r#"{"text":"hello"}"#);
    // `printf '{"text":"hello"}' | openssl md5 -binary | base64`
    assert_eq!(request.headers()["content-md5"], "dK7KYFCeJC/ugZk8TRONBg==");
}

#[tokio::test]
async fn generated_idempotency_token_is_the_same_in_retries() {
    let mock = MockTransport::new().reply(429, "{}").reply(200, "{}");
    client(&mock, RequestOptions::default()).once(OnceInput::new()).retries(1).await.unwrap();
    let requests = mock.requests();
    assert_eq!(bytes(&requests[0]), bytes(&requests[1]));
    let sent: serde_json::Value = serde_json::from_slice(bytes(&requests[0])).unwrap();
    assert_eq!(sent["token"].as_str().map(str::len), Some(36));
}

#[tokio::test]
async fn idempotency_token_of_the_input_overrides_the_source() {
    let mock = MockTransport::new().reply(200, "{}").reply(200, "{}");
    let client = client(&mock, RequestOptions::default().idempotency_tokens(|| "from-source".to_owned()));
    client.once(OnceInput::new()).await.unwrap();
    client.once(OnceInput::new().token("from-input")).await.unwrap();
    let bodies: Vec<_> = mock.requests().iter().map(|request| bytes(request).clone()).collect();
    assert_eq!(bodies, [r#"{"token":"from-source"}"#, r#"{"token":"from-input"}"#]);
}

/// An idempotency token, `@idempotent` or `@readonly` make a request repeatable.
#[tokio::test]
async fn idempotent_requests_are_retried_after_a_lost_response() {
    let timeout = || TransportError::timeout("read", Duration::from_secs(60), true);
    let mock = |body: &'static str| MockTransport::new().fail(timeout()).reply(200, body);
    let options = RequestOptions::default;

    let with_token = mock("{}");
    client(&with_token, options()).once(OnceInput::new()).await.unwrap();
    let requests = with_token.requests();
    assert_eq!(bytes(&requests[0]), bytes(&requests[1]), "both attempts have the same token");
    let idempotent = mock("{}");
    client(&idempotent, options()).upload(UploadInput::new().body("in memory")).await.unwrap();
    let readonly = mock("");
    client(&readonly, options()).download().await.unwrap();

    let error = client(&mock("{}"), options()).checked(CheckedInput::new().text("hello")).await;
    assert_eq!(error.unwrap_err().attempts(), 1);
    let error = client(&mock("{}"), options()).once(OnceInput::new()).repeatable(false).await;
    assert_eq!(error.unwrap_err().attempts(), 1);
}

/// The host prefix is part of the model.
#[test]
fn host_prefix_cannot_choose_the_host() {
    struct Hostile<const N: usize>;
    const PREFIXES: [&str; 6] = ["evil.com/", "evil.com#", "me@", "a b.", "evil.com:80.", "-."];

    impl<const N: usize> Operation for Hostile<N> {
        type Service = snapshot_requests::client::Service;
        type Input = ();
        type Output = ();
        type Error = NoError;
        const SCHEMA: &'static OperationSchema = &OperationSchema {
            traits: &[OperationTrait::HostPrefix(PREFIXES[N])],
            input: &schema::UNIT,
            output: &schema::UNIT,
            errors: &[],
            ..*snapshot_requests::operation::Prefixed::SCHEMA
        };
    }

    fn check<const N: usize>() {
        let endpoint = http::Uri::from_static(ENDPOINT);
        let error = operation::request::<Hostile<N>>((), &endpoint, &RequestOptions::default()).unwrap_err();
        assert!(error.to_string().contains("the host prefix does not fit the endpoint"), "{error}");
    }
    check::<0>();
    check::<1>();
    check::<2>();
    check::<3>();
    check::<4>();
    check::<5>();
}

/// Proxies and servers remove dot segments, also encoded ones, and then see another path.
#[test]
fn label_that_is_a_dot_segment_is_rejected() {
    let endpoint = http::Uri::from_static(ENDPOINT);
    let path = |id: &str, rest: &str| {
        let input = GetInput::new(id, rest);
        let request = operation::request::<Get>(input, &endpoint, &RequestOptions::default());
        request.map(|request| request.uri().path().to_owned())
    };
    for id in [".", ".."] {
        let error = path(id, "rest").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Serialization);
        assert!(error.to_string().contains("id: URI label must not be `.` or `..`"), "{error}");
    }
    for (id, encoded) in [("...", "..."), (".a", ".a"), ("%2e", "%252e"), ("../x", "..%2Fx")] {
        assert_eq!(path(id, "rest").unwrap(), format!("/base/things/{encoded}/rest"));
    }
    assert_eq!(path("a", "../b/./c").unwrap(), "/base/things/a/../b/./c", "object keys may have such names");
}

#[tokio::test]
async fn body_is_chunked_unless_its_length_is_known() {
    let body = Body::stream(Full::new(Bytes::from("of known length")));
    let cases = [
        (Body::from("in memory"), "in memory", Some("9")),
        (body, "of known length", Some("15")),
        (stream("of unknown length"), "of unknown length", None),
    ];
    for (body, text, length) in cases {
        let server = Server::always(ScriptedResponse::json(200, "{}"));
        client_for(&server).upload(UploadInput::new().note("n").body(body)).await.unwrap();
        let request = &server.requests()[0];
        assert_eq!(request.body, text.as_bytes());
        assert_eq!(request.header("content-length"), length, "{text}");
        assert_eq!(request.header("transfer-encoding").is_some(), length.is_none(), "{text}");
        assert_eq!(request.header("content-type"), Some("application/octet-stream"));
        assert_eq!(request.header("x-note"), Some("n"));
    }
}

#[tokio::test]
async fn requires_length_rejects_a_body_of_unknown_length() {
    let server = Server::always(ScriptedResponse::json(200, "{}"));
    client_for(&server).upload_sized(Body::stream(Full::new(Bytes::from("abc")))).await.unwrap();
    assert_eq!(server.requests()[0].body, b"abc");
    let error = client_for(&server).upload_sized(stream("abc")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Serialization);
    assert!(error.to_string().contains("body: the body must have a known length"), "{error}");
}

#[tokio::test]
async fn streamed_body_is_not_retried() {
    let mock = MockTransport::new().reply(503, "{}").reply(200, "{}");
    let client = client(&mock, RequestOptions::default());
    let error = client.upload(UploadInput::new().body(stream("once"))).await.unwrap_err();
    assert_eq!((error.attempts(), mock.requests().len()), (1, 1));
    client.upload(UploadInput::new().body("in memory")).await.unwrap();
}

#[tokio::test]
async fn download_returns_before_the_body_is_complete() {
    let server =
        Server::always(ScriptedResponse::new(200).header("x-note", "here").body("first").then_hang());
    let mut output = client_for(&server).download().await.unwrap();
    assert_eq!(output.note.as_deref(), Some("here"));
    assert_eq!(output.body.content_length(), Some(105));
    assert_eq!(output.body.chunk().await.unwrap().unwrap(), "first");
}

#[tokio::test]
async fn interrupted_download_is_a_body_error() {
    let server = Server::always(ScriptedResponse::new(200).body("first").then_close());
    let output = client_for(&server).download().await.unwrap();
    assert!(output.body.collect().await.is_err());
}

#[tokio::test]
async fn error_response_of_a_download_is_parsed() {
    let server = Server::always(ScriptedResponse::json(404, r#"{"code": "NoSuchThing", "message": "gone"}"#));
    let error = client_for(&server).download().await.unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("NoSuchThing"), Some("gone")));
}
