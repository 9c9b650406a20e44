//! The read timeout of requests and response bodies.

use crate::transport::{BoxError, TransportError};
use crate::types::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// In-memory request bodies are sent in chunks of this many bytes, so that progress can be observed.
const CHUNK_SIZE: usize = 64 * 1024;

/// The time of the last progress in sending the request.
#[derive(Clone)]
pub(super) struct Activity(Arc<Mutex<Instant>>);

impl Activity {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    fn record(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wraps the body so that sending it records activity. Short in-memory bodies are returned unchanged.
    pub(super) fn watch(&self, body: Body) -> Body {
        match body.as_bytes() {
            Some(bytes) if bytes.len() <= CHUNK_SIZE => body,
            _ => Body::stream(ActivityBody { body, activity: self.clone() }),
        }
    }

    /// Completes when no activity was recorded for `limit`.
    async fn idle_for(&self, limit: Duration) {
        loop {
            let Some(deadline) = self.last().checked_add(limit) else { return std::future::pending().await };
            if deadline <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(deadline).await;
        }
    }

    /// Runs an exchange. Returns an error if, once `connected` completes, there is no activity for `limit`.
    pub(super) async fn enforce_read_timeout<T>(
        self,
        limit: Duration,
        connected: impl Future,
        exchange: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let mut exchange = pin!(exchange);
        let mut read_timeout = pin!(async {
            connected.await;
            self.record();
            self.idle_for(limit).await;
        });
        std::future::poll_fn(|context| {
            if let Poll::Ready(result) = exchange.as_mut().poll(context) {
                return Poll::Ready(result);
            }
            read_timeout.as_mut().poll(context).map(|()| Err(TransportError::timeout("read", limit, true)))
        })
        .await
    }
}

/// A request body that records activity when it is polled.
struct ActivityBody {
    body: Body,
    activity: Activity,
}

impl HttpBody for ActivityBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.activity.record();
        if let Some(bytes) = self.body.as_bytes().filter(|bytes| bytes.len() > CHUNK_SIZE) {
            let (chunk, rest) = (bytes.slice(..CHUNK_SIZE), bytes.slice(CHUNK_SIZE..));
            self.body = Body::from(rest);
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A response body that fails if no frame arrives for `limit`.
pub(super) struct ReadTimeoutBody<B> {
    body: B,
    limit: Duration,
    /// Set while a frame is awaited.
    sleep: Option<Pin<Box<Sleep>>>,
}

impl<B> ReadTimeoutBody<B> {
    pub(super) fn new(body: B, limit: Duration) -> Self {
        Self { body, limit, sleep: None }
    }

    /// Never ready outside a tokio runtime, which has no timer.
    fn poll_timeout(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.sleep.is_none() && tokio::runtime::Handle::try_current().is_ok() {
            self.sleep = Some(Box::pin(tokio::time::sleep(self.limit)));
        }
        match &mut self.sleep {
            Some(sleep) => sleep.as_mut().poll(context),
            None => Poll::Pending,
        }
    }
}

impl<B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Unpin> HttpBody for ReadTimeoutBody<B> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.sleep = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let limit = self.limit;
        self.poll_timeout(context).map(|()| Some(Err(TransportError::timeout("read", limit, true).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
