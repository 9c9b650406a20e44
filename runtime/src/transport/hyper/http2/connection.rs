//! One HTTP/2 connection.

use super::super::request_body::RequestBody;
use super::super::stream::Stream;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::http2::SendRequest;
use hyper_util::rt::TokioExecutor;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// The maximum number of requests in progress on a connection. Servers mostly allow 100 to 250, and more on one
/// connection are slower than several connections.
pub(super) const MAX_STREAMS: usize = 100;

/// Sends and receives the frames of a connection.
type Driver = hyper::client::conn::http2::Connection<Stream, RequestBody, TokioExecutor>;

/// An open connection.
pub(super) struct Connection {
    sender: SendRequest<RequestBody>,
    driver: Arc<Mutex<Driver>>,
    owner: Weak<dyn Owner>,
    in_flight: AtomicUsize,
    /// The number of requests in progress that the server allows, at most [`MAX_STREAMS`]. Initially that of
    /// earlier connections to the host.
    max_streams: AtomicUsize,
    retired: AtomicBool,
    last_used: Mutex<Instant>,
}

/// The owner of connections to a host.
pub(super) trait Owner: Send + Sync {
    /// Called when the server allows another number of requests in progress.
    fn set_max_streams(&self, count: usize);

    /// Called when a connection must not be used any more.
    fn retired(&self);

    /// Called when a request left its place on a connection.
    fn released(&self, connection: &Arc<Connection>);
}

/// A request that the connection did not accept.
pub(super) struct Unsent(pub(super) Box<Request<RequestBody>>);

impl Connection {
    /// Drives a connection in a task of its own. `max_streams` is the number of requests that earlier connections
    /// allowed. An idle connection is closed after `idle_timeout`.
    pub(super) fn start(
        sender: SendRequest<RequestBody>,
        driver: Driver,
        owner: Weak<dyn Owner>,
        max_streams: usize,
        idle_timeout: Option<Duration>,
    ) -> Arc<Self> {
        let driver = Arc::new(Mutex::new(driver));
        let connection = Arc::new(Self {
            sender,
            driver: Arc::clone(&driver),
            owner,
            in_flight: AtomicUsize::new(0),
            max_streams: AtomicUsize::new(max_streams),
            retired: AtomicBool::new(false),
            last_used: Mutex::new(Instant::now()),
        });
        let shared = Arc::downgrade(&connection);
        let idle = idle_timeout.map(|limit| Idle { limit, sleep: Box::pin(tokio::time::sleep(limit)) });
        let mut task = Task { driver, idle, shared };
        tokio::spawn(async move { poll_fn(|context| task.poll(context)).await });
        connection
    }

    /// Returns true if requests may use the connection.
    pub(super) fn is_open(&self) -> bool {
        !self.retired.load(Ordering::Relaxed) && self.sender.is_ready()
    }

    pub(super) fn is_idle(&self) -> bool {
        self.in_flight.load(Ordering::Relaxed) == 0
    }

    /// Reserves a place for a request. The caller holds the lock of the owner.
    pub(super) fn reserve(self: &Arc<Self>) -> Option<Permit> {
        (self.in_flight.load(Ordering::Relaxed) < self.max_streams()).then(|| self.permit())
    }

    /// Reserves a place for the request that opened the connection.
    pub(super) fn permit(self: &Arc<Self>) -> Permit {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        Permit(Arc::clone(self))
    }

    /// Prevents that further requests use the connection. It is closed after those in progress.
    pub(super) fn retire(&self) {
        self.retired.store(true, Ordering::Relaxed);
        if let Some(owner) = self.owner.upgrade() {
            owner.retired();
        }
    }

    /// Returns the number of requests in progress that the server allows. While the driver is busy, it is the
    /// last known number.
    fn max_streams(&self) -> usize {
        let Ok(driver) = self.driver.try_lock() else { return self.max_streams.load(Ordering::Relaxed) };
        let count = driver.current_max_send_streams().clamp(1, MAX_STREAMS);
        if self.max_streams.swap(count, Ordering::Relaxed) != count {
            if let Some(owner) = self.owner.upgrade() {
                owner.set_max_streams(count);
            }
        }
        count
    }

    /// Returns the time at which the connection will have been idle for `limit`.
    fn idle_deadline(&self, limit: Duration) -> Option<Instant> {
        match self.is_idle() {
            true => *lock(&self.last_used),
            false => Instant::now(),
        }
        .checked_add(limit)
    }
}

/// The place of a request on a connection, until its response is complete.
pub(super) struct Permit(Arc<Connection>);

impl Permit {
    /// Sends the request, or returns it if the connection closed before.
    pub(super) async fn send(
        &self,
        request: Request<RequestBody>,
    ) -> Result<Result<Response<Incoming>, Unsent>, hyper::Error> {
        match self.0.sender.clone().try_send_request(request).await {
            Ok(response) => Ok(Ok(response)),
            Err(mut error) => match error.take_message() {
                Some(request) => Ok(Err(Unsent(Box::new(request)))),
                None => Err(error.into_error()),
            },
        }
    }

    pub(super) fn retire(&self) {
        self.0.retire();
    }

    /// Returns a function that [retires](Connection::retire) the connection.
    pub(super) fn retire_fn(&self) -> impl Fn() + Send + Sync + use<> {
        let connection = Arc::downgrade(&self.0);
        move || {
            if let Some(connection) = connection.upgrade() {
                connection.retire();
            }
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *lock(&self.0.last_used) = Instant::now();
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
        if let Some(owner) = self.0.owner.upgrade() {
            owner.released(&self.0);
        }
    }
}

/// The task of a connection. It ends when the connection is closed.
struct Task {
    driver: Arc<Mutex<Driver>>,
    idle: Option<Idle>,
    shared: Weak<Connection>,
}

struct Idle {
    limit: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Task {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.poll_idle(context);
        let done = Pin::new(&mut *lock(&self.driver)).poll(context).is_ready();
        if let Some(connection) = self.shared.upgrade() {
            if done {
                connection.retire();
            }
        }
        if done { Poll::Ready(()) } else { Poll::Pending }
    }

    /// Retires the connection once it is idle for the limit.
    fn poll_idle(&mut self, context: &mut Context<'_>) {
        while let Some(idle) = &mut self.idle {
            if idle.sleep.as_mut().poll(context).is_pending() {
                return;
            }
            let Some(connection) = self.shared.upgrade() else { return self.idle = None };
            match connection.idle_deadline(idle.limit) {
                Some(deadline) if deadline > Instant::now() => idle.sleep.as_mut().reset(deadline),
                _ => {
                    self.idle = None;
                    connection.retire();
                }
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
