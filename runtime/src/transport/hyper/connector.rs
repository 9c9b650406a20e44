//! Connections: by TCP or TLS, directly or through a proxy, within a limit of time.

use super::failure::{ConnectTimeout, ThroughProxy};
use crate::transport::{BoxError, BoxFuture, Proxy, cause};
use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tower_service::Service;

/// Makes connections.
#[derive(Clone)]
pub(super) struct Connector {
    tcp: HttpConnector,
    /// For services.
    tls: Arc<ClientConfig>,
    /// For proxies, which are spoken to in HTTP/1.1.
    proxy_tls: Arc<ClientConfig>,
    proxy: Proxy,
    limit: Duration,
}

impl Connector {
    /// `protocols` are those that are offered to services in TLS.
    pub(super) fn new(mut tls: ClientConfig, protocols: Vec<Vec<u8>>, proxy: Proxy, limit: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Shared out among the addresses of a host: one that is silent leaves time for the others.
        tcp.set_connect_timeout(Some(limit));
        let proxy_tls = Arc::new(tls.clone());
        tls.alpn_protocols = protocols;
        Self { tcp, tls: Arc::new(tls), proxy_tls, proxy, limit }
    }

    fn connect(&self, target: Uri) -> BoxFuture<'static, Result<Stream, BoxError>> {
        match self.proxy.intercept(&target) {
            None => {
                let connecting = HttpsConnector::from((self.tcp.clone(), Arc::clone(&self.tls))).call(target);
                Box::pin(async move { Ok(Stream::new(MaybeHttpsStream::Http(connecting.await?))) })
            }
            Some(proxy) => {
                let connecting = self.connect_through(proxy, target);
                Box::pin(async move { connecting.await.map_err(|error| ThroughProxy(error).into()) })
            }
        }
    }

    fn connect_through(&self, proxy: Intercept, target: Uri) -> BoxFuture<'static, Result<Stream, BoxError>> {
        let mut to_proxy = HttpsConnector::from((self.tcp.clone(), Arc::clone(&self.proxy_tls)));
        if target.scheme_str() != Some("https") {
            let connecting = to_proxy.call(proxy.uri().clone());
            return Box::pin(async move {
                let stream = MaybeHttpsStream::Http(connecting.await?);
                Ok(Stream { stream, hands_to_proxy: true })
            });
        }
        let mut tunnel = Tunnel::new(proxy.uri().clone(), to_proxy);
        if let Some(credentials) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        let connecting = HttpsConnector::from((tunnel, Arc::clone(&self.tls))).call(target);
        Box::pin(async move { Ok(Stream::new(connecting.await?)) })
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Stream, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
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

/// A connection to a service or a proxy; within TLS, one through a tunnel.
pub(super) struct Stream {
    stream: MaybeHttpsStream<MaybeHttpsStream<TokioIo<TcpStream>>>,
    /// Whether requests are for the proxy to pass on: they then name the whole URL.
    hands_to_proxy: bool,
}

impl Stream {
    fn new(stream: MaybeHttpsStream<MaybeHttpsStream<TokioIo<TcpStream>>>) -> Self {
        Self { stream, hands_to_proxy: false }
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.hands_to_proxy)
    }
}

impl Read for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl Write for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, buffers)
    }
}
