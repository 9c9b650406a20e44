//! The read timeout and the minimum throughput of requests and response bodies.

use crate::transport::throughput::Meter;
use crate::transport::{BoxError, MinThroughput, Timeouts, TransportError};
use crate::types::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// Request bodies are sent in chunks of at most this many bytes, so that progress can be observed.
const CHUNK_SIZE: usize = 64 * 1024;

/// The longest and the shortest time between two checks of the progress.
const CHECK_INTERVAL: Duration = Duration::from_secs(60);
const MIN_INTERVAL: Duration = Duration::from_millis(1);

/// The limits of one exchange.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    read: Option<Duration>,
    throughput: MinThroughput,
}

impl Limits {
    /// Returns the limits in the extensions of a request. `None` if there are none.
    pub(super) fn of(request: &http::Request<Body>) -> Option<Self> {
        let read = request.extensions().get::<Timeouts>().copied().unwrap_or_default().read;
        let throughput = request.extensions().get::<MinThroughput>().copied().unwrap_or_default();
        (read.is_some() || !throughput.is_off()).then_some(Self { read, throughput })
    }
}

/// The progress in sending the request.
#[derive(Clone)]
pub(super) struct Activity(Arc<Mutex<Progress>>);

struct Progress {
    /// The time of the last progress.
    last: Instant,
    upload: Meter,
    /// The bytes that the connection has taken last, and has not sent yet, and when it took them.
    sending: Option<(usize, Instant)>,
    /// True while the caller provides no data.
    waits_for_caller: bool,
}

impl Progress {
    /// Records that the connection asks for more bytes: it has sent those that it had.
    fn sent(&mut self) {
        self.last = Instant::now();
        if let Some((bytes, start)) = self.sending.take() {
            self.upload.record(self.last.saturating_duration_since(start), bytes);
        }
    }

    /// Records what the connection got.
    fn took(&mut self, frame: &Poll<Option<Result<Frame<Bytes>, BoxError>>>) {
        self.waits_for_caller = frame.is_pending();
        if let Poll::Ready(Some(Ok(frame))) = frame {
            self.sending = frame.data_ref().map(|bytes| (bytes.len(), Instant::now()));
        }
    }

    /// Returns the end of the read timeout and that of the upload, if they are limited.
    fn deadlines(&self, read: Option<Duration>) -> [Option<Instant>; 2] {
        let read = read.filter(|_| !self.waits_for_caller).and_then(|limit| self.last.checked_add(limit));
        let sending = self.sending.zip(self.upload.allowance());
        [read, sending.and_then(|((_, start), allowance)| start.checked_add(allowance))]
    }
}

impl Activity {
    pub(super) fn new(limits: Limits) -> Self {
        let progress = Progress {
            last: Instant::now(),
            upload: Meter::new(limits.throughput),
            sending: None,
            waits_for_caller: false,
        };
        Self(Arc::new(Mutex::new(progress)))
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wraps the body so that sending it records activity. Short in-memory bodies are returned unchanged.
    pub(super) fn watch(&self, body: Body) -> Body {
        match body.as_bytes() {
            Some(bytes) if bytes.len() <= CHUNK_SIZE => body,
            _ => Body::stream(ActivityBody { body, rest: Bytes::new(), activity: self.clone() }),
        }
    }

    /// Completes when there was no activity for the read timeout, or the upload is too slow.
    async fn idle(&self, limits: Limits) -> TransportError {
        // An upload may start, or the caller continue, while this waits for the end of the read timeout.
        let interval = self.progress().upload.allowance().unwrap_or(CHECK_INTERVAL).min(CHECK_INTERVAL);
        loop {
            let now = Instant::now();
            let [read, upload] = self.progress().deadlines(limits.read);
            if upload.is_some_and(|deadline| deadline <= now) {
                return TransportError::stalled("upload", limits.throughput);
            }
            if let (Some(limit), true) = (limits.read, read.is_some_and(|deadline| deadline <= now)) {
                return TransportError::timeout("read", limit, true);
            }
            let next = [read, upload].into_iter().flatten().min();
            let next = next.map_or(interval, |next| next.saturating_duration_since(now).min(interval));
            tokio::time::sleep(next.max(MIN_INTERVAL)).await;
        }
    }

    /// Runs an exchange. Returns an error if, once `connected` completes, a limit is exceeded.
    pub(super) async fn enforce<T>(
        self,
        limits: Limits,
        connected: impl Future,
        exchange: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let mut exchange = pin!(exchange);
        let mut idle = pin!(async {
            connected.await;
            self.progress().last = Instant::now();
            self.idle(limits).await
        });
        std::future::poll_fn(|context| {
            if let Poll::Ready(result) = exchange.as_mut().poll(context) {
                return Poll::Ready(result);
            }
            idle.as_mut().poll(context).map(Err)
        })
        .await
    }
}

/// A request body that records activity when it is polled.
struct ActivityBody {
    body: Body,
    /// The rest of a large chunk of the body.
    rest: Bytes,
    activity: Activity,
}

impl ActivityBody {
    /// Returns a chunk of at most [`CHUNK_SIZE`], or what else the body returns.
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.rest.is_empty() {
            let frame = match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => frame,
                other => return other,
            };
            match frame.into_data() {
                Ok(data) => self.rest = data,
                Err(frame) => return Poll::Ready(Some(Ok(frame))),
            }
        }
        let chunk = self.rest.split_to(self.rest.len().min(CHUNK_SIZE));
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }
}

