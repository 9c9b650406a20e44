//! Cancelled calls: at each stage, connection and tasks end with the call.

use crate::{case, tasks};
use farrier_runtime::transport::{BoxFuture, HyperTransport, Transport, TransportError};
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response};
use signin_client::Client;
use std::io::Read;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Cancels a call when it reaches the stage. The client is not dropped.
async fn cancel_at(client: Client, mut reached: UnboundedReceiver<()>, server: &Server, stage: &str) {
    let tasks_before = tasks::count();
    let call = client.create_oauth2_token(refresh_grant()).retries(case::fast_retries());
    let calling = tokio::spawn(call.into_future());
    reached.recv().await.unwrap();
    calling.abort();
    assert!(calling.await.unwrap_err().is_cancelled(), "{stage}");
    tasks::wait_until_at_most(tasks_before, stage).await;
    server.wait_until_disconnected();
    assert_eq!(server.connections(), 1, "{stage}");
    drop(client);
}

fn client_at(url: String) -> Client {
    Client::builder().endpoint_url(url).build().unwrap()
}

#[tokio::test]
async fn cancelled_during_the_tls_handshake() {
    let (notify, reached) = unbounded_channel();
    let server = Server::raw(move |mut connection| {
        // The first byte of the ClientHello.
        connection.read_exact(&mut [0]).unwrap();
        notify.send(()).unwrap();
    });
    cancel_at(client_at(server.https_url()), reached, &server, "handshake").await;
}

#[tokio::test]
async fn cancelled_before_the_response_head() {
    for response in
        [ScriptedResponse::hang(), ScriptedResponse::raw_then_hang("HTTP/1.1 200 OK\r\ncontent-type: appl")]
    {
        let (notify, reached) = unbounded_channel();
        let server = Server::start(move |_| {
            notify.send(()).unwrap();
            response.clone()
        });
        cancel_at(client_at(server.url()), reached, &server, "head").await;
    }
}

/// Notifies a channel when a response head has arrived.
#[derive(Debug)]
struct NotifyingTransport(HyperTransport, UnboundedSender<()>);

impl Transport for NotifyingTransport {
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
async fn cancelled_during_the_body() {
    for response in [token_response().body("{").then_hang(), token_response().body("{").chunked().then_hang()]
    {
        let (notify, reached) = unbounded_channel();
        let server = Server::always(response);
        let transport = NotifyingTransport(HyperTransport::new(), notify);
        let client = Client::builder().endpoint_url(server.url()).transport(transport).build().unwrap();
        cancel_at(client, reached, &server, "body").await;
    }
}

#[tokio::test]
async fn cancelled_during_the_retry_delay() {
    let (notify, mut reached) = unbounded_channel();
    let server = Server::always(ScriptedResponse::new(503).header("retry-after", "5"));
    let transport = NotifyingTransport(HyperTransport::new(), notify);
    let client = Client::builder().endpoint_url(server.url()).transport(transport).build().unwrap();
    let tasks_before = tasks::count();
    let calling = tokio::spawn(client.create_oauth2_token(refresh_grant()).into_future());
    reached.recv().await.unwrap();
    calling.abort();
    assert!(calling.await.unwrap_err().is_cancelled());
    drop(client);
    tasks::wait_until_at_most(tasks_before, "retry delay").await;
    server.wait_until_disconnected();
    assert_eq!(server.requests().len(), 1);
}
