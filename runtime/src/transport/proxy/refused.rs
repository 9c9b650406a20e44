//! Proxies that refuse a tunnel.

use http::StatusCode;
use std::fmt;

/// The error of a proxy that responded to `CONNECT` with another status than 200.
#[derive(Debug)]
pub(in crate::transport) struct TunnelRefused(pub(in crate::transport) StatusCode);

impl TunnelRefused {
    /// Returns true if a retry would fail in the same way.
    pub(in crate::transport) fn is_permanent(&self) -> bool {
        matches!(self.0, StatusCode::FORBIDDEN | StatusCode::PROXY_AUTHENTICATION_REQUIRED)
    }
}

impl fmt::Display for TunnelRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the proxy responded with status {}", self.0.as_u16())?;
        match self.0 {
            StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
                f.write_str(": check the user name and password in its URL")
            }
            StatusCode::FORBIDDEN => f.write_str(": it does not allow this connection"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for TunnelRefused {}
