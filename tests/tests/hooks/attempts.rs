//! Before an attempt.

use crate::support::{Before, hooked, of_attempts};
use farrier_runtime::client::Attempt;
use farrier_runtime::testing::MockTransport;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{granted, refresh_grant};
use http::HeaderValue;
use signin_client::{Client, ErrorKind};
use std::error::Error;
use std::fmt;

#[tokio::test]
async fn a_hook_sees_the_request_that_is_about_to_be_sent() {
    let server = Server::always(granted());
    let (hook, notes) = of_attempts(|attempt| {
        let body = attempt.body().as_bytes().unwrap().to_vec();
        let request = (attempt.method().clone(), attempt.uri().to_string(), attempt.headers().clone(), body);
        (attempt.operation(), attempt.number(), request)
    });
    let client = Client::builder().endpoint_url(server.url() + "/base").hook(hook).build().unwrap();
    client.create_oauth2_token(refresh_grant()).header("x-mine", "m").await.unwrap();

    let sent = &server.requests()[0];
    let [(operation, number, (method, uri, headers, body))] = &notes.take()[..] else {
        panic!("one attempt")
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
async fn the_uri_is_that_of_the_resolved_endpoint() {
    let (hook, notes) = of_attempts(|attempt| attempt.uri().to_string());
    let builder = Client::builder().region("eu-central-1").transport(MockTransport::new()).hook(hook);
    let client = builder.retries(0).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(notes.take(), ["https://eu-central-1.signin.aws.amazon.com/v1/token"]);

    let (hook, notes) = of_attempts(|attempt| attempt.uri().to_string());
    let builder = golden_requests::Client::builder().endpoint_url("https://api.example.com:8443/base");
    let client = builder.transport(MockTransport::new()).hook(hook).retries(0).build().unwrap();
    client.prefixed("acme").await.unwrap_err();
    assert_eq!(notes.take(), ["https://data.acme.api.example.com:8443/base/prefixed"]);
}

#[tokio::test]
async fn what_a_hook_sets_is_sent_with_that_attempt_alone() {
    let server = Server::script([ScriptedResponse::new(503), ScriptedResponse::new(503), granted()]);
    let hook = Before(|attempt: &mut Attempt| {
        let number = attempt.number();
        if number != 2 {
            attempt.headers_mut().insert("x-odd", number.into());
        }
        attempt.headers_mut().append("x-all", number.into());
        attempt.headers_mut().remove("x-mine");
        Ok(())
    });
    let call = hooked(&server, hook).create_oauth2_token(refresh_grant());
    call.header("x-mine", "m").await.unwrap();
    let sent: Vec<_> = server.requests();
    let values = |name: &str| sent.iter().map(|request| request.header(name)).collect::<Vec<_>>();
    assert_eq!(values("x-odd"), [Some("1"), None, Some("3")]);
    assert_eq!(values("x-all"), [Some("1"), Some("2"), Some("3")]);
    assert_eq!(values("x-mine"), [None, None, None]);
}

#[tokio::test]
async fn several_hooks_run_in_the_order_in_which_they_were_given() {
    let server = Server::always(granted());
    let add = |letter: &'static str| {
        Before(move |attempt: &mut Attempt| {
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
struct NoKey;

impl fmt::Display for NoKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no key")
    }
}

impl Error for NoKey {}

#[tokio::test]
async fn an_error_ends_the_call_and_nothing_is_sent() {
    let server = Server::always(granted());
    let (kept, notes) = of_attempts(|attempt| attempt.number());
    let (never, unseen) = of_attempts(|attempt| attempt.number());
    let refusing = Before(|_: &mut Attempt| Err(NoKey.into()));
    let builder = Client::builder().endpoint_url(server.url()).hook(kept).hook(refusing).hook(never);
    let error = builder.build().unwrap().create_oauth2_token(refresh_grant()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Hook);
    assert_eq!(error.to_string(), "CreateOAuth2Token: a hook refused it: there is no key");
    assert_eq!(error.source().unwrap().downcast_ref(), Some(&NoKey));
    assert!(!error.is_retryable());
    assert_eq!(error.status(), None);
    assert_eq!((notes.take(), unseen.take()), (vec![1], vec![]));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn an_error_in_a_later_attempt_ends_the_call_too() {
    let server = Server::always(ScriptedResponse::new(503));
    let hook = Before(|attempt: &mut Attempt| match attempt.number() {
        2 => Err(NoKey.into()),
        _ => Ok(()),
    });
    let error = hooked(&server, hook).create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Hook, 2));
    assert_eq!(server.requests().len(), 1);
}
