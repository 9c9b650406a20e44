//! Transports in place of hyper's: the mock, and a user's own.

use bytes::Bytes;
use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::{BoxError, BoxFuture, HyperTransport, Transport, TransportError};
use farrier_runtime::types::Body;
use farrier_tests::server::Server;
use farrier_tests::signin::{granted, refresh_grant, tokens};
use http_body::Frame;
use signin_client::{Client, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

fn client_over(transport: impl Transport) -> Client {
    Client::builder().endpoint_url("http://signin.test").transport(transport).build().unwrap()
}

#[tokio::test]
async fn the_mock_answers_in_order_and_remembers_the_requests() {
    let mock = MockTransport::new().reply(200, tokens().to_string()).reply(400, "{}");
    let client = client_over(mock.clone());
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);

    let requests = mock.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].uri(), "http://signin.test/v1/token");
}

#[tokio::test]
async fn the_mock_fails_when_its_script_is_at_its_end() {
    let call = client_over(MockTransport::new()).create_oauth2_token(refresh_grant());
    let error = call.retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.to_string().ends_with("the mock's script is at its end"), "{error}");
}

/// Adds a header to every request and leaves the rest to hyper.
#[derive(Debug)]
struct Tagging(HyperTransport);

impl Transport for Tagging {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        request.headers_mut().insert("x-tag", http::HeaderValue::from_static("tagged"));
        self.0.send(request)
    }
}

#[tokio::test]
async fn a_transport_can_wrap_another() {
    let server = Server::always(granted());
    let transport = Tagging(HyperTransport::new());
    let client = Client::builder().endpoint_url(server.url()).transport(transport).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(server.requests()[0].header("x-tag"), Some("tagged"));
}

/// Breaks every exchange after part of the answer has come.
#[derive(Debug)]
struct Breaking;

impl Transport for Breaking {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let pieces = vec![Err("pulled the plug".into()), Ok(Frame::data(Bytes::from_static(b"{")))];
        Box::pin(std::future::ready(Ok(http::Response::new(Body::stream(Pieces(pieces))))))
    }
}

/// A body that gives its pieces, the last one first.
struct Pieces(Vec<Result<Frame<Bytes>, BoxError>>);

impl http_body::Body for Pieces {
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
async fn a_transport_can_tell_what_had_come() {
    let error = client_over(Breaking).create_oauth2_token(refresh_grant()).retries(0).await.unwrap_err();
    assert_eq!(error.raw_response().unwrap().body(), "{");
    assert_eq!(
        error.to_string(),
        "CreateOAuth2Token: the connection broke before the answer was whole: pulled the plug (HTTP 200)"
    );
}

/// What a call gives that never has to wait.
fn at_once<T>(call: impl IntoFuture<Output = T>) -> T {
    let mut call = std::pin::pin!(call.into_future());
    let mut context = Context::from_waker(std::task::Waker::noop());
    let Poll::Ready(outcome) = call.as_mut().poll(&mut context) else { panic!("it has to wait") };
    outcome
}

#[test]
fn without_io_a_call_needs_no_runtime_of_tokio() {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    at_once(client_over(mock).create_oauth2_token(refresh_grant())).unwrap();
}

#[test]
fn what_needs_a_runtime_of_tokio_says_so_and_does_not_panic() {
    let hyper = Client::builder().endpoint_url("http://127.0.0.1:1").build().unwrap();
    let mock = client_over(MockTransport::new().reply(200, tokens().to_string()));
    let limited = mock.create_oauth2_token(refresh_grant()).timeout(std::time::Duration::from_secs(1));
    for error in [at_once(hyper.create_oauth2_token(refresh_grant())), at_once(limited)] {
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert!(error.to_string().contains("no tokio runtime is running here"), "{error}");
    }
    let throttled = client_over(MockTransport::new().reply(429, "{}").reply(200, tokens().to_string()));
    let error = at_once(throttled.create_oauth2_token(refresh_grant())).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 1));
}
