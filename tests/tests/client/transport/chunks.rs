//! Bodies in many small chunks, on a multi-threaded runtime.

use super::support::LONG_TIMEOUT;
use bytes::Bytes;
use farrier_runtime::testing::MockTransport;
use farrier_runtime::types::Body;
use farrier_tests::signin::refresh_grant;
use http_body::Frame;
use signin_client::{Client, ErrorKind};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::task::{Context, Poll};
use std::thread::ThreadId;

const CHUNKS: usize = 10_000;

/// A body of spaces, one in each chunk. It counts the chunks that a thread reads.
struct Spaces {
    left: usize,
    /// True if the last chunk never arrives.
    is_endless: bool,
    thread: ThreadId,
    read_by_thread: Arc<AtomicUsize>,
    /// Disconnected when the body is dropped.
    _alive: Sender<()>,
}

impl http_body::Body for Spaces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if std::thread::current().id() == self.thread {
            self.read_by_thread.fetch_add(1, Ordering::Relaxed);
        }
        match self.left.checked_sub(1) {
            None if self.is_endless => return Poll::Pending,
            None => return Poll::Ready(None),
            Some(left) => self.left = left,
        }
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b" ")))))
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn client(body: Spaces) -> Client {
    let mock = MockTransport::new().reply_with(http::Response::new(Body::stream(body)));
    Client::builder().endpoint_url("https://example.com").transport(mock).build().unwrap()
}

#[test]
fn body_of_many_chunks_is_read_by_a_worker_thread() {
    let read_by_thread = Arc::new(AtomicUsize::new(0));
    let (alive, _dropped) = channel();
    let thread = std::thread::current().id();
    let count = Arc::clone(&read_by_thread);
    let body = Spaces { left: CHUNKS, is_endless: false, thread, read_by_thread: count, _alive: alive };
    let outcome = runtime().block_on(async { client(body).create_oauth2_token(refresh_grant()).await });
    let error = outcome.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Response, "spaces are not JSON");
    assert_eq!(error.raw_response().unwrap().body().len(), CHUNKS);
    let read = read_by_thread.load(Ordering::Relaxed);
    assert!((1..CHUNKS / 10).contains(&read), "{read}");
}

#[test]
fn dropping_the_call_drops_a_body_of_many_chunks() {
    let (alive, dropped) = channel();
    let body = Spaces {
        left: CHUNKS,
        is_endless: true,
        thread: std::thread::current().id(),
        read_by_thread: Arc::default(),
        _alive: alive,
    };
    let runtime = runtime();
    let client = runtime.block_on(async { client(body) });
    let timed_out = runtime.block_on(async {
        let call = client.create_oauth2_token(refresh_grant()).into_future();
        tokio::time::timeout(std::time::Duration::from_millis(50), call).await.is_err()
    });
    assert!(timed_out);
    let disconnected = Err(std::sync::mpsc::RecvTimeoutError::Disconnected);
    assert_eq!(dropped.recv_timeout(LONG_TIMEOUT), disconnected);
}
