//! Hooks before an attempt.

use super::support::{BeforeAttempt, client_with_hook, record_attempts};
use farrier_runtime::client::Attempt;
use farrier_runtime::testing::MockTransport;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response};
use http::HeaderValue;
use signin_client::{Client, ErrorKind};
use std::error::Error;
use std::fmt;

#[tokio::test]
async fn hook_sees_the_request() {
    let server = Server::always(token_response());
    let (hook, recorded) = record_attempts(|attempt| {
        let body = attempt.body().as_bytes().unwrap().to_vec();
        let request = (attempt.method().clone(), attempt.uri().to_string(), attempt.headers().clone(), body);
        (attempt.operation(), attempt.number(), request)
    });
    let client = Client::builder().endpoint_url(server.url() + "/base").hook(hook).build().unwrap();
    client.create_oauth2_token(refresh_grant()).header("x-mine", "m").await.unwrap();

    let sent = &server.requests()[0];
    let [(operation, number, (method, uri, headers, body))] = &recorded.take()[..] else {
        panic!("expected one attempt")
    };
    assert_eq!((*operation, *number), ("CreateOAuth2Token", 1));
    assert_eq!((method.as_str(), uri.as_str()), ("POST", &*format!("{}/base/v1/token", server.url())));
    assert_eq!(body, &sent.body);
    for name in ["amz-sdk-invocation-id", "amz-sdk-request", "content-type", "user-agent", "x-mine"] {
        assert_eq!(headers.get(name).and_then(|value| value.to_str().ok()), sent.header(name), "{name}");
    }
    assert_eq!(headers["x-mine"], "m");
    assert_eq!(headers["amz-sdk-request"], "attempt=1; max=3");
}

#[tokio::test]
async fn hook_sees_the_uri_of_the_resolved_endpoint() {
    let (hook, recorded) = record_attempts(|attempt| attempt.uri().to_string());
    let builder = Client::builder().region("eu-central-1").transport(MockTransport::new()).hook(hook);
    let client = builder.retries(0).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(recorded.take(), ["https://eu-central-1.signin.aws.amazon.com/v1/token"]);

    let (hook, recorded) = record_attempts(|attempt| attempt.uri().to_string());
    let builder = snapshot_requests::Client::builder().endpoint_url("https://api.example.com:8443/base");
    let client = builder.transport(MockTransport::new()).hook(hook).retries(0).build().unwrap();
    client.prefixed("acme").await.unwrap_err();
    assert_eq!(recorded.take(), ["https://data.acme.api.example.com:8443/base/prefixed"]);
}

#[tokio::test]
async fn header_changes_apply_to_one_attempt() {
    let server = Server::script([ScriptedResponse::new(503), ScriptedResponse::new(503), token_response()]);
    let hook = BeforeAttempt(|attempt: &mut Attempt| {
        let number = attempt.number();
        if number != 2 {
            attempt.headers_mut().insert("x-odd", number.into());
        }
        attempt.headers_mut().append("x-all", number.into());
        attempt.headers_mut().remove("x-mine");
        Ok(())
    });
    let call = client_with_hook(&server, hook).create_oauth2_token(refresh_grant());
    call.header("x-mine", "m").await.unwrap();
    let sent: Vec<_> = server.requests();
    let values = |name: &str| sent.iter().map(|request| request.header(name)).collect::<Vec<_>>();
    assert_eq!(values("x-odd"), [Some("1"), None, Some("3")]);
    assert_eq!(values("x-all"), [Some("1"), Some("2"), Some("3")]);
    assert_eq!(values("x-mine"), [None, None, None]);
}

#[tokio::test]
async fn hooks_run_in_the_order_of_registration() {
    let server = Server::always(token_response());
    let add = |letter: &'static str| {
        BeforeAttempt(move |attempt: &mut Attempt| {
            let before = attempt.headers().get("x-order").map_or("", |value| value.to_str().unwrap());
            let value = HeaderValue::try_from(format!("{before}{letter}"))?;
            attempt.headers_mut().insert("x-order", value);
            Ok(())
        })
    };
    let builder = Client::builder().endpoint_url(server.url()).hook(add("a")).hook(add("b")).hook(add("c"));
    builder.build().unwrap().create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(server.requests()[0].header("x-order"), Some("abc"));
}

#[derive(Debug, PartialEq)]
struct MissingKey;

impl fmt::Display for MissingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("missing key")
    }
}

impl Error for MissingKey {}

#[tokio::test]
async fn hook_error_fails_before_sending() {
    let server = Server::always(token_response());
    let (first, recorded) = record_attempts(|attempt| attempt.number());
    let (last, recorded_by_last) = record_attempts(|attempt| attempt.number());
    let failing = BeforeAttempt(|_: &mut Attempt| Err(MissingKey.into()));
    let builder = Client::builder().endpoint_url(server.url()).hook(first).hook(failing).hook(last);
    let error = builder.build().unwrap().create_oauth2_token(refresh_grant()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Hook);
    assert_eq!(error.to_string(), "CreateOAuth2Token: hook failed: missing key");
    assert_eq!(error.source().unwrap().downcast_ref(), Some(&MissingKey));
    assert!(!error.is_retryable());
    assert_eq!(error.status(), None);
    assert_eq!((recorded.take(), recorded_by_last.take()), (vec![1], vec![]));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn hook_error_in_a_later_attempt_ends_the_call() {
    let server = Server::always(ScriptedResponse::new(503));
    let hook = BeforeAttempt(|attempt: &mut Attempt| match attempt.number() {
        2 => Err(MissingKey.into()),
        _ => Ok(()),
    });
    let error = client_with_hook(&server, hook).create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Hook, 2));
    assert_eq!(server.requests().len(), 1);
}
