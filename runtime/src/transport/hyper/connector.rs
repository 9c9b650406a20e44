//! Connections: by TCP or TLS, directly or through a proxy, within a limit of time.

use super::failure::{ConnectTimeout, ThroughProxy};
use super::proxy::HttpProxy;
use super::stream::Stream;
use crate::transport::proxy::Rules;
use crate::transport::{BoxError, BoxFuture, cause};
use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio_rustls::TlsConnector;
use tower_service::Service;

/// Makes connections.
#[derive(Clone)]
pub(super) struct Connector {
    to_service: Direct,
    /// Proxies are spoken to in HTTP/1.1.
    to_proxy: Direct,
    proxies: Rules<HttpProxy>,
    limit: Duration,
}

impl Connector {
    /// `protocols` are those that are offered to services in TLS.
    pub(super) fn new(
        mut tls: ClientConfig,
        protocols: Vec<Vec<u8>>,
        proxies: Rules<HttpProxy>,
        limit: Duration,
    ) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Shared out among the addresses of a host: one that is silent leaves time for the others.
        tcp.set_connect_timeout(Some(limit));
        let to_proxy = Direct { tcp: tcp.clone(), tls: Arc::new(tls.clone()) };
        tls.alpn_protocols = protocols;
        Self { to_service: Direct { tcp, tls: Arc::new(tls) }, to_proxy, proxies, limit }
    }

    fn connect(&self, target: Uri) -> BoxFuture<'static, Result<Stream, BoxError>> {
        // What is no `https` goes in the clear: nothing but what asks for that may.
        if !matches!(target.scheme_str(), Some("http" | "https")) {
            let error = "the URL begins with neither `http://` nor `https://`".into();
            return Box::pin(std::future::ready(Err(error)));
        }
        match self.proxies.choose(&target) {
            None => self.to_service.connect(target),
            Some(proxy) => {
                let connecting = self.connect_through(proxy, target);
                Box::pin(async move { connecting.await.map_err(|error| ThroughProxy(error).into()) })
            }
        }
    }

    fn connect_through(
        &self,
        proxy: &HttpProxy,
        target: Uri,
    ) -> BoxFuture<'static, Result<Stream, BoxError>> {
        if target.scheme_str() != Some("https") {
            let connecting = self.to_proxy.connect(proxy.uri.clone());
            return Box::pin(async move { Ok(connecting.await?.handing_to_proxy()) });
        }
        let mut tunnel = Tunnel::new(proxy.uri.clone(), self.to_proxy.clone());
        if let Some(credentials) = &proxy.authorization {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        let (connecting, tls) = (tunnel.call(target.clone()), Arc::clone(&self.to_service.tls));
        Box::pin(async move { secure(tls, &target, connecting.await?).await })
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Stream, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.to_service.poll_ready(context)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let (connecting, limit) = (self.connect(target), self.limit);
        Box::pin(async move {
            match tokio::time::timeout(limit, connecting).await {
                Ok(Err(error)) if !has_timed_out(&error) => Err(error),
                Ok(Ok(stream)) => Ok(stream),
                _ => Err(ConnectTimeout(limit).into()),
            }
        })
    }
}

/// Whether TCP gave up before we did: it has the same limit, and may come first.
fn has_timed_out(error: &BoxError) -> bool {
    cause::find::<io::Error>(error.as_ref()).is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

/// Connects to a host, with TLS if its URL asks for it.
#[derive(Clone)]
struct Direct {
    tcp: HttpConnector,
    tls: Arc<ClientConfig>,
}

impl Direct {
    fn connect(&self, target: Uri) -> BoxFuture<'static, Result<Stream, BoxError>> {
        let (connecting, tls) = (self.tcp.clone().call(target.clone()), Arc::clone(&self.tls));
        Box::pin(async move {
            let stream = Stream::plain(connecting.await?.into_inner());
            if target.scheme_str() == Some("https") { secure(tls, &target, stream).await } else { Ok(stream) }
        })
    }
}

/// What a tunnel connects to its proxy with.
impl Service<Uri> for Direct {
    type Response = Stream;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Stream, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        self.connect(target)
    }
}

/// Puts TLS around a connection.
async fn secure(tls: Arc<ClientConfig>, target: &Uri, stream: Stream) -> Result<Stream, BoxError> {
    let host = target.host().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(host.to_owned())?;
    Ok(Stream::tls(TlsConnector::from(tls).connect(name, stream.into_inner()).await?))
}
