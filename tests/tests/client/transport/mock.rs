//! The mock transport, as user tests use it.

use super::support::{fetch, get};
use bytes::Bytes;
use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::{Transport, TransportError};
use farrier_runtime::types::Body;
use http_body_util::{BodyExt, Full};
use std::time::Duration;

const URL: &str = "http://a.test/path";

#[tokio::test]
async fn scripted_replies_precede_reply_fn() {
    let mock = MockTransport::new()
        .reply_fn(|request| Ok(http::Response::new(request.uri().path().to_owned().into())))
        .reply(200, "first")
        .fail(TransportError::connect("unplugged"));
    assert_eq!(fetch(&mock, URL).await.unwrap(), "first");
    assert_eq!(fetch(&mock, URL).await.unwrap_err().to_string(), "could not connect: unplugged");
    assert_eq!(fetch(&mock, URL).await.unwrap(), "/path");
    assert_eq!(fetch(&mock, URL).await.unwrap(), "/path");
}

#[tokio::test(start_paused = true)]
async fn reply_after_uses_the_tokio_clock() {
    let mock = MockTransport::new().reply_after(Duration::from_secs(5), 503, "{}");
    let started = tokio::time::Instant::now();
    let response = mock.send(get(URL)).await.unwrap();
    assert_eq!((started.elapsed().as_secs(), response.status().as_u16()), (5, 503));
}

#[tokio::test]
async fn records_requests() {
    let mock = MockTransport::new().reply(200, "{}").reply(200, "{}");
    // A body of unknown length.
    let stream = Body::stream(Full::new(Bytes::from(r#"{"secret": 1}"#)).boxed_unsync());
    for body in [Body::from(r#"{"secret": 1}"#), stream] {
        let request = http::Request::post(URL).header("x-secret", "secret").body(body).unwrap();
        mock.send(request).await.unwrap();
    }
    for request in mock.requests() {
        assert_eq!(request.uri(), URL);
        assert_eq!(request.header("x-secret"), Some("secret"));
        assert_eq!(request.text(), Some(r#"{"secret": 1}"#));
        assert_eq!(request.json().unwrap()["secret"], 1);
        assert!(!format!("{request:?}").contains("secret"));
    }
}

#[tokio::test]
async fn reply_fn_can_read_recorded_requests() {
    let mock = MockTransport::new();
    let seen = mock.clone();
    let counting = move |_: &_| Ok(http::Response::new(seen.requests().len().to_string().into()));
    let mock = mock.reply_fn(counting);
    assert_eq!(fetch(&mock, URL).await.unwrap(), "1");
    assert_eq!(fetch(&mock, URL).await.unwrap(), "2");
}
