//! Transports in place of ureq's: the mock, and a user's own.

use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::{BoxFuture, Transport, TransportError, UreqTransport};
use farrier_runtime::types::Body;
use farrier_tests::server::Server;
use farrier_tests::signin::{granted, refresh_grant, tokens};
use signin_client::blocking::Client;

fn client_over(transport: impl Transport) -> Client {
    Client::builder().endpoint_url("http://signin.test").transport(transport).build().unwrap()
}

#[test]
fn the_mock_answers_in_order_and_remembers_the_requests() {
    let mock = MockTransport::new().reply(503, "{}").reply(200, tokens().to_string()).reply(400, "{}");
    let client = client_over(mock.clone());
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).send().unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(mock.requests().len(), 3);
}

/// Adds a header to every request and leaves the rest to ureq.
#[derive(Debug)]
struct Tagging(UreqTransport);

impl Transport for Tagging {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        request.headers_mut().insert("x-tag", http::HeaderValue::from_static("tagged"));
        self.0.send(request)
    }
}

#[test]
fn a_transport_can_wrap_another() {
    let server = Server::always(granted());
    let transport = Tagging(UreqTransport::new());
    let client = Client::builder().endpoint_url(server.url()).transport(transport).build().unwrap();
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    assert_eq!(server.requests()[0].header("x-tag"), Some("tagged"));
}

/// Answers from a thread of its own.
#[derive(Debug)]
struct Elsewhere(MockTransport);

impl Transport for Elsewhere {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mock = self.0.clone();
        let mut asked = false;
        let wait = std::future::poll_fn(move |context| {
            if std::mem::replace(&mut asked, true) {
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
fn a_transport_that_has_to_wait_is_waited_for() {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    client_over(Elsewhere(mock)).create_oauth2_token(refresh_grant()).send().unwrap();
}
