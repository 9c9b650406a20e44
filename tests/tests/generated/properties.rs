//! Properties of every value of every shape.

mod http_bindings;

use farrier_runtime::operation;
use farrier_tests::properties::arbitrary::Entropy;
use farrier_tests::properties::codecs::{REST_JSON, SECRET, assert_hides_secret};
use farrier_tests::properties::mutations::{mutated, mutations};
use farrier_tests::properties::{config, entropy};
use farrier_tests::test_codecs;
use proptest::prelude::*;
use signin_client::operation::CreateOAuth2Token;

test_codecs! {
    every_type: snapshot_types::types::Everything,
    recursion: snapshot_recursion::types::Tree,
    defaults: snapshot_defaults::types::Nested,
    input_with_defaults: snapshot_defaults::types::PutInput,
    output_with_defaults: snapshot_defaults::types::PutOutput,
    token_request: signin_client::types::CreateOAuth2TokenRequest,
    token_response: signin_client::types::CreateOAuth2TokenResponse,
    access_denied: signin_client::types::AccessDeniedException,
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn mutated_response_is_an_output_or_an_error_without_the_secret(
        bytes in entropy(),
        mutations in mutations(),
        status in proptest::sample::select(&[200, 400, 401, 500][..]),
    ) {
        let body: signin_client::types::CreateOAuth2TokenResponseBody =
            Entropy::with_marker(&bytes, SECRET).make();
        let body = mutated(REST_JSON.write(&body), &mutations);
        let response = http::Response::builder().status(status).body(body.into()).unwrap();
        if let Err(error) = operation::response::<CreateOAuth2Token>(response) {
            assert_hides_secret(&error)?;
        }
    }
}
