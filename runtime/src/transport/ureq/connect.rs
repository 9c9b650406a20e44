//! Tells what fails before there is a connection from what fails later.

use std::fmt;
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, DefaultConnector, NextTimeout};

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

/// Makes connections as ureq does, TLS included, and marks its errors.
#[derive(Debug, Default)]
pub(super) struct Connecting(DefaultConnector);

impl Connector for Connecting {
    type Out = <DefaultConnector as Connector>::Out;

    fn connect(&self, details: &ConnectionDetails, chained: Option<()>) -> Result<Option<Self::Out>, Error> {
        // TLS is configured alike for all requests, but ureq would keep the configuration of none that has time
        // limits, and with it no session to resume.
        let details = ConnectionDetails {
            uri: details.uri,
            addrs: details.addrs.clone(),
            config: details.config,
            request_level: false,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        self.0.connect(&details, chained).map_err(NotConnected::mark)
    }
}

/// Finds addresses as ureq does, and marks its errors.
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
