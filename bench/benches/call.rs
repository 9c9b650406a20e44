//! A call and its parts, without a network.
#![allow(clippy::unwrap_used, reason = "a panic fails the benchmark")]

use divan::{Bencher, black_box};
use farrier_runtime::operation::{self, RequestOptions};
use farrier_runtime::testing::MockTransport;
use farrier_tests::signin::{refresh_grant, tokens};
use http::{Response, Uri};
use signin_client::Client;
use signin_client::operation::CreateOAuth2Token;

fn main() {
    divan::main();
}

#[divan::bench]
fn whole(bencher: Bencher) {
    let body = tokens().to_string();
    let mock = MockTransport::new().reply_fn(move |_| Ok(Response::new(body.clone().into())));
    let client: Client = Client::builder().endpoint_url("http://127.0.0.1").transport(mock).build().unwrap();
    let tokio = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let call = async || client.create_oauth2_token(refresh_grant()).await.unwrap();
    bencher.bench_local(|| tokio.block_on(call()));
}

#[divan::bench]
fn request(bencher: Bencher) {
    let (endpoint, options) = (Uri::from_static("http://127.0.0.1"), RequestOptions::default());
    let write =
        |input| operation::request::<CreateOAuth2Token>(input, black_box(&endpoint), &options).unwrap();
    bencher.with_inputs(|| refresh_grant().into()).bench_values(write);
}

#[divan::bench]
fn response(bencher: Bencher) {
    let body = bytes::Bytes::from(tokens().to_string());
    let read = |response| operation::response::<CreateOAuth2Token>(response).unwrap();
    bencher.with_inputs(|| Response::new(body.clone())).bench_values(read);
}
