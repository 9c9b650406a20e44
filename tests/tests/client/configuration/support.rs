//! Helpers shared by the tests.

use farrier_runtime::client::Builder;
use farrier_runtime::testing::{MockTransport, RecordedRequest};
use farrier_tests::signin::{refresh_grant, tokens};
use signin_client::Client;

/// Returns a builder configured from these variables.
pub(crate) fn builder_with(variables: &'static [(&'static str, &'static str)]) -> Builder<Client> {
    Client::builder().from_vars(lookup(variables))
}

/// Returns a lookup function for these variables.
pub(crate) fn lookup(variables: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
    |name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
}

/// Makes one call, and returns its request.
pub(crate) async fn request_of(builder: Builder<Client>) -> RecordedRequest {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    let client = builder.transport(mock.clone()).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    mock.requests().remove(0)
}

/// Makes one call, and returns the host of its request.
pub(crate) async fn host_of(builder: Builder<Client>) -> String {
    request_of(builder).await.uri().host().unwrap().to_owned()
}

/// Returns the number of attempts of a call if every response is a 503.
pub(crate) async fn attempts_of(builder: Builder<Client>) -> u32 {
    let mock = (0..9).fold(MockTransport::new(), |mock, _| mock.reply(503, ""));
    let client = builder.transport(mock).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap_err().attempts()
}
