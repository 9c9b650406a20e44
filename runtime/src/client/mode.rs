//! Async and blocking mode. Both share the code of a call.

use super::BuildError;
use super::timer::Timer;
use crate::transport::Transport;
#[cfg(any(feature = "async", feature = "blocking"))]
use crate::transport::{Proxy, Roots};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The mode of a client: [`Async`] or, with the feature `blocking`, `Blocking`.
pub trait Mode: Clone + fmt::Debug + Send + Sync + 'static + private::Sealed {}

/// Calls are awaited, in a tokio runtime whose I/O and timers are enabled, as `#[tokio::main]` and
/// `tokio::runtime::Builder::enable_all` do. Outside a runtime they return an error; in a runtime without I/O or
/// timers, tokio panics.
#[derive(Clone, Copy, Debug)]
pub enum Async {}

impl Mode for Async {}

/// Calls block the current thread and need no async runtime. In an async function, use [`Async`] or wrap the
/// call in `tokio::task::spawn_blocking`.
#[cfg(feature = "blocking")]
#[derive(Clone, Copy, Debug)]
pub enum Blocking {}

#[cfg(feature = "blocking")]
impl Mode for Blocking {}

mod private {
    use super::{Arc, BuildError, Duration, Timer, Transport};

    /// Settings of the default transport.
    #[derive(Clone, Default)]
    pub struct TransportDefaults {
        /// The connect timeout; `None` for the transport's default.
        pub connect_timeout: Option<Duration>,
        /// True to read the proxies from environment variables.
        pub proxy_from_env: bool,
        /// The path of a PEM file with the trusted root certificates; `None` for the transport's default.
        pub ca_bundle: Option<String>,
    }

    /// Seals [`Mode`](super::Mode), and has what differs between the modes.
    pub trait Sealed {
        /// Returns the timer to use on the current thread.
        fn timer() -> Timer;

        /// Creates the transport of a client that configures none.
        fn default_transport(defaults: TransportDefaults) -> Result<Arc<dyn Transport>, BuildError>;
    }
}

pub(super) use private::{Sealed, TransportDefaults};

/// Builds a transport with these defaults. The builders of the transports have the same methods.
#[cfg(any(feature = "async", feature = "blocking"))]
macro_rules! default_transport {
    ($transport:ty, $defaults:expr) => {{
        let (mut transport, defaults) = (<$transport>::builder(), $defaults);
        if let Some(limit) = defaults.connect_timeout {
            transport = transport.connect_timeout(limit);
        }
        if defaults.proxy_from_env {
            transport = transport.proxy(Proxy::from_env());
        }
        if let Some(path) = &defaults.ca_bundle {
            transport = transport.roots(read_ca_bundle(path)?);
        }
        let transport = transport.build().map_err(|error| BuildError::Transport(error.to_string()))?;
        Ok(Arc::new(transport))
    }};
}

/// Reads the PEM file of the environment variable `AWS_CA_BUNDLE`.
#[cfg(any(feature = "async", feature = "blocking"))]
fn read_ca_bundle(path: &str) -> Result<Roots, BuildError> {
    let failed =
        |error| BuildError::Transport(format!("could not read the file `{path}` of AWS_CA_BUNDLE: {error}"));
    std::fs::read(path).map(|pem| Roots::none().add_pem(pem)).map_err(failed)
}

impl Sealed for Async {
    #[cfg(feature = "async")]
    fn timer() -> Timer {
        match tokio::runtime::Handle::try_current() {
            Ok(_) => Timer::Tokio,
            Err(_) => Timer::None,
        }
    }

    #[cfg(not(feature = "async"))]
    fn timer() -> Timer {
        Timer::None
    }

    #[cfg(feature = "async")]
    fn default_transport(defaults: TransportDefaults) -> Result<Arc<dyn Transport>, BuildError> {
        default_transport!(crate::transport::HyperTransport, defaults)
    }

    #[cfg(not(feature = "async"))]
    fn default_transport(_: TransportDefaults) -> Result<Arc<dyn Transport>, BuildError> {
        Err(BuildError::Transport("enable the feature `async`, or set a `transport`".to_owned()))
    }
}

#[cfg(feature = "blocking")]
impl Sealed for Blocking {
    fn timer() -> Timer {
        Timer::Thread
    }

    fn default_transport(defaults: TransportDefaults) -> Result<Arc<dyn Transport>, BuildError> {
        default_transport!(crate::transport::UreqTransport, defaults)
    }
}
