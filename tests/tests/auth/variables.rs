//! Credentials out of variables.

use crate::support::{Bare, credentials, verifier};
use farrier_runtime::auth::AuthError;
use farrier_tests::server::Server;
use farrier_tests::signin::granted;
use farrier_tests::sigv4_verifier::{ACCESS_KEY_ID, Refusal, SECRET_ACCESS_KEY};
use signin_client::ErrorKind;
use std::error::Error;

/// Finds the value of a variable.
fn lookup<'v>(variables: &'v [(&str, &'v str)]) -> impl Fn(&str) -> Option<String> + 'v {
    |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
}

const KEY: [(&str, &str); 2] =
    [("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID), ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY)];
const TOKEN: (&str, &str) = ("AWS_SESSION_TOKEN", "the-token");

#[tokio::test]
async fn requests_are_signed_with_them_unless_others_are_set() {
    let server = Server::always(granted());
    let with = |variables: &[_]| Bare::builder(server.url()).from_vars(lookup(variables));
    let last = || server.requests().pop().unwrap();
    let service = || verifier("execute-api");

    with(&KEY).build().unwrap().call().await.unwrap();
    assert_eq!(service().verify(&last()), Ok(()));
    assert_eq!(last().header("x-amz-security-token"), None);
    with(&[KEY[0], KEY[1], TOKEN]).build().unwrap().call().await.unwrap();
    assert_eq!(service().session_token("the-token").verify(&last()), Ok(()));

    let others = with(&[KEY[0], ("AWS_SECRET_ACCESS_KEY", "another")]);
    others.build().unwrap().call().await.unwrap();
    assert_eq!(service().verify(&last()), Err(Refusal::Signature));
    let set = with(&[KEY[0], ("AWS_SECRET_ACCESS_KEY", "another"), TOKEN]).credentials(credentials(None));
    set.build().unwrap().call().await.unwrap();
    assert_eq!(service().verify(&last()), Ok(()));
    assert_eq!(last().header("x-amz-security-token"), None, "the token belongs to the other key");
}

#[tokio::test]
async fn half_of_them_are_none() {
    for half in KEY {
        let server = Server::always(granted());
        let builder = Bare::builder(server.url()).from_vars(lookup(&[half, TOKEN]));
        let error = builder.build().unwrap().call().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Auth);
        assert!(matches!(error.source().unwrap().downcast_ref(), Some(AuthError::NoIdentity(_))));
        assert!(server.requests().is_empty());
    }
}
