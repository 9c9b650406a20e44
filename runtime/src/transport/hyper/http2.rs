//! HTTP/2: requests share connections, of which there are as many as the requests in progress need.

mod connection;
mod host;
mod response;
mod settings;
mod whole_body;

pub(super) use settings::Settings;

use super::error;
use super::limits::{Activity, Limits};
use super::request_body::RequestBody;
use crate::transport::TransportError;
use crate::types::Body;
use connection::{Permit, Unsent};
use host::Host;
use http::Uri;
use http::uri::{Authority, Scheme};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most clients use a few hosts.
const MAX_HOSTS: usize = 1024;

/// A connection may close just before it accepts a request, which is then sent on another one.
const MAX_CONNECTIONS_PER_REQUEST: usize = 3;

/// The connections of a transport to servers that support HTTP/2. Clones share them.
#[derive(Clone)]
pub(super) struct Http2Pool(Arc<Shared>);

struct Shared {
    settings: Settings,
    hosts: Mutex<HashMap<Authority, Arc<Host>>>,
}

/// A request that was sent over HTTP/2, or the request itself if its server does not support HTTP/2.
pub(super) enum Outcome {
    Sent(http::Response<Body>),
    Http1(http::Request<Body>),
}

impl Http2Pool {
    pub(super) fn new(settings: Settings) -> Self {
        Self(Arc::new(Shared { settings, hosts: Mutex::default() }))
    }

    /// Returns true if a request may be sent over HTTP/2: its URL is `https`, and its server is not known to
    /// support only HTTP/1.1.
    pub(super) fn may_send(&self, url: &Uri) -> bool {
        let Some(authority) = url.authority().filter(|_| url.scheme() == Some(&Scheme::HTTPS)) else {
            return false;
        };
        self.hosts().get(authority).is_none_or(|host| !host.is_http1())
    }

    /// Sends a request, once a connection is there or the server is known to support only HTTP/1.1.
    pub(super) async fn send(
        self,
        request: http::Request<Body>,
        limits: Option<Limits>,
    ) -> Result<Outcome, TransportError> {
        let url = request.uri().clone();
        let Some(host) = self.host(&url) else { return Ok(Outcome::Http1(request)) };
        let Some(mut permit) = host.connection(&self.0.settings, &url).await? else {
            return Ok(Outcome::Http1(request));
        };
        let method = request.method().clone();
        let watched = limits.map(|limits| (Activity::new(limits), limits));
        let mut request = match &watched {
            Some((activity, _)) => request.map(|body| RequestBody(activity.watch(body))),
            None => request.map(RequestBody),
        };
        for _ in 0..MAX_CONNECTIONS_PER_REQUEST {
            match exchange(&permit, request, watched.clone()).await? {
                Ok(response) => {
                    return Ok(Outcome::Sent(response::finish(response, permit, &method, limits)));
                }
                Err(Unsent(unsent)) => request = *unsent,
            }
            permit.retire();
            permit = match host.connection(&self.0.settings, &url).await? {
                Some(permit) => permit,
                None => break,
            };
        }
        Err(TransportError::connect("the server closed the connections before they accepted the request"))
    }

    fn hosts(&self) -> MutexGuard<'_, HashMap<Authority, Arc<Host>>> {
        self.0.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn host(&self, url: &Uri) -> Option<Arc<Host>> {
        let authority = url.authority()?;
        let mut hosts = self.hosts();
        if let Some(host) = hosts.get(authority) {
            return Some(Arc::clone(host));
        }
        if hosts.len() >= MAX_HOSTS {
            hosts.retain(|_, host| Arc::strong_count(host) > 1 || host.has_connections());
        }
        let host = Arc::new(Host::new(self.0.settings.max_idle_per_host));
        hosts.insert(authority.clone(), Arc::clone(&host));
        Some(host)
    }
}

/// Sends a request on a connection, within its limits.
async fn exchange(
    permit: &Permit,
    request: http::Request<RequestBody>,
    watched: Option<(Activity, Limits)>,
) -> Result<Result<http::Response<hyper::body::Incoming>, Unsent>, TransportError> {
    let exchange = async { permit.send(request).await.map_err(error::exchange_error) };
    let Some((activity, limits)) = watched else { return exchange.await };
    let result = activity.enforce(limits, std::future::ready(()), exchange).await;
    // The connection may be dead.
    result.inspect_err(|_| permit.retire())
}
