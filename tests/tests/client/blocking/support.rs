//! Helpers shared by the tests.

use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::refresh_grant;
use signin_client::Error;
use signin_client::blocking::Client;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::CreateOAuth2TokenResponse;

/// Result of a call.
pub(crate) type Outcome = Result<CreateOAuth2TokenResponse, Error<CreateOAuth2TokenError>>;

/// Returns a client for the endpoint at a URL.
pub(crate) fn client_at(url: impl Into<String>) -> Client {
    Client::builder().endpoint_url(url).build().unwrap()
}

/// Returns a client for a server.
pub(crate) fn client(server: &Server) -> Client {
    client_at(server.url())
}

/// Makes one refresh attempt against a server that returns `response`.
pub(crate) fn outcome_of(response: ScriptedResponse) -> Outcome {
    let server = Server::always(response);
    client(&server).create_oauth2_token(refresh_grant()).retries(0).send()
}

/// Returns the error of one refresh attempt against a server that returns `response`.
pub(crate) fn error_of(response: ScriptedResponse) -> Error<CreateOAuth2TokenError> {
    outcome_of(response).unwrap_err()
}
