//! Transports other than ureq: the mock and user-defined transports.

use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::{BoxFuture, Transport, TransportError, UreqTransport};
use farrier_runtime::types::Body;
use farrier_tests::server::Server;
use farrier_tests::signin::{refresh_grant, token_response, tokens};
use signin_client::blocking::Client;

fn client_with_transport(transport: impl Transport) -> Client {
    Client::builder().endpoint_url("http://signin.test").transport(transport).build().unwrap()
}

#[test]
fn mock_replies_in_order_and_records_requests() {
    let mock = MockTransport::new().reply(503, "{}").reply(200, tokens().to_string()).reply(400, "{}");
    let client = client_with_transport(mock.clone());
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).send().unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(mock.requests().len(), 3);
}

/// Adds a header to every request, and delegates to ureq.
#[derive(Debug)]
struct AddHeader(UreqTransport);

impl Transport for AddHeader {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        request.headers_mut().insert("x-tag", http::HeaderValue::from_static("tagged"));
        self.0.send(request)
    }
}

#[test]
fn transport_can_wrap_another() {
    let server = Server::always(token_response());
    let transport = AddHeader(UreqTransport::new());
    let client = Client::builder().endpoint_url(server.url()).transport(transport).build().unwrap();
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    assert_eq!(server.requests()[0].header("x-tag"), Some("tagged"));
}

/// Is pending until another thread wakes the task, then delegates to the mock.
#[derive(Debug)]
struct PendingTransport(MockTransport);

impl Transport for PendingTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mock = self.0.clone();
        let mut was_pending = false;
        let wait = std::future::poll_fn(move |context| {
            if std::mem::replace(&mut was_pending, true) {
                return std::task::Poll::Ready(());
            }
            let waker = context.waker().clone();
            std::thread::spawn(move || waker.wake());
            std::task::Poll::Pending
        });
        Box::pin(async move {
            wait.await;
            mock.send(request).await
        })
    }
}

#[test]
fn waits_for_a_pending_transport() {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    client_with_transport(PendingTransport(mock)).create_oauth2_token(refresh_grant()).send().unwrap();
}
