//! What several of the tests do.

use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::refresh_grant;
use signin_client::Error;
use signin_client::blocking::Client;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::CreateOAuth2TokenResponse;

/// What a call gives.
pub(crate) type Outcome = Result<CreateOAuth2TokenResponse, Error<CreateOAuth2TokenError>>;

/// A client of whatever is at a URL.
pub(crate) fn client_at(url: impl Into<String>) -> Client {
    Client::builder().endpoint_url(url).build().unwrap()
}

/// A client of a server.
pub(crate) fn client(server: &Server) -> Client {
    client_at(server.url())
}

/// What one attempt to refresh gives when the server answers so.
pub(crate) fn outcome_of(answer: ScriptedResponse) -> Outcome {
    let server = Server::always(answer);
    client(&server).create_oauth2_token(refresh_grant()).retries(0).send()
}

/// The error of one attempt to refresh when the server answers so.
pub(crate) fn error_of(answer: ScriptedResponse) -> Error<CreateOAuth2TokenError> {
    outcome_of(answer).unwrap_err()
}
