//! Establishes connections over TCP or TLS, directly or through a proxy, within the connect timeout.

use super::error::{ConnectTimeout, ProxyConnectError};
use super::proxy::HttpProxy;
use super::resolver::Resolver;
use super::stream::{Bytes, Stream};
use super::tunnel;
use crate::transport::proxy::ProxyRules;
use crate::transport::{BoxError, BoxFuture, cause};
use http::Uri;
#[cfg(feature = "http2")]
use http::uri::Authority;
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
#[cfg(feature = "http2")]
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
#[cfg(feature = "http2")]
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio_rustls::TlsConnector;
use tower_service::Service;

/// Connects to services, applying the proxy rules and the connect timeout.
#[derive(Clone)]
pub(super) struct Connector {
    to_service: Direct,
    /// Does not offer HTTP/2.
    to_proxy: Direct,
    proxies: ProxyRules<HttpProxy>,
    connect_timeout: Duration,
    /// Connections to servers that turned out not to support HTTP/2.
    #[cfg(feature = "http2")]
    kept: Arc<Mutex<HashMap<Authority, Stream>>>,
}

impl Connector {
    pub(super) fn new(tls: ClientConfig, proxies: ProxyRules<HttpProxy>, connect_timeout: Duration) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(Resolver::new());
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Divided among the addresses of a host, so that an unresponsive one leaves time for the others.
        tcp.set_connect_timeout(Some(connect_timeout));
        let direct = Direct { tcp, tls: Arc::new(tls) };
        Self {
            to_service: direct.clone(),
            to_proxy: direct,
            proxies,
            connect_timeout,
            #[cfg(feature = "http2")]
            kept: Arc::default(),
        }
    }

    /// Returns a connector that offers HTTP/2 to services in the TLS handshake.
    #[cfg(feature = "http2")]
    pub(super) fn with_http2(&self) -> Self {
        let mut tls = ClientConfig::clone(&self.to_service.tls);
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let mut connector = self.clone();
        connector.to_service.tls = Arc::new(tls);
        connector
    }

    /// Keeps a connection for the connector that this one was created from.
    #[cfg(feature = "http2")]
    pub(super) fn keep(&self, url: &Uri, stream: Stream) {
        if let Some(authority) = url.authority() {
            self.kept().insert(authority.clone(), stream);
        }
    }

    #[cfg(feature = "http2")]
    fn kept(&self) -> MutexGuard<'_, HashMap<Authority, Stream>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Connects to the host of a URL within the connect timeout.
    pub(super) fn open(&self, url: Uri) -> BoxFuture<'static, Result<Stream, BoxError>> {
        let (connecting, limit) = (self.connect(url), self.connect_timeout);
        Box::pin(async move {
            match tokio::time::timeout(limit, connecting).await {
                Ok(Err(error)) if !has_timed_out(&error) => Err(error),
                Ok(Ok(stream)) => Ok(stream),
                _ => Err(ConnectTimeout(limit).into()),
            }
        })
    }

    fn connect(&self, url: Uri) -> BoxFuture<'static, Result<Stream, BoxError>> {
        // `Direct` uses plain TCP for any scheme other than `https`.
        if !matches!(url.scheme_str(), Some("http" | "https")) {
            let error = "the URL must begin with `http://` or `https://`".into();
            return Box::pin(std::future::ready(Err(error)));
        }
        match self.proxies.choose(&url) {
            None => self.to_service.connect(url),
            Some(proxy) => {
                let connecting = self.connect_through(proxy, url);
                let name = proxy.name();
                Box::pin(async move {
                    connecting.await.map_err(|error| ProxyConnectError { proxy: name, error }.into())
                })
            }
        }
    }

    fn connect_through(&self, proxy: &HttpProxy, url: Uri) -> BoxFuture<'static, Result<Stream, BoxError>> {
        if url.scheme_str() != Some("https") {
            let connecting = self.to_proxy.connect(proxy.uri.clone());
            return Box::pin(async move { Ok(connecting.await?.forwarded()) });
        }
        let connecting = self.to_proxy.connect(proxy.uri.clone());
        let (proxy, tls) = (proxy.clone(), Arc::clone(&self.to_service.tls));
        Box::pin(async move {
            let mut connection = connecting.await?.into_inner();
            tunnel::open(&mut connection, &proxy, &url).await?;
            tls_handshake(tls, &url, connection).await
        })
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Stream, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.to_service.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, url: Uri) -> Self::Future {
        #[cfg(feature = "http2")]
        if let Some(stream) = url.authority().and_then(|authority| self.kept().remove(authority)) {
            return Box::pin(std::future::ready(Ok(stream)));
        }
        self.open(url)
    }
}

/// Returns true if the timeout of the TCP connector, which has the same length, elapsed first.
fn has_timed_out(error: &BoxError) -> bool {
    cause::find::<io::Error>(error.as_ref()).is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

/// Connects to the host of a URL, with TLS if the scheme is `https`.
#[derive(Clone)]
struct Direct {
    tcp: HttpConnector<Resolver>,
    tls: Arc<ClientConfig>,
}

impl Direct {
    fn connect(&self, url: Uri) -> BoxFuture<'static, Result<Stream, BoxError>> {
        let (connecting, tls) = (self.tcp.clone().call(url.clone()), Arc::clone(&self.tls));
        Box::pin(async move {
            let stream = Stream::plain(connecting.await?.into_inner());
            if url.scheme_str() == Some("https") {
                tls_handshake(tls, &url, stream.into_inner()).await
            } else {
                Ok(stream)
            }
        })
    }
}

/// Performs the TLS handshake on a connection.
async fn tls_handshake(tls: Arc<ClientConfig>, url: &Uri, bytes: Bytes) -> Result<Stream, BoxError> {
    let host = url.host().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(host.to_owned())?;
    Ok(Stream::tls(TlsConnector::from(tls).connect(name, bytes).await?))
}
