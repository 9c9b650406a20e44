//! Tasks of the current tokio runtime.

use std::time::{Duration, Instant};
use tokio::runtime::Handle;

/// Longer than tasks take to end.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

/// Returns the number of live tasks.
pub(crate) fn count() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// Waits until at most `max` tasks are alive.
pub(crate) async fn wait_until_at_most(max: usize, name: &str) {
    let started = Instant::now();
    while count() > max {
        assert!(started.elapsed() < LONG_TIMEOUT, "{name}: {} tasks are left", count() - max);
        tokio::task::yield_now().await;
    }
}
