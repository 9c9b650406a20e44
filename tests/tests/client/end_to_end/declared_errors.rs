//! Errors declared by the model, at each of their statuses.

use super::support::error_of;
use farrier_tests::server::ScriptedResponse;
use farrier_tests::signin::{REQUEST_ID, error_response, with_request_id};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::runtime::schema::Fault;
use signin_client::types::{
    AccessDeniedException, InternalServerException, OAuth2ErrorCode, TooManyRequestsError,
    ValidationException,
};

/// Expected properties of an error parsed from a declared error response.
struct Expected {
    status: u16,
    shape: &'static str,
    code: &'static str,
    error: CreateOAuth2TokenError,
    fault: Fault,
    retryable: bool,
}

async fn check(expected: Expected) {
    let Expected { status, shape, code, .. } = expected;
    let error = error_of(error_response(status, shape, code)).await;

    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.service_error(), Some(&expected.error));
    assert_eq!(error.code(), Some(shape));
    assert_eq!(error.message(), Some("the message"));
    assert_eq!(error.status().unwrap(), status);
    assert_eq!(error.request_id(), Some(REQUEST_ID));
    assert_eq!(error.fault(), Some(expected.fault));
    assert_eq!(error.is_retryable(), expected.retryable);
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.operation(), "CreateOAuth2Token");
    assert_eq!(
        error.to_string(),
        format!("CreateOAuth2Token: {shape}: the message (HTTP {status}, request id {REQUEST_ID})")
    );
    assert_eq!(expected.error.to_string(), format!("{shape}: the message"));
    assert_eq!(error.into_service_error().unwrap(), expected.error);
}

#[tokio::test]
async fn access_denied_is_typed_at_each_status() {
    for (status, code, variant) in [
        (401, "TOKEN_EXPIRED", OAuth2ErrorCode::TokenExpired),
        (401, "AUTHCODE_EXPIRED", OAuth2ErrorCode::AuthcodeExpired),
        (403, "USER_CREDENTIALS_CHANGED", OAuth2ErrorCode::UserCredentialsChanged),
        (403, "INSUFFICIENT_PERMISSIONS", OAuth2ErrorCode::InsufficientPermissions),
    ] {
        let error = AccessDeniedException::new(variant, "the message");
        let error = CreateOAuth2TokenError::AccessDeniedException(error);
        let shape = "AccessDeniedException";
        check(Expected { status, shape, code, error, fault: Fault::Client, retryable: false }).await;
    }
}

#[tokio::test]
async fn internal_error_is_a_typed_server_fault() {
    let error = InternalServerException::new(OAuth2ErrorCode::ServerError, "the message");
    check(Expected {
        status: 500,
        shape: "InternalServerException",
        code: "server_error",
        error: CreateOAuth2TokenError::InternalServerException(error),
        fault: Fault::Server,
        retryable: true,
    })
    .await;
}

#[tokio::test]
async fn too_many_requests_is_typed_and_retryable() {
    let error = TooManyRequestsError::new(OAuth2ErrorCode::InvalidRequest, "the message");
    check(Expected {
        status: 429,
        shape: "TooManyRequestsError",
        code: "INVALID_REQUEST",
        error: CreateOAuth2TokenError::TooManyRequestsError(error),
        fault: Fault::Client,
        retryable: true,
    })
    .await;
}

#[tokio::test]
async fn validation_error_is_typed() {
    let error = ValidationException::new(OAuth2ErrorCode::InvalidRequest, "the message");
    check(Expected {
        status: 400,
        shape: "ValidationException",
        code: "INVALID_REQUEST",
        error: CreateOAuth2TokenError::ValidationException(error),
        fault: Fault::Client,
        retryable: false,
    })
    .await;
}

#[tokio::test]
async fn declared_error_is_typed_at_an_undeclared_status() {
    let error = error_of(error_response(418, "ValidationException", "INVALID_REQUEST")).await;
    assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::ValidationException(_))));
    assert_eq!(error.status().unwrap(), 418);
}

#[tokio::test]
async fn unknown_enum_value_is_preserved() {
    let error = error_of(error_response(401, "AccessDeniedException", "DEVICE_UNKNOWN")).await;
    let Some(CreateOAuth2TokenError::AccessDeniedException(denied)) = error.service_error() else {
        panic!("{error:?}");
    };
    assert!(matches!(denied.error, OAuth2ErrorCode::Unknown(_)));
    assert_eq!(denied.error.as_str(), "DEVICE_UNKNOWN");
    assert_eq!(OAuth2ErrorCode::from(denied.error.as_str()), denied.error);
}

#[tokio::test]
async fn unknown_error_code_is_an_untyped_service_error() {
    for (status, fault, retryable) in
        [(400, Fault::Client, false), (404, Fault::Client, false), (500, Fault::Server, true)]
    {
        let error = error_of(error_response(status, "QuotaExceededException", "QUOTA")).await;
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.service_error(), None);
        assert_eq!(error.code(), Some("QuotaExceededException"));
        assert_eq!(error.message(), Some("the message"));
        assert_eq!(error.request_id(), Some(REQUEST_ID));
        assert_eq!(error.fault(), Some(fault));
        assert_eq!(error.is_retryable(), retryable);
        assert_eq!(
            error.to_string(),
            format!(
                "CreateOAuth2Token: QuotaExceededException: the message \
                 (HTTP {status}, request id {REQUEST_ID})"
            )
        );
    }
}

#[tokio::test]
async fn error_display_is_one_line() {
    let body = r#"{"code": "BadCode", "message": "first\nsecond\r\n\tthird\u0000\u0085\u2028end"}"#;
    let error = error_of(with_request_id(ScriptedResponse::json(400, body))).await;
    let line = error.to_string();
    assert_eq!(line.chars().filter(|c| c.is_control() || *c == '\u{2028}').collect::<String>(), "", "{line}");
    assert!(line.contains("BadCode: first") && line.contains("second") && line.contains("end"), "{line}");
}
