use super::*;
use crate::auth::test_support::{NOW, get, header, ready, sign, signer};
use crate::auth::{Identities, ProvideToken, Token};
use crate::service::{ApiKeyLocation, AuthScheme};
use crate::transport::{BoxError, BoxFuture};

fn api_key(location: ApiKeyLocation, scheme: Option<&'static str>, key: &str) -> Signer {
    let name = if location == ApiKeyLocation::Header { "X-Api-Key" } else { "api key" };
    signer(AuthScheme::HttpApiKey { name, location, scheme }, &Identities::new().api_key(key))
}

fn bearer(provider: impl ProvideToken) -> Signer {
    signer(AuthScheme::HttpBearer, &Identities::new().token(provider))
}

fn basic(user: &str, password: &str) -> Signer {
    signer(AuthScheme::HttpBasic, &Identities::new().basic_auth(user, password))
}

/// A provider whose error contains a secret.
struct Failing;

impl ProvideToken for Failing {
    fn provide_token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async { Err("the response was: secret-token".into()) })
    }
}

#[test]
fn sends_a_token_in_a_header() {
    let request = sign(&bearer("abc.def-_~+/=="), get("https://test/")).unwrap();
    assert_eq!(header(&request, "authorization"), Some("Bearer abc.def-_~+/=="));
    assert!(request.headers()["authorization"].is_sensitive());
}

#[test]
fn sends_secrets_over_plain_http_to_this_machine_only() {
    let key = |location| api_key(location, None, "abc");
    let signers = [
        (bearer("abc"), "bearer token"),
        (basic("me", "abc"), "user name and password"),
        (key(ApiKeyLocation::Header), "API key"),
        (key(ApiKeyLocation::Query), "API key"),
    ];
    for (signer, name) in &signers {
        for uri in ["http://test/", "http://127.0.0.1.test/", "http://localhost.test/", "http://10.0.0.1/"] {
            let error = sign(signer, get(uri)).unwrap_err();
            assert!(matches!(error, AuthError::PlainHttp(_)), "{uri}: {error}");
            let expected = format!("{name} must not be sent over plain `http`: ");
            assert!(error.to_string().starts_with(&expected), "{error}");
            assert!(error.to_string().contains("allow_secrets_over_http"), "{error}");
        }
        for uri in ["https://test/", "http://localhost:8080/", "http://127.0.0.2/", "http://[::1]:80/"] {
            assert!(sign(signer, get(uri)).is_ok(), "{uri}");
        }
    }
}

#[test]
fn rejects_an_invalid_token() {
    for token in ["", "a b", "a\nb", "ä"] {
        let error = sign(&bearer(token.to_owned()), get("https://test/")).unwrap_err();
        assert!(matches!(error, AuthError::Invalid(_)), "{error}");
    }
}

#[test]
fn rejects_an_expired_token() {
    assert!(
        sign(&bearer(Token::new("abc").expires_at(*NOW + Duration::from_secs(1))), get("https://test/"))
            .is_ok()
    );
    let error = sign(&bearer(Token::new("abc").expires_at(*NOW)), get("https://test/")).unwrap_err();
    assert!(matches!(error, AuthError::Expired(IdentityKind::Token)), "{error}");
}

#[test]
fn provider_error_is_the_source_and_not_in_the_text() {
    let error = sign(&bearer(Failing), get("https://test/")).unwrap_err();
    assert!(error.is_retryable());
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("secret-token"));
    assert!(!format!("{error} {error:?}").contains("secret-token"), "{error:?}");
}

#[test]
fn sends_an_api_key_in_its_header() {
    let request = sign(&api_key(ApiKeyLocation::Header, None, "a key"), get("https://test/")).unwrap();
    assert_eq!(header(&request, "x-api-key"), Some("a key"));
    assert!(request.headers()["x-api-key"].is_sensitive());
    let request = sign(&api_key(ApiKeyLocation::Header, Some("ApiKey"), "k"), get("https://test/")).unwrap();
    assert_eq!(header(&request, "x-api-key"), Some("ApiKey k"));
    assert!(sign(&api_key(ApiKeyLocation::Header, None, "k\r\nx: y"), get("https://test/")).is_err());
}

#[test]
fn sends_an_api_key_in_its_query_parameter() {
    for (uri, signed) in [
        ("https://test", "https://test/?api%20key=a%2Bb%26%3D%C3%A4~"),
        ("https://test/a/b?", "https://test/a/b?api%20key=a%2Bb%26%3D%C3%A4~"),
        ("https://test/a%20b?c=d&c=", "https://test/a%20b?c=d&c=&api%20key=a%2Bb%26%3D%C3%A4~"),
    ] {
        let request = sign(&api_key(ApiKeyLocation::Query, None, "a+b&=ä~"), get(uri)).unwrap();
        assert_eq!(request.uri().to_string(), signed);
    }
}

#[test]
fn sends_user_and_password_as_basic_auth() {
    let request = sign(&basic("Aladdin", "open sesame"), get("https://test/")).unwrap();
    assert_eq!(header(&request, "authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    assert!(request.headers()["authorization"].is_sensitive());
    let request = sign(&basic("", "a:b"), get("https://test/")).unwrap();
    assert_eq!(header(&request, "authorization"), Some("Basic OmE6Yg=="));
    for (user, password) in [("a:b", "c"), ("a\n", "b"), ("a", "b\0")] {
        assert!(sign(&basic(user, password), get("https://test/")).is_err());
    }
}

#[test]
fn presigning_requires_sigv4() {
    let signers = [bearer("t"), basic("u", "p"), api_key(ApiKeyLocation::Query, None, "k")];
    for signer in signers {
        let mut request = get("https://test/");
        let error = ready(signer.presign(&mut request, *NOW, Duration::from_secs(60))).unwrap_err();
        assert!(matches!(error, AuthError::NotPresignable(_)), "{error}");
        assert_eq!(request.uri().query(), None);
    }
}

#[test]
fn debug_shows_no_secret() {
    let identities =
        Identities::new().token("secret-1").api_key("secret-2").basic_auth("secret-3", "secret-4");
    assert_eq!(format!("{identities:?}"), r#"{"token", "api_key", "basic_auth"}"#);
    let signers = [
        bearer("secret-5"),
        basic("secret-6", "secret-7"),
        api_key(ApiKeyLocation::Header, None, "secret-8"),
    ];
    let debug = format!("{signers:?} {:?}", Token::new("secret-9"));
    assert!(!debug.contains("secret"), "{debug}");
}
