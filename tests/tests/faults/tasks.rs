//! The tasks of a runtime.

use std::time::{Duration, Instant};
use tokio::runtime::Handle;

/// More than tasks need to end.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

/// How many there are.
pub(crate) fn count() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// Waits until there are no more than so many.
pub(crate) async fn end_down_to(before: usize, what: &str) {
    let began = Instant::now();
    while count() > before {
        assert!(began.elapsed() < LONG_TIMEOUT, "{what}: {} tasks are left", count() - before);
        tokio::task::yield_now().await;
    }
}
