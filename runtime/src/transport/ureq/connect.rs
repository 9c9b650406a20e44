//! How connections are made: as ureq makes them, but that errors tell whether there was one.

use super::tls::TlsConnector;
use rustls::ClientConfig;
use std::fmt;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, NextTimeout, TcpConnector, Transport,
};

/// The error of a request for which no connection was made.
#[derive(Debug)]
pub(super) struct NotConnected(pub(super) Error);

impl NotConnected {
    /// Marks an error, once.
    fn mark(error: Error) -> Error {
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

/// Connects to the service or its proxy by TCP and TLS.
pub(super) fn connector(tls: Arc<ClientConfig>) -> impl Connector {
    // The first that is asked has nothing to build on.
    let steps = ().chain(ConnectProxyConnector::default()).chain(TcpConnector::default());
    Connecting(steps.chain(TlsConnector(tls)))
}

#[derive(Debug)]
struct Connecting<C>(C);

impl<C: Connector> Connector for Connecting<C> {
    type Out = Connection<C::Out>;

    fn connect(&self, details: &ConnectionDetails, chained: Option<()>) -> Result<Option<Self::Out>, Error> {
        let made = self.0.connect(details, chained).map_err(NotConnected::mark)?;
        Ok(made.map(Connection))
    }
}

/// A connection whose end is an error if the peer did not say that it is one. ureq takes such an end for that of a
/// body without a length.
#[derive(Debug)]
struct Connection<T>(T);

impl<T: Transport> Transport for Connection<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout).map_err(|error| match error {
            Error::Io(error) if is_broken(&error) => Error::Other(error.into()),
            error => error,
        })
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

fn is_broken(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

/// Finds addresses as ureq does.
#[derive(Debug, Default)]
pub(super) struct Resolving(DefaultResolver);

impl Resolver for Resolving {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        self.0.resolve(uri, config, timeout).map_err(NotConnected::mark)
    }
}
