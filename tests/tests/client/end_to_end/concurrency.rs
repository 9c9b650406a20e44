//! One client shared by concurrent calls and threads.

use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{client, refresh_grant, tokens};
use signin_client::Client;
use std::sync::Barrier;

const CALLS: usize = 200;

fn require_send_sync_clone<T: Send + Sync + Clone + 'static>(value: T) -> T {
    value
}

fn require_send<T: Send + 'static>(value: T) -> T {
    value
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_calls_get_their_own_responses() {
    let barrier = Barrier::new(CALLS);
    let server = Server::start(move |request| {
        barrier.wait();
        let mut body = tokens();
        body["refreshToken"] = request.json()["refreshToken"].clone();
        ScriptedResponse::json(200, body.to_string())
    });
    let client: Client = require_send_sync_clone(client(&server));
    let calls = (0..CALLS).map(|number| {
        let client = client.clone();
        let token = format!("token-{number}");
        tokio::spawn(async move {
            let input = refresh_grant().refresh_token(&token);
            let output = client.create_oauth2_token(input).await.unwrap();
            assert_eq!(output.token_output.refresh_token, token);
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(server.requests().len(), CALLS);
}

#[test]
fn calls_and_their_futures_are_send() {
    let client = farrier_tests::signin::client_at("http://signin.test");
    drop(require_send(client.create_oauth2_token(refresh_grant())));
    drop(require_send(client.create_oauth2_token(refresh_grant()).into_future()));
    drop(require_send(client.create_oauth2_token(refresh_grant()).with_metadata().into_future()));
}
