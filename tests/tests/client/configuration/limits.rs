//! Limits of responses and transfers, as settings of clients and calls in both modes.

use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::MinThroughput;
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, tokens};
use signin_client::{Client, ErrorKind, blocking};
use std::io::Read;

const LARGE: usize = 1_000_000;

/// Applies all limits to a client builder or a call.
macro_rules! limited {
    ($builder_or_call:expr, $bytes:expr) => {
        $builder_or_call
            .max_response_body($bytes)
            .max_error_body($bytes)
            .max_parsed_memory($bytes)
            .min_throughput(MinThroughput::off())
    };
}

fn mock() -> MockTransport {
    MockTransport::new().reply(200, tokens().to_string()).reply(200, tokens().to_string())
}

/// The throughput of an exchange is in the extensions of its request.
fn throughputs(mock: &MockTransport) -> Vec<Option<MinThroughput>> {
    mock.requests().iter().map(|request| request.extensions().get().copied()).collect()
}

#[tokio::test]
async fn limits_of_a_call_take_precedence_over_those_of_its_client() {
    let mock = mock();
    let client = Client::builder().endpoint_url("https://example.com").transport(mock.clone());
    let client = limited!(client, 1).build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    limited!(client.create_oauth2_token(refresh_grant()), LARGE).await.unwrap();
    assert_eq!(throughputs(&mock), [Some(MinThroughput::off()); 2]);
}

#[test]
fn limits_of_a_blocking_call_take_precedence_over_those_of_its_client() {
    let mock = mock();
    let client = blocking::Client::builder().endpoint_url("https://example.com").transport(mock.clone());
    let client = limited!(client, 1).build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).send().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response);
    limited!(client.create_oauth2_token(refresh_grant()), LARGE).send().unwrap();
    assert_eq!(throughputs(&mock), [Some(MinThroughput::off()); 2]);
}

#[tokio::test]
async fn streamed_output_has_no_maximum() {
    let server = Server::always(ScriptedResponse::new(200).body(vec![b'x'; LARGE]));
    let client = snapshot_requests::Client::builder().endpoint_url(server.url()).max_response_body(1);
    let output = client.build().unwrap().download().await.unwrap();
    assert_eq!(Body::collect(output.body).await.unwrap().len(), LARGE);
}

#[test]
fn streamed_output_of_a_blocking_client_has_no_maximum() {
    let server = Server::always(ScriptedResponse::new(200).body(vec![b'x'; LARGE]));
    let client = snapshot_requests::blocking::Client::builder().endpoint_url(server.url());
    let output = client.max_response_body(1).build().unwrap().download().send().unwrap();
    let mut body = Vec::new();
    output.body.into_reader().read_to_end(&mut body).unwrap();
    assert_eq!(body.len(), LARGE);
}
