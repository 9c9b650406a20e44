//! Establishes connections over TCP or TLS, directly or through a proxy, within the connect timeout.

use super::error::{ConnectTimeout, ProxyConnectError};
use super::proxy::HttpProxy;
use super::resolver::Resolver;
use super::stream::{Bytes, Stream};
use super::tunnel;
use crate::transport::proxy::ProxyRules;
use crate::transport::{BoxError, BoxFuture, cause};
use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::io;
use std::sync::Arc;
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
}

impl Connector {
    /// `alpn_protocols` are the protocols offered to services in the TLS handshake.
    pub(super) fn new(
        mut tls: ClientConfig,
        alpn_protocols: Vec<Vec<u8>>,
        proxies: ProxyRules<HttpProxy>,
        connect_timeout: Duration,
    ) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(Resolver::new());
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Divided among the addresses of a host, so that an unresponsive one leaves time for the others.
        tcp.set_connect_timeout(Some(connect_timeout));
        let to_proxy = Direct { tcp: tcp.clone(), tls: Arc::new(tls.clone()) };
        tls.alpn_protocols = alpn_protocols;
        Self { to_service: Direct { tcp, tls: Arc::new(tls) }, to_proxy, proxies, connect_timeout }
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
        let (connecting, limit) = (self.connect(url), self.connect_timeout);
        Box::pin(async move {
            match tokio::time::timeout(limit, connecting).await {
                Ok(Err(error)) if !has_timed_out(&error) => Err(error),
                Ok(Ok(stream)) => Ok(stream),
                _ => Err(ConnectTimeout(limit).into()),
            }
        })
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
