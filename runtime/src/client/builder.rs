//! Configuration of a client.

use super::{Handle, Inner, ServiceClient, Settings};
use crate::endpoint::ParamValue;
use crate::operation::RequestOptions;
use crate::transport::{HyperTransport, Transport};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

const DEFAULT_RETRIES: u32 = 2;

/// Configures a client. `C` is the generated client that [`build`](Self::build) gives.
pub struct Builder<C> {
    endpoint_url: Option<String>,
    transport: Option<Arc<dyn Transport>>,
    settings: Settings,
    request_options: RequestOptions,
    endpoint_params: Vec<(&'static str, ParamValue)>,
    client: PhantomData<fn() -> C>,
}

impl<C: ServiceClient> Builder<C> {
    /// The default configuration: two retries, no time limit, hyper and rustls as transport.
    #[expect(clippy::new_without_default, reason = "a client's `builder()` is the way in")]
    pub fn new() -> Self {
        Self {
            endpoint_url: None,
            transport: None,
            settings: Settings { timeout: None, retries: DEFAULT_RETRIES },
            request_options: RequestOptions::default(),
            endpoint_params: Vec::new(),
            client: PhantomData,
        }
    }

    /// Where the service is: an `http` or `https` URL. A path in it is kept before that of each operation.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self
    }

    /// How long a call may take, retries and waiting included. No limit unless set.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = Some(limit);
        self
    }

    /// How many times a call that failed is tried again, where that is known to be harmless. 2 unless set.
    pub fn retries(mut self, retries: u32) -> Self {
        self.settings.retries = retries;
        self
    }

    /// What carries the requests, in place of hyper and rustls.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// How requests are made: where idempotency tokens come from, from what size on bodies are compressed.
    pub fn request_options(mut self, options: RequestOptions) -> Self {
        self.request_options = options;
        self
    }

    /// The value of a parameter of the service's endpoint rules. A generated client has a method for each that its
    /// model lets users set.
    pub fn endpoint_param(mut self, name: &'static str, value: impl Into<ParamValue>) -> Self {
        self.endpoint_params.push((name, value.into()));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// When the endpoint is missing or not a URL that can be called; the text says how to mend it.
    pub fn build(self) -> Result<C, BuildError> {
        let url = self.endpoint_url.ok_or(BuildError::MissingEndpoint)?;
        let inner = Inner {
            endpoint: parse_endpoint(&url)?,
            transport: self.transport.unwrap_or_else(|| Arc::new(HyperTransport::new())),
            settings: self.settings,
            request_options: self.request_options,
        };
        Ok(C::from_handle(Handle::new(inner)))
    }
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("transport", &self.transport)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

fn parse_endpoint(url: &str) -> Result<http::Uri, BuildError> {
    let uri: http::Uri = url.parse().map_err(|_| BuildError::InvalidEndpoint("it is not a URL"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(BuildError::InvalidEndpoint("it must begin with `https://` or `http://`"));
    }
    if uri.host().is_none_or(str::is_empty) {
        return Err(BuildError::InvalidEndpoint("it names no host"));
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err(BuildError::InvalidEndpoint("it must not hold a user name or password"));
    }
    if has_bad_port(&uri) {
        return Err(BuildError::InvalidEndpoint("its port is not a number up to 65535"));
    }
    if uri.query().is_some() {
        return Err(BuildError::InvalidEndpoint("it must not hold a query"));
    }
    Ok(uri)
}

/// Whether there is a port that cannot be called. `http` takes any text for one, and such a port for none.
fn has_bad_port(uri: &http::Uri) -> bool {
    let Some((authority, host)) = uri.authority().zip(uri.host()) else { return false };
    let port = authority.as_str().strip_prefix(host).unwrap_or_default();
    !port.is_empty() && uri.port_u16().is_none()
}

/// Why a client could not be built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// No endpoint was given.
    MissingEndpoint,
    /// The endpoint cannot be called, and why.
    InvalidEndpoint(&'static str),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingEndpoint => f.write_str(
                "the client does not know where its service is: \
                 call `.endpoint_url(\"https://…\")` before `.build()`",
            ),
            Self::InvalidEndpoint(why) => write!(
                f,
                "`endpoint_url` cannot be used: {why}; give a URL such as `https://signin.example.com`"
            ),
        }
    }
}

impl std::error::Error for BuildError {}
