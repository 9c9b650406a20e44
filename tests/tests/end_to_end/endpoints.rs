//! Where a client sends its requests, and what `build` says of a place where it cannot.

use farrier_runtime::client::Builder;
use farrier_runtime::testing::MockTransport;
use farrier_tests::server::Server;
use farrier_tests::signin::{client_at, granted, refresh_grant, tokens};
use signin_client::Client;
use signin_client::runtime::client::BuildError;

fn build_error(url: &str) -> BuildError {
    Client::builder().endpoint_url(url).build().expect_err(url)
}

#[tokio::test]
async fn the_path_of_the_endpoint_is_a_prefix() {
    let server = Server::always(granted());
    for path in ["", "/", "/prefix", "/prefix/", "/two/parts", "/esc%20aped"] {
        client_at(server.url() + path).create_oauth2_token(refresh_grant()).await.unwrap();
        let expected = format!("{}/v1/token", path.trim_end_matches('/'));
        assert_eq!(server.requests().pop().unwrap().path, expected);
    }
}

/// The host that a call goes to.
async fn host(builder: Builder<Client>) -> String {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    let client = builder.transport(mock.clone()).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    mock.requests()[0].uri().host().unwrap().to_owned()
}

#[tokio::test]
async fn the_region_and_its_kind_of_endpoint_decide_where_requests_go() {
    let builder = || Client::builder().region("eu-central-1");
    assert_eq!(host(builder()).await, "eu-central-1.signin.aws.amazon.com");
    assert_eq!(host(builder().use_fips(true)).await, "signin-fips.eu-central-1.amazonaws.com");
    assert_eq!(host(builder().use_dualstack(true)).await, "signin.eu-central-1.api.aws");
    let both = builder().use_dualstack(true).use_fips(true);
    assert_eq!(host(both).await, "signin-fips.eu-central-1.api.aws");
    assert_eq!(host(Client::builder().region("cn-north-1")).await, "cn-north-1.signin.amazonaws.cn");
    assert_eq!(host(builder().endpoint_url("https://signin.test/path")).await, "signin.test");
}

#[test]
fn settings_for_which_there_is_no_endpoint_are_told() {
    let both = Client::builder().endpoint_url("https://signin.test").use_fips(true).build().unwrap_err();
    let expected = "there is no endpoint for these settings: A custom endpoint cannot be combined with FIPS: give \
                    the FIPS endpoint itself, or turn FIPS off";
    assert_eq!(both.to_string(), expected);
    for region in ["", "eu west", "eu.west", "eu/west", "eu-west-1@evil.test", "é", &"x".repeat(64)] {
        let error = Client::builder().region(region).build().unwrap_err();
        assert_eq!(error, BuildError::InvalidRegion, "{region}");
    }
    let error = Client::builder().region("eu-west-1").endpoint_param("Nothing", true).build().unwrap_err();
    let expected =
        "there is no endpoint for these settings: the service's endpoint rules have no parameter `Nothing`";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_missing_region_is_told_with_its_remedy() {
    let error = Client::builder().build().unwrap_err();
    assert_eq!(error, BuildError::MissingRegion);
    assert_eq!(
        error.to_string(),
        "the client does not know in which region its service is: call `.region(\"us-east-1\")` before `.build()`, \
         or set AWS_REGION and call `.from_env()`, or give an `endpoint_url`"
    );
}

#[test]
fn a_service_without_rules_needs_an_endpoint_and_no_region() {
    let error = golden_types::Client::builder().build().unwrap_err();
    assert_eq!(error, BuildError::MissingEndpoint);
    assert_eq!(
        error.to_string(),
        "the client does not know where its service is: \
         call `.endpoint_url(\"https://…\")` before `.build()`"
    );
    golden_types::Client::builder().endpoint_url("http://types.test").build().unwrap();
}

#[test]
fn an_endpoint_that_cannot_be_called_is_told_with_its_remedy() {
    for (url, why) in [
        ("", "it is not a URL"),
        ("not a url", "it is not a URL"),
        ("https://", "it is not a URL"),
        ("https://exa mple.com", "it is not a URL"),
        ("https://[::1", "it is not a URL"),
        ("signin.example.com", "it must begin with `https://` or `http://`"),
        ("localhost:8080", "it must begin with `https://` or `http://`"),
        ("/v1/token", "it must begin with `https://` or `http://`"),
        ("ftp://example.com", "it must begin with `https://` or `http://`"),
        ("https://:8443", "it names no host"),
        ("https://user:password@example.com", "it must not hold a user name or password"),
        ("https://example.com?query", "it must not hold a query"),
        ("https://example.com/path?query=1", "it must not hold a query"),
        ("https://example.com:port", "its port is not a number up to 65535"),
        ("https://example.com:", "its port is not a number up to 65535"),
        ("https://[::1]:65536", "its port is not a number up to 65535"),
        ("https://example.com:65536", "its port is not a number up to 65535"),
    ] {
        let text = build_error(url).to_string();
        assert_eq!(
            text,
            format!("`endpoint_url` cannot be used: {why}; give a URL such as `https://signin.example.com`"),
            "{url}"
        );
    }
}

#[test]
fn what_is_wrong_with_an_endpoint_does_not_show_it() {
    let error = build_error("https://user:the-password@example.com");
    assert!(!format!("{error} {error:?}").contains("the-password"));
}

#[test]
fn an_endpoint_may_be_any_http_url() {
    for url in [
        "https://signin.example.com",
        "HTTPS://EXAMPLE.COM",
        "http://127.0.0.1:8080/prefix",
        "http://[::1]:8080",
        "http://localhost",
    ] {
        client_at(url);
    }
}
