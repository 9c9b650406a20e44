//! Answers whose body is not what it should be: each is an error that still has all that came.

use crate::support::{Outcome, error_of, outcome_of, sources};
use farrier_tests::server::ScriptedResponse;
use farrier_tests::signin::{REQUEST_ID, granted, tokens, with_request_id};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;

const HTML: &str = "<html><body><h1>502 Bad Gateway</h1></body></html>";
const TEN_MEGABYTES: usize = 10 * 1024 * 1024;

/// Bodies that are no Sign-In answer, and a part of what is said of each.
fn broken_bodies() -> Vec<(Vec<u8>, &'static str)> {
    let whole = tokens().to_string();
    let mut bodies: Vec<(Vec<u8>, _)> = vec![
        (b"".to_vec(), "the body is empty"),
        (HTML.into(), "line 1 column 1"),
        (b" \n".to_vec(), "EOF"),
        (b"\xff\xfe{}".to_vec(), "invalid UTF-8 at byte 0"),
        (whole.as_bytes()[..whole.len() / 2].to_vec(), "EOF"),
        (format!("{whole}{whole}").into(), "trailing characters"),
        (b"[1, 2]".to_vec(), "expected a structure, found a list"),
        (br#""text""#.to_vec(), "expected a structure, found a string"),
        (b"42".to_vec(), "expected a structure, found a number"),
        (b"true".to_vec(), "expected a structure, found a boolean"),
        (vec![b'x'; TEN_MEGABYTES], "line 1 column 1"),
        (vec![b'['; TEN_MEGABYTES], "expected a structure, found a list"),
        ([b"{\"unknown\":", vec![b'['; TEN_MEGABYTES].as_slice()].concat(), "EOF"),
    ];
    let wrong_members = [
        ("accessToken", "[]", "tokenOutput.accessToken: expected a structure, found a list"),
        ("accessToken", "\"text\"", "tokenOutput.accessToken: expected a structure, found a string"),
        ("tokenType", "{}", "tokenOutput.tokenType: expected a string, found a map"),
        ("tokenType", "7", "tokenOutput.tokenType: expected a string, found a number"),
        ("expiresIn", "\"900\"", "tokenOutput.expiresIn: expected an integer, found a string"),
        ("expiresIn", "1.5", "tokenOutput.expiresIn: expected an integer"),
        ("expiresIn", "3000000000", "tokenOutput.expiresIn: the number is out of the range"),
        ("refreshToken", "false", "tokenOutput.refreshToken: expected a string, found a boolean"),
    ];
    for (member, value, message) in wrong_members {
        bodies.push((format!(r#"{{"{member}": {value}}}"#).into(), message));
    }
    bodies
}

/// A name for a body in messages.
fn excerpt(body: &[u8]) -> String {
    String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned()
}

fn check_circumstances(outcome: Outcome, status: u16, body: &[u8]) {
    let error = outcome.unwrap_err();
    let name = excerpt(body);
    assert_eq!(error.status().unwrap(), status, "{name}");
    assert_eq!(error.request_id(), Some(REQUEST_ID), "{name}");
    assert!(error.raw_response().unwrap().body() == body, "the raw body of {name}");
    assert_eq!(error.attempts(), 1, "{name}");
    let line = error.to_string();
    assert!(line.ends_with(&format!("(HTTP {status}, request id {REQUEST_ID})")), "{line}");
    assert!(line.len() < 300 && !line.contains('\n'), "{line}");
}

#[tokio::test]
async fn success_with_a_broken_body_says_where_and_keeps_what_came() {
    for (body, message) in broken_bodies() {
        let outcome = outcome_of(with_request_id(ScriptedResponse::json(200, body.clone()))).await;
        let error = outcome.as_ref().expect_err(&excerpt(&body));
        assert_eq!(error.kind(), ErrorKind::Response);
        assert_eq!(error.service_error(), None);
        assert_eq!(error.fault(), None);
        assert!(!error.is_retryable());
        assert!(error.to_string().contains(message), "{error} lacks {message}");
        assert!(sources(error).concat().contains(message), "{error:?}");
        check_circumstances(outcome, 200, &body);
    }
}

#[tokio::test]
async fn an_error_with_a_broken_body_keeps_what_came() {
    for (body, _) in broken_bodies() {
        for status in [400, 401, 500] {
            let outcome = outcome_of(with_request_id(ScriptedResponse::json(status, body.clone()))).await;
            let error = outcome.as_ref().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Service);
            assert_eq!((error.code(), error.message()), (None, None), "{}", excerpt(&body));
            assert_eq!(error.service_error(), None);
            assert_eq!(error.is_retryable(), status == 500);
            check_circumstances(outcome, status, &body);
        }
    }
}

#[tokio::test]
async fn a_declared_error_with_a_broken_body_keeps_its_code() {
    for (body, _) in broken_bodies() {
        let answer =
            ScriptedResponse::json(401, body.clone()).header("x-amzn-errortype", "AccessDeniedException");
        let outcome = outcome_of(with_request_id(answer)).await;
        let error = outcome.as_ref().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.code(), Some("AccessDeniedException"), "{}", excerpt(&body));
        check_circumstances(outcome, 401, &body);
    }
}

#[tokio::test]
async fn a_declared_error_of_the_wrong_type_has_no_type() {
    for body in [r#"{"error": 7, "message": "m"}"#, r#"{"error": [], "message": "m"}"#, "[]", "7", r#"{"er"#]
    {
        let answer = ScriptedResponse::json(401, body).header("x-amzn-errortype", "AccessDeniedException");
        let error = error_of(answer).await;
        assert_eq!(error.service_error(), None, "{body}");
        assert_eq!(error.code(), Some("AccessDeniedException"), "{body}");
        assert_eq!(sources(&error).len(), 1, "{body}: the reason is the source");
    }
}

#[tokio::test]
async fn a_declared_error_without_a_body_is_typed() {
    let error =
        error_of(ScriptedResponse::new(401).header("x-amzn-errortype", "AccessDeniedException")).await;
    assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
    assert_eq!(error.message(), None);
    assert_eq!(error.to_string(), "CreateOAuth2Token: AccessDeniedException (HTTP 401)");
}

#[tokio::test]
async fn an_error_cut_short_keeps_the_members_before_the_cut() {
    let body = r#"{"code": "QuotaExceededException", "message": "too much", "detail": "abc"#;
    let error = error_of(ScriptedResponse::json(400, body)).await;
    assert_eq!((error.code(), error.message()), (Some("QuotaExceededException"), Some("too much")));
}

#[tokio::test]
async fn an_html_page_is_not_shown() {
    for status in [200, 403, 502] {
        let error =
            error_of(ScriptedResponse::new(status).header("content-type", "text/html").body(HTML)).await;
        let shown = format!("{error} {error:?} {error:#?} {:?}", sources(&error));
        assert!(!shown.contains("Gateway"), "{shown}");
        assert_eq!(error.raw_response().unwrap().body(), HTML);
    }
}

#[tokio::test]
async fn ten_megabytes_of_members_that_the_client_does_not_know_are_passed_over() {
    let mut body = tokens();
    body["padding"] = vec!["0123456789abcdef"; TEN_MEGABYTES / 19].into();
    body["text"] = "x".repeat(TEN_MEGABYTES).into();
    for answer in [
        ScriptedResponse::json(200, body.to_string()),
        ScriptedResponse::json(200, body.to_string()).chunked(),
    ] {
        let output = outcome_of(answer).await.unwrap();
        assert_eq!(output, outcome_of(granted()).await.unwrap());
    }
}

#[tokio::test]
async fn an_error_may_come_with_ten_megabytes() {
    let padding = "x".repeat(TEN_MEGABYTES);
    let body = format!(
        r#"{{"padding": "{padding}", "error": "TOKEN_EXPIRED", "message": "m", "__type": "AccessDeniedException"}}"#
    );
    let error = error_of(with_request_id(ScriptedResponse::json(401, body.clone()).chunked())).await;
    assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
    assert_eq!(error.raw_response().unwrap().body().len(), body.len());
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    let error =
        error_of(with_request_id(ScriptedResponse::new(307).header("location", "http://127.0.0.1:9/"))).await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status().unwrap(), 307);
}
