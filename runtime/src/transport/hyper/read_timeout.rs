//! Ends an exchange of which nothing has come for too long.

use crate::transport::{BoxError, TransportError};
use crate::types::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// Bodies in memory are sent in pieces of this many bytes, to see that sending goes on.
const PIECE: usize = 64 * 1024;

/// When something of the request was taken to be sent last.
#[derive(Clone)]
pub(super) struct Activity(Arc<Mutex<Instant>>);

impl Activity {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The body, watched as it is sent, if it is one that takes time.
    pub(super) fn watch(&self, body: Body) -> Body {
        match body.as_bytes() {
            Some(bytes) if bytes.len() <= PIECE => body,
            _ => Body::stream(ActivityBody { body, activity: self.clone() }),
        }
    }

    /// Is ready when nothing was sent for so long.
    async fn read_timeout(&self, limit: Duration) {
        loop {
            let Some(end) = self.last().checked_add(limit) else { return std::future::pending().await };
            if end <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(end).await;
        }
    }

    /// What the exchange gives, unless nothing goes on for so long once it `began`.
    pub(super) async fn limit<T>(
        self,
        limit: Duration,
        began: impl Future,
        exchange: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let mut exchange = pin!(exchange);
        let mut read_timeout = pin!(async {
            began.await;
            self.note();
            self.read_timeout(limit).await;
        });
        std::future::poll_fn(|context| {
            if let Poll::Ready(result) = exchange.as_mut().poll(context) {
                return Poll::Ready(result);
            }
            read_timeout
                .as_mut()
                .poll(context)
                .map(|()| Err(TransportError::timeout("no answer", limit, true)))
        })
        .await
    }
}

/// A body that tells when something of it is taken.
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
        self.activity.note();
        if let Some(bytes) = self.body.as_bytes().filter(|bytes| bytes.len() > PIECE) {
            let (piece, rest) = (bytes.slice(..PIECE), bytes.slice(PIECE..));
            self.body = Body::from(rest);
            return Poll::Ready(Some(Ok(Frame::data(piece))));
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

/// The body of an answer that ends with an error when nothing of it comes for so long.
pub(super) struct ReadTimeoutBody<B> {
    body: B,
    limit: Duration,
    /// Runs while something is waited for.
    sleep: Option<Pin<Box<Sleep>>>,
}

impl<B> ReadTimeoutBody<B> {
    pub(super) fn new(body: B, limit: Duration) -> Self {
        Self { body, limit, sleep: None }
    }

    /// Without a runtime of tokio there is no time.
    fn poll_limit(&mut self, context: &mut Context<'_>) -> Poll<()> {
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
        let too_late = || TransportError::timeout("no more of the answer", limit, true);
        self.poll_limit(context).map(|()| Some(Err(too_late().into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
