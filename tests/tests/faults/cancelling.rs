//! Calls that are given up: at each stage, connection and tasks end with the call.

use crate::{case, tasks};
use farrier_runtime::transport::{BoxFuture, HyperTransport, Transport, TransportError};
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{granted, refresh_grant};
use signin_client::Client;
use std::io::Read;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Gives the call up when the stage is reached. The client stays.
async fn give_up(client: Client, mut reached: UnboundedReceiver<()>, server: &Server, stage: &str) {
    let tasks_before = tasks::count();
    let call = client.create_oauth2_token(refresh_grant()).retries(case::soon());
    let calling = tokio::spawn(call.into_future());
    reached.recv().await.unwrap();
    calling.abort();
    assert!(calling.await.unwrap_err().is_cancelled(), "{stage}");
    tasks::end_down_to(tasks_before, stage).await;
    server.wait_until_left();
    assert_eq!(server.connections(), 1, "{stage}");
    drop(client);
}

fn client_at(url: String) -> Client {
    Client::builder().endpoint_url(url).build().unwrap()
}

#[tokio::test]
async fn while_tls_is_made() {
    let (reach, reached) = unbounded_channel();
    let server = Server::raw(move |mut connection| {
        // The first byte of the client's hello.
        connection.read_exact(&mut [0]).unwrap();
        reach.send(()).unwrap();
    });
    give_up(client_at(server.https_url()), reached, &server, "handshake").await;
}

#[tokio::test]
async fn while_the_answer_is_waited_for() {
    for answer in [
        ScriptedResponse::silence(),
        ScriptedResponse::raw_then_hang("HTTP/1.1 200 OK\r\ncontent-type: appl"),
    ] {
        let (reach, reached) = unbounded_channel();
        let server = Server::start(move |_| {
            reach.send(()).unwrap();
            answer.clone()
        });
        give_up(client_at(server.url()), reached, &server, "head").await;
    }
}

/// Tells when the head of an answer is there.
#[derive(Debug)]
struct Telling(HyperTransport, UnboundedSender<()>);

impl Transport for Telling {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let response = self.0.send(request).await?;
            self.1.send(()).unwrap();
            Ok(response)
        })
    }
}

#[tokio::test]
async fn while_the_body_comes() {
    for answer in [granted().body("{").then_hang(), granted().body("{").chunked().then_hang()] {
        let (reach, reached) = unbounded_channel();
        let server = Server::always(answer);
        let transport = Telling(HyperTransport::new(), reach);
        let client = Client::builder().endpoint_url(server.url()).transport(transport).build().unwrap();
        give_up(client, reached, &server, "body").await;
    }
}

#[tokio::test]
async fn while_the_next_attempt_is_waited_for() {
    let (reach, mut reached) = unbounded_channel();
    let server = Server::always(ScriptedResponse::new(503).header("retry-after", "5"));
    let transport = Telling(HyperTransport::new(), reach);
    let client = Client::builder().endpoint_url(server.url()).transport(transport).build().unwrap();
    let tasks_before = tasks::count();
    let calling = tokio::spawn(client.create_oauth2_token(refresh_grant()).into_future());
    reached.recv().await.unwrap();
    calling.abort();
    assert!(calling.await.unwrap_err().is_cancelled());
    drop(client);
    tasks::end_down_to(tasks_before, "back-off").await;
    server.wait_until_left();
    assert_eq!(server.requests().len(), 1);
}
