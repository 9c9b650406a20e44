//! Error codes and messages in headers and bodies.

use super::support::error_of;
use farrier_tests::server::ScriptedResponse;
use signin_client::error::CreateOAuth2TokenError;

async fn code_of(response: ScriptedResponse) -> Option<String> {
    let error = error_of(response).await;
    if error.code() == Some("AccessDeniedException") {
        assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
    }
    error.code().map(str::to_owned)
}

async fn header_code(value: &str) -> Option<String> {
    code_of(ScriptedResponse::json(401, "{}").header("X-Amzn-Errortype", value)).await
}

async fn body_code(body: &str) -> Option<String> {
    code_of(ScriptedResponse::json(401, body)).await
}

const ACCESS_DENIED: Option<&str> = Some("AccessDeniedException");

#[tokio::test]
async fn code_is_reduced_to_the_shape_name() {
    for text in [
        "AccessDeniedException",
        "com.amazonaws.signin#AccessDeniedException",
        "AccessDeniedException:http://internal.amazon.com/coral/com.amazonaws.signin/",
        "com.amazonaws.signin#AccessDeniedException:http://internal.amazon.com/coral/com.amazonaws.signin/",
        " AccessDeniedException ",
    ] {
        assert_eq!(header_code(text).await.as_deref(), ACCESS_DENIED, "header {text}");
        let code = format!(r#"{{"code": "{text}"}}"#);
        assert_eq!(body_code(&code).await.as_deref(), ACCESS_DENIED, "{code}");
        let r#type = format!(r#"{{"__type": "{text}"}}"#);
        assert_eq!(body_code(&r#type).await.as_deref(), ACCESS_DENIED, "{type}");
    }
}

#[tokio::test]
async fn header_code_takes_precedence_over_the_body() {
    let response = ScriptedResponse::json(401, r#"{"code": "InBody", "__type": "InType"}"#);
    let code = code_of(response.header("x-amzn-errortype", "AccessDeniedException")).await;
    assert_eq!(code.as_deref(), ACCESS_DENIED);
}

#[tokio::test]
async fn code_member_takes_precedence_over_type() {
    let body = r#"{"__type": "InType", "code": "AccessDeniedException"}"#;
    assert_eq!(body_code(body).await.as_deref(), ACCESS_DENIED);
    let body = r#"{"code": "AccessDeniedException", "__type": "InType"}"#;
    assert_eq!(body_code(body).await.as_deref(), ACCESS_DENIED);
}

#[tokio::test]
async fn empty_or_mistyped_code_is_skipped() {
    let response = ScriptedResponse::json(401, r#"{"code": "AccessDeniedException"}"#);
    assert_eq!(code_of(response.header("x-amzn-errortype", "")).await.as_deref(), ACCESS_DENIED);
    for invalid in [r#""""#, "null", "7", "[]", r#"{"code": "Nested"}"#, r##""namespace#""##] {
        let body = format!(r#"{{"code": {invalid}, "__type": "AccessDeniedException"}}"#);
        assert_eq!(body_code(&body).await.as_deref(), ACCESS_DENIED, "{body}");
    }
}

#[tokio::test]
async fn missing_code_is_none() {
    let error = error_of(ScriptedResponse::json(401, r#"{"error": "TOKEN_EXPIRED", "message": "no"}"#)).await;
    assert_eq!(error.code(), None);
    assert_eq!(error.message(), Some("no"));
    assert_eq!(error.to_string(), "CreateOAuth2Token: error without a code: no (HTTP 401)");
}

#[tokio::test]
async fn message_is_read_from_each_known_member() {
    for name in ["message", "Message", "errorMessage"] {
        let body = format!(r#"{{"code": "ValidationException", "{name}": "wrong"}}"#);
        assert_eq!(error_of(ScriptedResponse::json(400, body)).await.message(), Some("wrong"), "{name}");
    }
}
