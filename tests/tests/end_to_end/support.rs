//! What several of the tests do.

use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{client, refresh_grant};
use signin_client::Error;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::CreateOAuth2TokenResponse;

/// What a call gives.
pub(crate) type Outcome = Result<CreateOAuth2TokenResponse, Error<CreateOAuth2TokenError>>;

/// What one attempt to refresh gives when the server answers so.
pub(crate) async fn outcome_of(answer: ScriptedResponse) -> Outcome {
    let server = Server::always(answer);
    client(&server).create_oauth2_token(refresh_grant()).retries(0).await
}

/// The error of one attempt to refresh when the server answers so.
pub(crate) async fn error_of(answer: ScriptedResponse) -> Error<CreateOAuth2TokenError> {
    outcome_of(answer).await.unwrap_err()
}

/// The whole chain of an error's sources, the outermost first.
pub(crate) fn sources(error: &dyn std::error::Error) -> Vec<String> {
    std::iter::successors(error.source(), |error| error.source()).map(ToString::to_string).collect()
}
