//! Where a client sends its requests, and what `build` says of a place where it cannot.

use farrier_tests::server::Server;
use farrier_tests::signin::{client_at, granted, refresh_grant};
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

#[test]
fn a_missing_endpoint_is_told_with_its_remedy() {
    let error = Client::builder().build().unwrap_err();
    assert_eq!(error, BuildError::MissingEndpoint);
    assert_eq!(
        error.to_string(),
        "the client does not know where its service is: \
         call `.endpoint_url(\"https://…\")` before `.build()`"
    );
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
