//! Helpers shared by the tests.

use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{client, refresh_grant};
use signin_client::Error;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::CreateOAuth2TokenResponse;

/// Result of a call.
pub(crate) type Outcome = Result<CreateOAuth2TokenResponse, Error<CreateOAuth2TokenError>>;

/// Makes one refresh attempt against a server that returns `response`.
pub(crate) async fn outcome_of(response: ScriptedResponse) -> Outcome {
    let server = Server::always(response);
    client(&server).create_oauth2_token(refresh_grant()).retries(0).await
}

/// Returns the error of one refresh attempt against a server that returns `response`.
pub(crate) async fn error_of(response: ScriptedResponse) -> Error<CreateOAuth2TokenError> {
    outcome_of(response).await.unwrap_err()
}

/// Returns the messages of an error's sources, outermost first.
pub(crate) fn sources(error: &dyn std::error::Error) -> Vec<String> {
    std::iter::successors(error.source(), |error| error.source()).map(ToString::to_string).collect()
}
