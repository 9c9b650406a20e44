//! Whether calls are awaited or block. One loop serves both.

use super::BuildError;
use super::timer::Timer;
#[cfg(any(feature = "async", feature = "blocking"))]
use crate::transport::Proxy;
use crate::transport::Transport;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How the calls of a client are made: [`Async`] or, with the feature `blocking`, `Blocking`.
pub trait Mode: Clone + fmt::Debug + Send + Sync + 'static + private::Sealed {}

/// Calls are awaited, in a tokio runtime.
#[derive(Clone, Copy, Debug)]
pub enum Async {}

impl Mode for Async {}

/// Calls block the thread that makes them. They need no runtime. In an async function such a call would hold up
/// the others of its thread: make it in `tokio::task::spawn_blocking`, or use [`Async`].
#[cfg(feature = "blocking")]
#[derive(Clone, Copy, Debug)]
pub enum Blocking {}

#[cfg(feature = "blocking")]
impl Mode for Blocking {}

mod private {
    use super::{Arc, BuildError, Duration, Timer, Transport};

    /// What the settings say of the default transport.
    #[derive(Clone, Copy, Default)]
    pub struct TransportDefaults {
        /// How long it may take to connect.
        pub connect_timeout: Option<Duration>,
        /// Whether the environment says by which proxies.
        pub proxy_from_env: bool,
    }

    /// What the loop must know of a mode. There are no other modes.
    pub trait Sealed {
        /// What keeps time here and now.
        fn timer() -> Timer;

        /// What carries requests, unless the user gives something else.
        fn default_transport(defaults: TransportDefaults) -> Result<Arc<dyn Transport>, BuildError>;
    }
}

pub(super) use private::{Sealed, TransportDefaults};

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
        let transport = crate::transport::HyperTransport::builder();
        let transport = match defaults.connect_timeout {
            Some(limit) => transport.connect_timeout(limit),
            None => transport,
        };
        let transport = if defaults.proxy_from_env { transport.proxy(Proxy::from_env()) } else { transport };
        let transport = transport.build().map_err(|error| BuildError::Transport(error.to_string()))?;
        Ok(Arc::new(transport))
    }

    #[cfg(not(feature = "async"))]
    fn default_transport(_: TransportDefaults) -> Result<Arc<dyn Transport>, BuildError> {
        Err(BuildError::Transport("switch on the feature `async`, or give a `transport`".to_owned()))
    }
}

#[cfg(feature = "blocking")]
impl Sealed for Blocking {
    fn timer() -> Timer {
        Timer::Thread
    }

    fn default_transport(defaults: TransportDefaults) -> Result<Arc<dyn Transport>, BuildError> {
        let transport = crate::transport::UreqTransport::builder();
        let transport = match defaults.connect_timeout {
            Some(limit) => transport.connect_timeout(limit),
            None => transport,
        };
        let transport = if defaults.proxy_from_env { transport.proxy(Proxy::from_env()) } else { transport };
        let transport = transport.build().map_err(|error| BuildError::Transport(error.to_string()))?;
        Ok(Arc::new(transport))
    }
}
