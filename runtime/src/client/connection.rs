//! The connection of a failed attempt.

use crate::error::{Failure, Reason};
use crate::transport::PooledConnection;

/// Prevents that the connection of a transient failure is used again: its host may be the only one that fails.
/// Throttling concerns the caller, not a host.
pub(super) fn release(failure: &mut Failure) {
    let reason = failure.retry_reason();
    let extensions = failure.response.as_mut().map(|response| response.extensions_mut());
    let connection = extensions.and_then(|extensions| extensions.remove::<PooledConnection>());
    if let Some(connection) = connection.filter(|_| reason == Some(Reason::Transient)) {
        connection.do_not_reuse();
    }
}
