//! The settings of a pool.

use super::super::connector::Connector;
use hyper::client::conn::http2::Builder;
use hyper_util::rt::TokioExecutor;
use std::time::Duration;

/// The settings of a pool.
pub(in crate::transport::hyper) struct Settings {
    pub(in crate::transport::hyper) connector: Connector,
    pub(in crate::transport::hyper) builder: Builder<TokioExecutor>,
    /// Time after which an idle connection is closed.
    pub(in crate::transport::hyper) idle_timeout: Option<Duration>,
    pub(in crate::transport::hyper) max_idle_per_host: usize,
}
