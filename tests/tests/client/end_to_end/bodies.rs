//! Responses with malformed or unexpected bodies: errors keep the status, request id and raw body.

use super::support::{Outcome, error_of, outcome_of, sources};
use farrier_tests::server::ScriptedResponse;
use farrier_tests::signin::{REQUEST_ID, token_response, tokens, with_request_id};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;

const HTML: &str = "<html><body><h1>502 Bad Gateway</h1></body></html>";
/// The default of `max_error_body`.
const MAX_ERROR_BODY: usize = 1 << 20;
const TEN_MEGABYTES: usize = 10 * 1024 * 1024;

/// Returns bodies that are not valid Sign-In responses, and part of the error message for each.
fn malformed_bodies() -> Vec<(Vec<u8>, &'static str)> {
    let complete = tokens().to_string();
    let mut bodies: Vec<(Vec<u8>, _)> = vec![
        (b"".to_vec(), "response body is empty"),
        (HTML.into(), "line 1 column 1"),
        (b" \n".to_vec(), "EOF"),
        (b"\xff\xfe{}".to_vec(), "invalid UTF-8 at byte 0"),
        (complete.as_bytes()[..complete.len() / 2].to_vec(), "EOF"),
        (format!("{complete}{complete}").into(), "trailing characters"),
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
        ("expiresIn", "3000000000", "tokenOutput.expiresIn: number out of range for an integer"),
        ("refreshToken", "false", "tokenOutput.refreshToken: expected a string, found a boolean"),
    ];
    for (member, value, message) in wrong_members {
        bodies.push((format!(r#"{{"{member}": {value}}}"#).into(), message));
    }
    bodies
}

/// Returns the first 80 bytes of a body, for assertion messages.
fn excerpt(body: &[u8]) -> String {
    String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned()
}

fn check_response_details(outcome: Outcome, status: u16, body: &[u8]) {
    let error = outcome.unwrap_err();
    let name = excerpt(body);
    assert_eq!(error.status().unwrap(), status, "{name}");
    assert_eq!(error.request_id(), Some(REQUEST_ID), "{name}");
    let kept = if status < 300 { body } else { &body[..body.len().min(MAX_ERROR_BODY)] };
    assert!(error.raw_response().unwrap().body() == kept, "the raw body of {name}");
    assert_eq!(error.attempts(), 1, "{name}");
    let line = error.to_string();
    assert!(line.ends_with(&format!("(HTTP {status}, request id {REQUEST_ID})")), "{line}");
    assert!(line.len() < 300 && !line.contains('\n'), "{line}");
}

#[tokio::test]
async fn malformed_success_body_is_a_response_error() {
    for (body, message) in malformed_bodies() {
        let outcome = outcome_of(with_request_id(ScriptedResponse::json(200, body.clone()))).await;
        let error = outcome.as_ref().expect_err(&excerpt(&body));
        assert_eq!(error.kind(), ErrorKind::Response);
        assert_eq!(error.service_error(), None);
        assert_eq!(error.fault(), None);
        assert!(!error.is_retryable());
        assert!(error.to_string().contains(message), "{error} lacks {message}");
        assert!(sources(error).concat().contains(message), "{error:?}");
        check_response_details(outcome, 200, &body);
    }
}

#[tokio::test]
async fn malformed_error_body_is_a_service_error_without_a_code() {
    for (body, _) in malformed_bodies() {
        for status in [400, 401, 500] {
            let outcome = outcome_of(with_request_id(ScriptedResponse::json(status, body.clone()))).await;
            let error = outcome.as_ref().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Service);
            assert_eq!((error.code(), error.message()), (None, None), "{}", excerpt(&body));
            assert_eq!(error.service_error(), None);
            assert_eq!(error.is_retryable(), status == 500);
            check_response_details(outcome, status, &body);
        }
    }
}

#[tokio::test]
async fn malformed_declared_error_body_keeps_the_code() {
    for (body, _) in malformed_bodies() {
        let response =
            ScriptedResponse::json(401, body.clone()).header("x-amzn-errortype", "AccessDeniedException");
        let outcome = outcome_of(with_request_id(response)).await;
        let error = outcome.as_ref().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.code(), Some("AccessDeniedException"), "{}", excerpt(&body));
        check_response_details(outcome, 401, &body);
    }
}

#[tokio::test]
async fn declared_error_with_mistyped_members_is_untyped() {
    for body in [r#"{"error": 7, "message": "m"}"#, r#"{"error": [], "message": "m"}"#, "[]", "7", r#"{"er"#]
    {
        let response = ScriptedResponse::json(401, body).header("x-amzn-errortype", "AccessDeniedException");
        let error = error_of(response).await;
        assert_eq!(error.service_error(), None, "{body}");
        assert_eq!(error.code(), Some("AccessDeniedException"), "{body}");
        assert_eq!(sources(&error).len(), 1, "{body}: the parse error is the source");
    }
}

#[tokio::test]
async fn declared_error_without_a_body_is_typed() {
    let error =
        error_of(ScriptedResponse::new(401).header("x-amzn-errortype", "AccessDeniedException")).await;
    assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
    assert_eq!(error.message(), None);
    assert_eq!(error.to_string(), "CreateOAuth2Token: AccessDeniedException (HTTP 401)");
}

#[tokio::test]
async fn truncated_error_body_keeps_its_complete_members() {
    let body = r#"{"code": "QuotaExceededException", "message": "too much", "detail": "abc"#;
    let error = error_of(ScriptedResponse::json(400, body)).await;
    assert_eq!((error.code(), error.message()), (Some("QuotaExceededException"), Some("too much")));
}

#[tokio::test]
async fn error_text_excludes_an_html_body() {
    for status in [200, 403, 502] {
        let error =
            error_of(ScriptedResponse::new(status).header("content-type", "text/html").body(HTML)).await;
        let text = format!("{error} {error:?} {error:#?} {:?}", sources(&error));
        assert!(!text.contains("Gateway"), "{text}");
        assert_eq!(error.raw_response().unwrap().body(), HTML);
    }
}

#[tokio::test]
async fn ignores_ten_megabytes_of_unknown_members() {
    let mut body = tokens();
    body["padding"] = vec!["0123456789abcdef"; TEN_MEGABYTES / 19].into();
    body["text"] = "x".repeat(TEN_MEGABYTES).into();
    for response in [
        ScriptedResponse::json(200, body.to_string()),
        ScriptedResponse::json(200, body.to_string()).chunked(),
    ] {
        let output = outcome_of(response).await.unwrap();
        assert_eq!(output, outcome_of(token_response()).await.unwrap());
    }
}

#[tokio::test]
async fn reads_a_large_error_body() {
    let padding = "x".repeat(MAX_ERROR_BODY - 1000);
    let body = format!(
        r#"{{"padding": "{padding}", "error": "TOKEN_EXPIRED", "message": "m", "__type": "AccessDeniedException"}}"#
    );
    let error = error_of(with_request_id(ScriptedResponse::json(401, body.clone()).chunked())).await;
    assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
    assert_eq!(error.raw_response().unwrap().body().len(), body.len());
}

#[tokio::test]
async fn redirect_is_an_error_and_is_not_followed() {
    let error =
        error_of(with_request_id(ScriptedResponse::new(307).header("location", "http://127.0.0.1:9/"))).await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status().unwrap(), 307);
}
