//! Conversions of errors.

use farrier_runtime::operation::NoError;
use farrier_runtime::testing::{MockError, MockTransport};
use farrier_runtime::transport::{TransportError, TransportErrorKind};
use farrier_runtime::types::{Body, BodyError, Bytes};
use farrier_runtime::{AnyError, Error};
use farrier_tests::signin::refresh_grant;
use http_body::Frame;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::operation::CreateOAuth2Token;
use signin_client::types::{AccessDeniedException, OAuth2ErrorCode};
use snapshot_errors::error::FailError;
use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

fn denied() -> CreateOAuth2TokenError {
    let denied = AccessDeniedException::new(OAuth2ErrorCode::TokenExpired, "sign in again");
    CreateOAuth2TokenError::AccessDeniedException(denied)
}

/// Calls operations of two services.
async fn calls(mock: &MockTransport) -> Result<(), AnyError> {
    let signin = signin_client::Client::builder().region("us-east-1").transport(mock.clone()).build();
    let errors =
        snapshot_errors::Client::builder().endpoint_url("https://a.test").transport(mock.clone()).build();
    errors.unwrap().succeed().await?;
    signin.unwrap().create_oauth2_token(refresh_grant()).await?;
    Ok(())
}

#[tokio::test]
async fn any_error_keeps_the_details_and_the_declared_error() {
    let mock = MockTransport::new()
        .reply(200, "{}")
        .on::<CreateOAuth2Token>(|_| Err(MockError::declared(401, denied())));
    let error = calls(&mock).await.unwrap_err();
    let text = "CreateOAuth2Token: AccessDeniedException: sign in again (HTTP 401)";
    assert_eq!((error.to_string().as_str(), error.operation()), (text, "CreateOAuth2Token"));
    assert_eq!((error.code(), error.status().unwrap().as_u16()), (Some("AccessDeniedException"), 401));
    assert_eq!(error.service_error_as::<CreateOAuth2TokenError>(), Some(&denied()));
    assert!(error.service_error_as::<FailError>().is_none());
}

#[test]
fn errors_convert_to_boxed_errors() {
    /// `?` converts such errors to `Box<dyn Error + Send + Sync>`, and to `anyhow::Error`.
    fn converts<E: StdError + Send + Sync + 'static>() {}
    converts::<AnyError>();
    converts::<Error<NoError>>();
    converts::<Error<CreateOAuth2TokenError>>();
    converts::<BodyError>();
    converts::<TransportError>();
    converts::<farrier_runtime::client::BuildError>();
    converts::<farrier_runtime::auth::AuthError>();
    converts::<farrier_runtime::transport::TransportBuildError>();
    converts::<farrier_runtime::endpoint::EndpointError>();
}

/// A body that fails at once.
struct Failing;

impl http_body::Body for Failing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Poll::Ready(Some(Err(TransportError::timeout("read", Duration::from_secs(1), true))))
    }
}

#[tokio::test]
async fn the_error_of_a_body_has_that_of_its_stream_as_source() {
    async fn collect(body: Body) -> Result<Bytes, Box<dyn StdError + Send + Sync>> {
        Ok(body.collect().await?)
    }
    let error = collect(Body::stream(Failing)).await.unwrap_err();
    assert_eq!(error.to_string(), "could not read the body: read timed out after 1s");
    assert!(error.source().unwrap().is::<TransportError>());
    assert_eq!(TransportError::interrupted(error).kind(), TransportErrorKind::Timeout);
}

#[tokio::test]
async fn collecting_has_a_limit() {
    assert_eq!(Body::from("abc").collect_text(3).await.unwrap(), "abc");
    let error = Body::from("abcd").collect_bytes(3).await.unwrap_err();
    assert!(error.is_too_large());
    assert_eq!(error.to_string(), "body is larger than 3 bytes: raise the limit");
    let error = Body::from(vec![0xff]).collect_text(3).await.unwrap_err();
    assert!(!error.is_too_large() && error.to_string().starts_with("body is not UTF-8"));
}
