//! Transports other than hyper: the mock and user-defined transports.

use bytes::Bytes;
use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::{BoxError, BoxFuture, HyperTransport, Transport, TransportError};
use farrier_runtime::types::Body;
use farrier_tests::server::Server;
use farrier_tests::signin::{refresh_grant, token_response, tokens};
use http_body::Frame;
use signin_client::{Client, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

fn client_with_transport(transport: impl Transport) -> Client {
    Client::builder().endpoint_url("http://signin.test").transport(transport).build().unwrap()
}

#[tokio::test]
async fn mock_replies_in_order_and_records_requests() {
    let mock = MockTransport::new().reply(200, tokens().to_string()).reply(400, "{}");
    let client = client_with_transport(mock.clone());
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);

    let requests = mock.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].uri(), "http://signin.test/v1/token");
}

#[tokio::test]
async fn mock_fails_without_a_scripted_reply() {
    let call = client_with_transport(MockTransport::new()).create_oauth2_token(refresh_grant());
    let error = call.retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().contains("the mock transport has no more responses: add one"), "{error}");
}

/// Adds a header to every request, and delegates to hyper.
#[derive(Debug)]
struct AddHeader(HyperTransport);

impl Transport for AddHeader {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        request.headers_mut().insert("x-tag", http::HeaderValue::from_static("tagged"));
        self.0.send(request)
    }
}

#[tokio::test]
async fn transport_can_wrap_another() {
    let server = Server::always(token_response());
    let transport = AddHeader(HyperTransport::new());
    let client = Client::builder().endpoint_url(server.url()).transport(transport).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(server.requests()[0].header("x-tag"), Some("tagged"));
}

/// Responds with a body that fails after its first byte.
#[derive(Debug)]
struct FailingBodyTransport;

impl Transport for FailingBodyTransport {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let frames = vec![Err("cable unplugged".into()), Ok(Frame::data(Bytes::from_static(b"{")))];
        Box::pin(std::future::ready(Ok(http::Response::new(Body::stream(Frames(frames))))))
    }
}

/// A body that yields its frames in reverse order.
struct Frames(Vec<Result<Frame<Bytes>, BoxError>>);

impl http_body::Body for Frames {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Poll::Ready(self.0.pop())
    }
}

#[tokio::test]
async fn error_keeps_the_partial_body() {
    let error = client_with_transport(FailingBodyTransport)
        .create_oauth2_token(refresh_grant())
        .retries(0)
        .await
        .unwrap_err();
    assert_eq!(error.raw_response().unwrap().body(), "{");
    assert_eq!(
        error.to_string(),
        "CreateOAuth2Token: connection closed before the response was complete: cable unplugged (HTTP 200)"
    );
}

/// Polls a call once, and returns its output. Panics if it is pending.
fn poll_once<T>(call: impl IntoFuture<Output = T>) -> T {
    let mut call = std::pin::pin!(call.into_future());
    let mut context = Context::from_waker(std::task::Waker::noop());
    let Poll::Ready(outcome) = call.as_mut().poll(&mut context) else { panic!("the call is pending") };
    outcome
}

#[test]
fn call_without_io_needs_no_tokio_runtime() {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    poll_once(client_with_transport(mock).create_oauth2_token(refresh_grant())).unwrap();
}

#[test]
fn missing_tokio_runtime_is_an_error() {
    let hyper = Client::builder().endpoint_url("http://127.0.0.1:1").build().unwrap();
    let mock = client_with_transport(MockTransport::new().reply(200, tokens().to_string()));
    let with_timeout = mock.create_oauth2_token(refresh_grant()).timeout(std::time::Duration::from_secs(1));
    for error in [poll_once(hyper.create_oauth2_token(refresh_grant())), poll_once(with_timeout)] {
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert!(error.to_string().contains("no tokio runtime is running"), "{error}");
    }
    let throttled =
        client_with_transport(MockTransport::new().reply(429, "{}").reply(200, tokens().to_string()));
    let error = poll_once(throttled.create_oauth2_token(refresh_grant())).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 1));
}
