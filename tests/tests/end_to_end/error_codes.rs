//! Where the code of an error is found, and what of it counts.

use crate::support::error_of;
use farrier_tests::server::ScriptedResponse;
use signin_client::error::CreateOAuth2TokenError;

async fn code_of(answer: ScriptedResponse) -> Option<String> {
    let error = error_of(answer).await;
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
async fn the_code_is_cut_to_the_name_of_the_shape() {
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
async fn the_header_counts_before_the_body() {
    let answer = ScriptedResponse::json(401, r#"{"code": "InBody", "__type": "InType"}"#);
    let code = code_of(answer.header("x-amzn-errortype", "AccessDeniedException")).await;
    assert_eq!(code.as_deref(), ACCESS_DENIED);
}

#[tokio::test]
async fn code_counts_before_type_in_either_order() {
    let body = r#"{"__type": "InType", "code": "AccessDeniedException"}"#;
    assert_eq!(body_code(body).await.as_deref(), ACCESS_DENIED);
    let body = r#"{"code": "AccessDeniedException", "__type": "InType"}"#;
    assert_eq!(body_code(body).await.as_deref(), ACCESS_DENIED);
}

#[tokio::test]
async fn a_code_that_says_nothing_leaves_it_to_the_next() {
    let answer = ScriptedResponse::json(401, r#"{"code": "AccessDeniedException"}"#);
    assert_eq!(code_of(answer.header("x-amzn-errortype", "")).await.as_deref(), ACCESS_DENIED);
    for nothing in [r#""""#, "null", "7", "[]", r#"{"code": "Nested"}"#, r##""namespace#""##] {
        let body = format!(r#"{{"code": {nothing}, "__type": "AccessDeniedException"}}"#);
        assert_eq!(body_code(&body).await.as_deref(), ACCESS_DENIED, "{body}");
    }
}

#[tokio::test]
async fn without_a_code_there_is_none() {
    let error = error_of(ScriptedResponse::json(401, r#"{"error": "TOKEN_EXPIRED", "message": "no"}"#)).await;
    assert_eq!(error.code(), None);
    assert_eq!(error.message(), Some("no"));
    assert_eq!(error.to_string(), "CreateOAuth2Token: error without a code: no (HTTP 401)");
}

#[tokio::test]
async fn the_message_is_found_under_each_of_its_names() {
    for name in ["message", "Message", "errorMessage"] {
        let body = format!(r#"{{"code": "ValidationException", "{name}": "wrong"}}"#);
        assert_eq!(error_of(ScriptedResponse::json(400, body)).await.message(), Some("wrong"), "{name}");
    }
}
