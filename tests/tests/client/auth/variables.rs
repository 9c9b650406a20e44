//! Credentials from environment variables.

use super::support::{AuthClient, credentials, verifier};
use farrier_runtime::auth::AuthError;
use farrier_tests::server::Server;
use farrier_tests::signin::token_response;
use farrier_tests::sigv4_verifier::{ACCESS_KEY_ID, SECRET_ACCESS_KEY, SignatureError};
use signin_client::ErrorKind;
use std::error::Error;

/// Returns a lookup function for these variables.
fn lookup<'v>(variables: &'v [(&str, &'v str)]) -> impl Fn(&str) -> Option<String> + 'v {
    |name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
}

const KEY: [(&str, &str); 2] =
    [("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID), ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY)];
const TOKEN: (&str, &str) = ("AWS_SESSION_TOKEN", "the-token");

#[tokio::test]
async fn env_credentials_sign_unless_others_are_set() {
    let server = Server::always(token_response());
    let builder_with = |variables: &[_]| AuthClient::builder(server.url()).from_vars(lookup(variables));
    let last_request = || server.requests().pop().unwrap();
    let service = || verifier("execute-api");

    builder_with(&KEY).build().unwrap().call().await.unwrap();
    assert_eq!(service().verify(&last_request()), Ok(()));
    assert_eq!(last_request().header("x-amz-security-token"), None);
    builder_with(&[KEY[0], KEY[1], TOKEN]).build().unwrap().call().await.unwrap();
    assert_eq!(service().session_token("the-token").verify(&last_request()), Ok(()));

    let others = builder_with(&[KEY[0], ("AWS_SECRET_ACCESS_KEY", "another")]);
    others.build().unwrap().call().await.unwrap();
    assert_eq!(service().verify(&last_request()), Err(SignatureError::Signature));
    let set =
        builder_with(&[KEY[0], ("AWS_SECRET_ACCESS_KEY", "another"), TOKEN]).credentials(credentials(None));
    set.build().unwrap().call().await.unwrap();
    assert_eq!(service().verify(&last_request()), Ok(()));
    assert_eq!(last_request().header("x-amz-security-token"), None, "the token belongs to the other key");
}

#[tokio::test]
async fn env_token_is_used_unless_the_builder_has_identities() {
    const BEARER: (&str, &str) = ("AWS_BEARER_TOKEN_EXECUTE_API", "the-bearer-token");
    const SIGV4_FIRST: (&str, &str) = ("AWS_AUTH_SCHEME_PREFERENCE", "sigv4, httpBearerAuth");
    const BEARER_FIRST: (&str, &str) = ("AWS_AUTH_SCHEME_PREFERENCE", " unknown,httpBearerAuth ");
    let server = Server::always(token_response());
    let builder_with = |variables: &[_]| AuthClient::builder(server.url()).from_vars(lookup(variables));
    let scheme = || {
        let request = server.requests().pop().unwrap();
        request.header("authorization").unwrap().split(' ').next().unwrap().to_owned()
    };
    for (builder, expected) in [
        (builder_with(&[BEARER]), "Bearer"),
        (builder_with(&[BEARER, KEY[0], KEY[1]]), "Bearer"),
        (builder_with(&[BEARER, KEY[0], KEY[1], SIGV4_FIRST]), "AWS4-HMAC-SHA256"),
        (builder_with(&[BEARER]).credentials(credentials(None)), "AWS4-HMAC-SHA256"),
        (builder_with(&[KEY[0], KEY[1]]).token("t"), "AWS4-HMAC-SHA256"),
        (builder_with(&[KEY[0], KEY[1], BEARER_FIRST]).token("t"), "Bearer"),
        (
            builder_with(&[KEY[0], KEY[1], SIGV4_FIRST])
                .token("t")
                .auth_scheme_preference(["httpBearerAuth"]),
            "Bearer",
        ),
    ] {
        builder.build().unwrap().call().await.unwrap();
        assert_eq!(scheme(), expected);
    }
}

#[tokio::test]
async fn incomplete_env_credentials_are_ignored() {
    for variable in KEY {
        let server = Server::always(token_response());
        let builder = AuthClient::builder(server.url()).from_vars(lookup(&[variable, TOKEN]));
        let error = builder.build().unwrap().call().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth);
        assert!(matches!(error.source().unwrap().downcast_ref(), Some(AuthError::NoIdentity(_))));
        assert!(server.requests().is_empty());
    }
}
