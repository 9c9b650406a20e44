//! Tower services as transports.

use super::support::{fetch, get, with_timeout};
use bytes::Bytes;
use farrier_runtime::transport::{
    BoxError, HyperTransport, TowerTransport, Transport, TransportError, TransportErrorKind,
};
use farrier_runtime::types::Body;
use farrier_tests::server::{RefusingPort, ScriptedResponse, Server};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use std::future::{Ready, ready};
use std::task::{Context, Poll};
use std::time::Duration;
use tower::{Service, ServiceBuilder, service_fn};

#[tokio::test]
async fn service_fn_is_a_transport() {
    let transport = TowerTransport::new(service_fn(|request: http::Request<Body>| async move {
        Ok::<_, BoxError>(http::Response::new(Full::new(Bytes::from(request.uri().path().to_owned()))))
    }));
    assert_eq!(fetch(&transport, "http://a.test/path").await.unwrap(), "/path");
}

#[tokio::test]
async fn hyper_client_is_a_transport() {
    let server = Server::always(ScriptedResponse::new(200).body("ok"));
    let transport = TowerTransport::new(Client::builder(TokioExecutor::new()).build_http::<Body>());
    assert_eq!(fetch(&transport, server.url()).await.unwrap(), "ok");
}

#[tokio::test]
async fn layers_wrap_hyper_transport_and_keep_its_errors() {
    let server = Server::always(ScriptedResponse::new(200).body("ok"));
    let layers = ServiceBuilder::new().concurrency_limit(1).timeout(Duration::from_secs(60));
    let transport = TowerTransport::new(layers.service(HyperTransport::new()));
    assert_eq!(fetch(&transport, server.url()).await.unwrap(), "ok");
    let error = fetch(&transport, RefusingPort::new().url()).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(error.to_string().starts_with("could not connect: Connection refused"), "{error}");
}

#[tokio::test]
async fn timeout_of_a_layer_is_an_error() {
    let server = Server::always(ScriptedResponse::hang());
    let layers = ServiceBuilder::new().timeout(Duration::from_millis(50));
    let transport = TowerTransport::new(layers.service(HyperTransport::new()));
    let error = fetch(&transport, server.url()).await.unwrap_err();
    assert_eq!(error.to_string(), "the tower service failed: request timed out");
    assert!(error.may_have_been_sent());
}

#[tokio::test]
async fn request_waits_until_the_service_is_ready() {
    // With a concurrency limit of one, the second request waits for the first, which is held by the gate.
    let gate = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    let held = std::sync::Arc::clone(&gate);
    let service = service_fn(move |_: http::Request<Body>| {
        let held = std::sync::Arc::clone(&held);
        async move {
            held.acquire().await.unwrap().forget();
            Ok::<_, BoxError>(http::Response::new(Body::default()))
        }
    });
    let transport = TowerTransport::new(ServiceBuilder::new().concurrency_limit(1).service(service));
    let mut first = transport.send(get("http://a.test"));
    let mut second = transport.send(get("http://a.test"));
    let mut context = Context::from_waker(std::task::Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    assert!(second.as_mut().poll(&mut context).is_pending());
    gate.add_permits(1);
    with_timeout(first).await.unwrap();
    assert!(second.as_mut().poll(&mut context).is_pending());
    gate.add_permits(1);
    with_timeout(second).await.unwrap();
}

/// A service that is never ready.
#[derive(Clone)]
struct NeverReady;

impl Service<http::Request<Body>> for NeverReady {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = Ready<Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Err("service closed".into()))
    }

    fn call(&mut self, _: http::Request<Body>) -> Self::Future {
        ready(Err(TransportError::interrupted("it was called").into()))
    }
}

#[tokio::test]
async fn unready_service_is_sent_nothing() {
    let error = fetch(&TowerTransport::new(NeverReady), "http://a.test").await.unwrap_err();
    assert_eq!(error.to_string(), "the tower service is not ready: service closed");
    assert!(!error.may_have_been_sent());
}
