//! Secrets over plain HTTP.

use super::support::AuthClient;
use farrier_runtime::client::Builder;
use farrier_runtime::transport::{HyperTransport, Proxy, UreqTransport};
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{code_grant, refresh_grant, token_response, tokens};
use signin_client::ErrorKind;
use signin_client::runtime::testing::MockTransport;

/// The host is not this machine.
const HTTP: &str = "http://signin.test";

fn mock() -> MockTransport {
    MockTransport::new().reply(200, tokens().to_string())
}

/// Returns clients with each identity that a request shows.
fn with_identities(url: &str) -> [(Builder<AuthClient>, &'static str); 3] {
    let builder = || AuthClient::builder(url);
    [
        (builder().token("hunter2"), "bearer token"),
        (builder().api_key("hunter2"), "API key"),
        (builder().basic_auth("me", "hunter2"), "user name and password"),
    ]
}

#[tokio::test]
async fn identities_are_not_sent_over_plain_http() {
    for (builder, name) in with_identities(HTTP) {
        let mock = mock();
        let error = builder.transport(mock.clone()).build().unwrap().call().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts(), mock.requests().len()), (ErrorKind::Auth, 0, 0));
        let expected = format!(
            "CreateOAuth2Token: {name} must not be sent over plain `http`: use an `https://` endpoint, or call \
             `.allow_secrets_over_http(true)` when building the client"
        );
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn a_setting_allows_plain_http() {
    for (builder, _) in with_identities(HTTP) {
        let mock = mock();
        let client = builder.transport(mock.clone()).allow_secrets_over_http(true).build().unwrap();
        client.call().await.unwrap();
        assert_eq!(mock.requests().len(), 1);
    }
    for (builder, _) in with_identities("https://signin.test") {
        builder.transport(mock()).build().unwrap().call().await.unwrap();
    }
}

#[tokio::test]
async fn single_use_input_is_not_sent_over_plain_http() {
    let mock = mock();
    let builder = || signin_client::Client::builder().endpoint_url(HTTP).transport(mock.clone());
    let client = builder().build().unwrap();
    let error = client.create_oauth2_token(code_grant()).await.unwrap_err();
    assert_eq!((error.kind(), mock.requests().len()), (ErrorKind::Auth, 0));
    let expected = "CreateOAuth2Token: single-use input must not be sent over plain `http`: ";
    assert!(error.to_string().starts_with(expected), "{error}");
    client.create_oauth2_token(refresh_grant()).await.unwrap();

    let blocking = signin_client::blocking::Client::builder().endpoint_url(HTTP).transport(mock.clone());
    let error = blocking.build().unwrap().create_oauth2_token(code_grant()).send().unwrap_err();
    assert_eq!((error.kind(), mock.requests().len()), (ErrorKind::Auth, 1));
}

#[tokio::test]
async fn a_setting_allows_single_use_input() {
    let builder = signin_client::Client::builder().endpoint_url(HTTP).transport(mock());
    let client = builder.allow_secrets_over_http(true).build().unwrap();
    client.create_oauth2_token(code_grant()).await.unwrap();
}

/// Returns the URLs of a server under several names of this machine.
fn names_of_this_machine(server: &Server) -> [String; 3] {
    ["127.0.0.1", "localhost", "service.localhost"].map(|host| server.url().replace("127.0.0.1", host))
}

#[tokio::test]
async fn plain_http_to_this_machine_bypasses_proxies() {
    let (server, proxy) = (Server::always(token_response()), Server::always(ScriptedResponse::new(502)));
    for url in names_of_this_machine(&server) {
        let transport = HyperTransport::builder().proxy(Proxy::all(proxy.url())).build().unwrap();
        let client = AuthClient::builder(&url).token("hunter2").transport(transport).build().unwrap();
        client.call().await.unwrap();
    }
    assert_eq!((server.requests().len(), proxy.connections()), (3, 0));
}

#[test]
fn plain_http_to_this_machine_bypasses_proxies_in_blocking_clients() {
    let (server, proxy) = (Server::always(token_response()), Server::always(ScriptedResponse::new(502)));
    for url in names_of_this_machine(&server) {
        let transport = UreqTransport::builder().proxy(Proxy::all(proxy.url())).build().unwrap();
        let client = signin_client::blocking::Client::builder().endpoint_url(url).transport(transport);
        client.build().unwrap().create_oauth2_token(code_grant()).send().unwrap();
    }
    assert_eq!((server.requests().len(), proxy.connections()), (3, 0));
}