impl HttpBody for ActivityBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.activity.progress().sent();
        let frame = self.poll_chunk(context);
        let mut progress = self.activity.progress();
        progress.took(&frame);
        if self.is_end_stream() {
            // The connection does not ask for more: what follows is the wait for the response.
            progress.sending = None;
        }
        drop(progress);
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (hint, rest) = (self.body.size_hint(), self.rest.len() as u64);
        let mut total = SizeHint::new();
        total.set_lower(hint.lower().saturating_add(rest));
        if let Some(upper) = hint.upper().and_then(|upper| upper.checked_add(rest)) {
            total.set_upper(upper);
        }
        total
    }
}

/// A response body that fails if no frame arrives for the read timeout, or if it is too slow.
pub(super) struct LimitedBody<B> {
    body: B,
    read: Option<Duration>,
    download: Meter,
    /// The start of the wait for a frame.
    waiting_since: Option<Instant>,
    /// Elapses at the end of the wait or earlier: to set it for each frame is expensive.
    timer: Option<Pin<Box<Sleep>>>,
}

impl<B> LimitedBody<B> {
    pub(super) fn new(body: B, limits: Limits) -> Self {
        let download = Meter::new(limits.throughput);
        Self { body, read: limits.read, download, waiting_since: None, timer: None }
    }

    /// Returns the error of a frame that does not arrive in time. Never ready outside a tokio runtime, which has
    /// no timer.
    fn poll_timeout(&mut self, context: &mut Context<'_>) -> Poll<TransportError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Poll::Pending;
        }
        let start = *self.waiting_since.get_or_insert_with(Instant::now);
        let limit = [self.read, self.download.allowance()].into_iter().flatten().min();
        let deadline = limit.and_then(|limit| start.checked_add(limit));
        let Some((limit, deadline)) = limit.zip(deadline) else { return Poll::Pending };
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        if timer.deadline() > deadline {
            timer.as_mut().reset(deadline);
        }
        ready!(timer.as_mut().poll(context));
        if timer.deadline() < deadline {
            timer.as_mut().reset(deadline);
            ready!(timer.as_mut().poll(context));
        }
        Poll::Ready(match self.read {
            Some(read) if limit == read => TransportError::timeout("read", read, true),
            _ => TransportError::stalled("download", self.download.min()),
        })
    }
}

impl<B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Unpin> HttpBody for LimitedBody<B> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            let waited = self.waiting_since.take().map(|start| start.elapsed()).unwrap_or_default();
            let data = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref());
            self.download.record(waited, data.map_or(0, Bytes::len));
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        self.poll_timeout(context).map(|error| Some(Err(error.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
