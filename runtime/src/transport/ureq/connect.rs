//! ureq's connector and resolver, with errors that show if a connection was established.

use super::exchange::Exchange;
use super::pooled::Reusable;
use super::tls::TlsConnector;
use crate::transport::loopback;
use rustls::ClientConfig;
use std::fmt;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, NextTimeout, TcpConnector, Transport,
};

/// An error that occurred before a connection was established.
#[derive(Debug)]
pub(super) struct NotConnected(pub(super) Error);

impl NotConnected {
    /// Wraps an error, unless it is wrapped already.
    fn wrap(error: Error) -> Error {
        match error {
            Error::Other(inner) if inner.is::<Self>() => Error::Other(inner),
            error => Error::Other(Box::new(Self(error))),
        }
    }
}

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for NotConnected {}

/// Returns a connector for TCP and TLS, directly or through a proxy.
pub(super) fn connector(tls: Arc<ClientConfig>) -> impl Connector {
    // A chain starts from the unit connector, which passes on no connection.
    let steps = ().chain(ConnectProxyConnector::default()).chain(TcpConnector::default());
    OuterConnector(steps.chain(TlsConnector(tls)))
}

#[derive(Debug)]
struct OuterConnector<C>(C);

impl<C: Connector> Connector for OuterConnector<C> {
    type Out = Connection<Exchange<C::Out>>;

    fn connect(&self, details: &ConnectionDetails, chained: Option<()>) -> Result<Option<Self::Out>, Error> {
        let connected = self.0.connect(details, chained).map_err(NotConnected::wrap)?;
        let connection =
            |transport| Connection { transport: Exchange::new(transport), reusable: Reusable::new() };
        Ok(connected.map(connection))
    }
}

/// A connection that reports an aborted connection as an error. ureq would treat it as the end of a body
/// without a length.
#[derive(Debug)]
struct Connection<T> {
    transport: T,
    reusable: Reusable,
}

impl<T: Transport> Transport for Connection<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.transport.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.reusable.note();
        self.transport.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.transport.await_input(timeout).map_err(|error| match error {
            Error::Io(error) if is_aborted(&error) => Error::Other(error.into()),
            error => error,
        })
    }

    fn is_open(&mut self) -> bool {
        self.reusable.get() && self.transport.is_open()
    }

    fn is_tls(&self) -> bool {
        self.transport.is_tls()
    }
}

fn is_aborted(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

/// ureq's resolver, except for `localhost` and the names below it, with errors wrapped in [`NotConnected`].
#[derive(Debug, Default)]
pub(super) struct OuterResolver(DefaultResolver);

impl Resolver for OuterResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let Some(addresses) = uri.host().and_then(loopback::addresses) else {
            return self.0.resolve(uri, config, timeout).map_err(NotConnected::wrap);
        };
        let default_port = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        let port = uri.port_u16().unwrap_or(default_port);
        let mut resolved = self.empty();
        for address in addresses {
            resolved.push(SocketAddr::new(address, port));
        }
        Ok(resolved)
    }
}
