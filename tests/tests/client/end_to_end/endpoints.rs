//! Endpoint resolution, and `build` errors for invalid endpoints.

use farrier_runtime::client::Builder;
use farrier_runtime::testing::MockTransport;
use farrier_tests::server::Server;
use farrier_tests::signin::{client_at, refresh_grant, token_response, tokens};
use signin_client::runtime::client::BuildError;
use signin_client::{Client, ErrorKind};

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
    for region in [
        "-us-east-1",
        "us-east-1-",
        "us-east-1#",
        "",
        "eu west",
        "eu.west",
        "eu/west",
        "eu-west-1@evil.test",
        "é",
        &"x".repeat(64),
    ] {
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
        ("https://example.com:+80", "its port is not a number up to 65535"),
        ("https://[::1]:+80", "its port is not a number up to 65535"),
        ("https://example.com:-1", "its port is not a number up to 65535"),
        ("http://evil.com#.amazonaws.com", "it must not contain a fragment"),
        ("https://example.com/path#part", "it must not contain a fragment"),
        ("https://a..example.com", "its host is not a valid host name or IP address"),
        ("https://-a.example.com", "its host is not a valid host name or IP address"),
        ("https://a%2eexample.com", "not a URL"),
        ("https://[v1.x]", "its host is not a valid host name or IP address"),
        ("https://example.com/a/../b", "its path must not contain `.` or `..` segments"),
        ("https://example.com/%2e%2E/b", "its path must not contain `.` or `..` segments"),
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

#[test]
fn built_in_parameters_are_checked_like_their_setters() {
    for region in ["attacker.com#", "attacker.com/", "a@attacker.com", "-us-east-1", ""] {
        let error = Client::builder().endpoint_param("Region", region).build().unwrap_err();
        assert_eq!(error, BuildError::InvalidRegion, "{region}");
    }
    for url in ["http://evil.com#.amazonaws.com", "https://user@evil.com", "evil.com", "https://a:+80"] {
        let error = Client::builder().endpoint_param("Endpoint", url).build().unwrap_err();
        assert!(matches!(error, BuildError::InvalidEndpoint(_)), "{url}: {error}");
    }
    Client::builder().endpoint_param("Region", "eu-central-1").build().unwrap();
    Client::builder().endpoint_param("Endpoint", "https://signin.test").build().unwrap();
}

/// Values that would put the rest of the host into a path, fragment, port or user name.
#[tokio::test]
async fn input_cannot_choose_the_host() {
    let mock = MockTransport::new().reply_fn(|_| Ok(http::Response::new("{}".into())));
    let ask = |parameter: &'static str, value: String| {
        let builder = snapshot_endpoints::Client::builder().region("eu-west-1").transport(mock.clone());
        let client = builder.endpoint_param(parameter, value).build().unwrap();
        client.ask(snapshot_endpoints::types::AskInput::new("book"))
    };
    for host in
        ["evil.com#", "evil.com/", "evil.com?", "a@evil.com", "evil.com:80", "-eu-west-1", "a b", "a\\b"]
    {
        // A colon would end the region of the ARN.
        let arn = format!("arn:aws:library:{}:1:top", host.replace(':', "#"));
        for (parameter, value) in [("Arn", arn), ("Stage", host.to_owned())] {
            let error = ask(parameter, value).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Endpoint, "{host}: {error}");
            assert!(!error.to_string().contains(host), "{error}");
        }
    }
    assert!(mock.requests().is_empty());
    ask("Arn", "arn:aws:library:eu-west-1:1:top".to_owned()).await.unwrap();
    assert_eq!(mock.requests()[0].uri().host(), Some("top.eu-west-1.example.com"));
}

#[tokio::test]
async fn input_cannot_leave_the_endpoint_path() {
    let mock = MockTransport::new().reply_fn(|_| Ok(http::Response::new("{}".into())));
    let builder = snapshot_endpoints::Client::builder().region("eu-west-1").transport(mock.clone());
    let client = builder.endpoint_param("PathStyle", true).build().unwrap();
    for shelf in ["..", ".", "a?b", "a#b", "%2e%2E"] {
        let error = client.ask(snapshot_endpoints::types::AskInput::new(shelf)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Endpoint, "{shelf}: {error}");
    }
    client.ask(snapshot_endpoints::types::AskInput::new("top")).await.unwrap();
    assert_eq!(mock.requests()[0].uri().path(), "/top/");
}
