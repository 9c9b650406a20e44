//! What several of the tests do.

use farrier_runtime::client::Builder;
use farrier_runtime::testing::{MockTransport, RecordedRequest};
use farrier_tests::signin::{refresh_grant, tokens};
use signin_client::Client;

/// A builder that was given these variables.
pub(crate) fn with(variables: &'static [(&'static str, &'static str)]) -> Builder<Client> {
    Client::builder().from_vars(lookup(variables))
}

/// Finds the value of a variable.
pub(crate) fn lookup(variables: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
    |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
}

/// The request of one call.
pub(crate) async fn request_of(builder: Builder<Client>) -> RecordedRequest {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    let client = builder.transport(mock.clone()).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    mock.requests().remove(0)
}

/// The host that is called.
pub(crate) async fn host_of(builder: Builder<Client>) -> String {
    request_of(builder).await.uri().host().unwrap().to_owned()
}

/// How often a call is sent to a service that is busy.
pub(crate) async fn attempts_of(builder: Builder<Client>) -> u32 {
    let mock = (0..9).fold(MockTransport::new(), |mock, _| mock.reply(503, ""));
    let client = builder.transport(mock).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap_err().attempts()
}
