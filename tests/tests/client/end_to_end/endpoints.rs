//! Endpoint resolution, and `build` errors for invalid endpoints.

use farrier_runtime::client::Builder;
use farrier_runtime::testing::MockTransport;
use farrier_tests::server::Server;
use farrier_tests::signin::{client_at, refresh_grant, token_response, tokens};
use signin_client::Client;
use signin_client::runtime::client::BuildError;

fn build_error(url: &str) -> BuildError {
    Client::builder().endpoint_url(url).build().expect_err(url)
}

#[tokio::test]
async fn endpoint_path_is_a_prefix() {
    let server = Server::always(token_response());
    for path in ["", "/", "/prefix", "/prefix/", "/two/parts", "/esc%20aped"] {
        client_at(server.url() + path).create_oauth2_token(refresh_grant()).await.unwrap();
        let expected = format!("{}/v1/token", path.trim_end_matches('/'));
        assert_eq!(server.requests().pop().unwrap().path, expected);
    }
}

/// Returns the host that a call is sent to.
async fn host(builder: Builder<Client>) -> String {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    let client = builder.transport(mock.clone()).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    mock.requests()[0].uri().host().unwrap().to_owned()
}

#[tokio::test]
async fn region_fips_and_dualstack_select_the_host() {
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
fn unsupported_endpoint_settings_are_build_errors() {
    let both = Client::builder().endpoint_url("https://signin.test").use_fips(true).build().unwrap_err();
    let expected = "could not resolve the endpoint: A custom endpoint cannot be combined with FIPS: set \
                    the FIPS endpoint itself or disable FIPS";
    assert_eq!(both.to_string(), expected);
    for region in ["", "eu west", "eu.west", "eu/west", "eu-west-1@evil.test", "é", &"x".repeat(64)] {
        let error = Client::builder().region(region).build().unwrap_err();
        assert_eq!(error, BuildError::InvalidRegion, "{region}");
    }
    let error = Client::builder().region("eu-west-1").endpoint_param("Nothing", true).build().unwrap_err();
    let expected = "could not resolve the endpoint: unknown endpoint parameter `Nothing`";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn missing_region_error_says_how_to_set_it() {
    let error = Client::builder().build().unwrap_err();
    assert_eq!(error, BuildError::MissingRegion);
    assert_eq!(
        error.to_string(),
        "no region is configured: call `.region(\"us-east-1\")` before `.build()`, or set AWS_REGION \
         and call `.from_env()`, or set `endpoint_url`"
    );
}

#[test]
fn service_without_endpoint_rules_requires_an_endpoint_url() {
    let error = snapshot_types::Client::builder().build().unwrap_err();
    assert_eq!(error, BuildError::MissingEndpoint);
    assert_eq!(
        error.to_string(),
        "no endpoint is configured: call `.endpoint_url(\"https://…\")` before `.build()`"
    );
    snapshot_types::Client::builder().endpoint_url("http://types.test").build().unwrap();
}

#[test]
fn invalid_endpoint_url_is_a_build_error() {
    for (url, reason) in [
        ("", "not a URL"),
        ("not a url", "not a URL"),
        ("https://", "not a URL"),
        ("https://exa mple.com", "not a URL"),
        ("https://[::1", "not a URL"),
        ("signin.example.com", "it must start with `https://` or `http://`"),
        ("localhost:8080", "it must start with `https://` or `http://`"),
        ("/v1/token", "it must start with `https://` or `http://`"),
        ("ftp://example.com", "it must start with `https://` or `http://`"),
        ("https://:8443", "it has no host"),
        ("https://user:password@example.com", "it must not contain a user name or password"),
        ("https://example.com?query", "it must not contain a query"),
        ("https://example.com/path?query=1", "it must not contain a query"),
        ("https://example.com:port", "its port is not a number up to 65535"),
        ("https://example.com:", "its port is not a number up to 65535"),
        ("https://[::1]:65536", "its port is not a number up to 65535"),
        ("https://example.com:65536", "its port is not a number up to 65535"),
    ] {
        let text = build_error(url).to_string();
        assert_eq!(
            text,
            format!("invalid `endpoint_url`: {reason}; use a URL such as `https://signin.example.com`"),
            "{url}"
        );
    }
}

#[test]
fn endpoint_url_error_does_not_show_the_url() {
    let error = build_error("https://user:the-password@example.com");
    assert!(!format!("{error} {error:?}").contains("the-password"));
}

#[test]
fn accepts_any_http_or_https_url() {
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
