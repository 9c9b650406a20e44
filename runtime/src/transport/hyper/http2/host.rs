//! The connections to one host.

use super::super::error;
use super::connection::{Connection, MAX_STREAMS, Owner, Permit};
use super::settings::Settings;
use crate::transport::TransportError;
use http::Uri;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::sync::Notify;

/// The connections to one host. Requests that find no place on a connection wait for the connections that are
/// being opened: one for the first request, which finds the protocol, then as many as the waiting requests need.
pub(super) struct Host {
    state: Mutex<State>,
    /// The number of requests that wait.
    waiting: AtomicUsize,
    /// Notifies those that wait.
    changed: Notify,
    /// The number of requests that a connection takes.
    max_streams: AtomicUsize,
    max_idle: usize,
}

#[derive(Default)]
struct State {
    protocol: Option<Protocol>,
    /// Open connections. Requests use the first with a free place, so that the last ones become idle.
    connections: Vec<Arc<Connection>>,
    /// The number of connections that are being opened.
    connecting: usize,
    /// The number of failures to connect, and the last one.
    failures: u64,
    failure: Option<TransportError>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Http1,
    Http2,
}

/// The next step of a request.
enum Next {
    Send(Permit),
    Http1,
    Connect(Connecting),
    Wait,
}

impl Host {
    pub(super) fn new(max_idle: usize) -> Self {
        Self {
            state: Mutex::default(),
            waiting: AtomicUsize::new(0),
            changed: Notify::new(),
            max_streams: AtomicUsize::new(MAX_STREAMS),
            max_idle,
        }
    }

    pub(super) fn is_http1(&self) -> bool {
        self.state().protocol == Some(Protocol::Http1)
    }

    fn max_streams(&self) -> usize {
        self.max_streams.load(Ordering::Relaxed)
    }

    pub(super) fn has_connections(&self) -> bool {
        !self.state().connections.is_empty()
    }

    /// Returns a place on a connection, or `None` if the server supports only HTTP/1.1. Waits for a connection
    /// if necessary, and returns its error if it cannot be opened.
    pub(super) async fn connection(
        self: &Arc<Self>,
        settings: &Settings,
        url: &Uri,
    ) -> Result<Option<Permit>, TransportError> {
        let failures_before = self.state().failures;
        let mut waiting = None;
        loop {
            // Receives notifications from here on.
            let changed = self.changed.notified();
            match self.next() {
                Next::Send(permit) => return Ok(Some(permit)),
                Next::Http1 => return Ok(None),
                Next::Connect(connecting) => return self.connect(settings, url, connecting).await,
                Next::Wait => {}
            }
            waiting.get_or_insert_with(|| Waiting::new(self));
            changed.await;
            if let Some(error) = self.failure_since(failures_before) {
                return Err(error);
            }
        }
    }

    fn next(self: &Arc<Self>) -> Next {
        let mut state = self.state();
        state.connections.retain(|connection| connection.is_open());
        if let Some(permit) = state.connections.iter().find_map(Connection::reserve) {
            return Next::Send(permit);
        }
        let may_connect = match state.protocol {
            Some(Protocol::Http1) => return Next::Http1,
            Some(Protocol::Http2) => {
                state.connecting * self.max_streams() <= self.waiting.load(Ordering::Relaxed)
            }
            None => false,
        };
        if may_connect || state.connecting == 0 {
            state.connecting += 1;
            return Next::Connect(Connecting(Arc::clone(self)));
        }
        Next::Wait
    }

    async fn connect(
        self: &Arc<Self>,
        settings: &Settings,
        url: &Uri,
        connecting: Connecting,
    ) -> Result<Option<Permit>, TransportError> {
        let connected = self.open(settings, url).await;
        let mut state = self.state();
        let result = match connected {
            Ok(Some(connection)) => {
                state.protocol = Some(Protocol::Http2);
                let permit = connection.permit();
                // Without idle connections, none is used again.
                if self.max_idle > 0 {
                    state.connections.push(connection);
                }
                Ok(Some(permit))
            }
            Ok(None) => {
                state.protocol = Some(Protocol::Http1);
                Ok(None)
            }
            Err(error) => {
                state.failures += 1;
                state.failure = Some(error.copy());
                Err(error)
            }
        };
        drop(state);
        drop(connecting);
        result
    }

    /// Opens a connection. Returns `None` if the server supports only HTTP/1.1; the connection is then kept for
    /// the HTTP/1.1 client.
    async fn open(
        self: &Arc<Self>,
        settings: &Settings,
        url: &Uri,
    ) -> Result<Option<Arc<Connection>>, TransportError> {
        let stream = settings.connector.open(url.clone()).await.map_err(error::connect_error)?;
        if !stream.is_http2() {
            settings.connector.keep(url, stream);
            return Ok(None);
        }
        let mut builder = settings.builder.clone();
        // Up to the settings of the server, those of earlier connections count.
        builder.initial_max_send_streams(self.max_streams());
        let handshake = builder.handshake(stream).await;
        let (sender, driver) = handshake.map_err(|error| error::connect_error(error.into()))?;
        let owner: Weak<Self> = Arc::downgrade(self);
        let (max_streams, idle_timeout) = (self.max_streams(), settings.idle_timeout);
        Ok(Some(Connection::start(sender, driver, owner, max_streams, idle_timeout)))
    }

    fn failure_since(&self, failures_before: u64) -> Option<TransportError> {
        let state = self.state();
        state.failure.as_ref().filter(|_| state.failures > failures_before).map(TransportError::copy)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Owner for Host {
    fn set_max_streams(&self, count: usize) {
        self.max_streams.store(count, Ordering::Relaxed);
    }

    fn retired(&self) {
        self.state().connections.retain(|connection| connection.is_open());
    }

    fn released(&self, connection: &Arc<Connection>) {
        if self.waiting.load(Ordering::Relaxed) > 0 {
            self.changed.notify_one();
        }
        if self.max_idle < usize::MAX && connection.is_idle() {
            let mut state = self.state();
            let idle = state.connections.iter().filter(|connection| connection.is_idle()).count();
            if idle > self.max_idle {
                state.connections.retain(|other| !Arc::ptr_eq(other, connection));
            }
        }
    }
}

/// Counts a connection that is being opened. On drop, also of a cancelled request, those that wait continue.
struct Connecting(Arc<Host>);

impl Drop for Connecting {
    fn drop(&mut self) {
        self.0.state().connecting -= 1;
        self.0.changed.notify_waiters();
    }
}

/// Counts a request that waits.
struct Waiting<'h>(&'h Host);

impl<'h> Waiting<'h> {
    fn new(host: &'h Host) -> Self {
        host.waiting.fetch_add(1, Ordering::Relaxed);
        Self(host)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}
