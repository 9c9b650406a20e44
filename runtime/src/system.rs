//! The clocks and the random number generator of the system.
//!
//! They are used only with the feature `async` or `blocking`. Programs without a client pass the time and idempotency
//! tokens, and may run where the system has neither: on `wasm32-unknown-unknown`, `SystemTime::now`, `Instant::now` and
//! `thread::sleep` panic.
//!
//! Code that only a call reaches, such as that of transports, uses the clocks of the standard library directly.

use std::time::{Duration, Instant, SystemTime};

/// True if the clocks and the random number generator may be used.
pub(crate) const AVAILABLE: bool = cfg!(any(feature = "async", feature = "blocking"));

/// Returns the current time.
pub(crate) fn time() -> Option<SystemTime> {
    AVAILABLE.then(SystemTime::now)
}

/// Returns the current time of the monotonic clock.
pub(crate) fn instant() -> Option<Instant> {
    AVAILABLE.then(Instant::now)
}

/// Blocks the thread, or returns at once without a clock.
pub(crate) fn sleep(duration: Duration) {
    if AVAILABLE {
        std::thread::sleep(duration);
    }
}

/// Returns random bytes, or `None` if the random number generator fails.
#[cfg(any(feature = "async", feature = "blocking"))]
pub(crate) fn random_bytes() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::getrandom(&mut bytes).ok()?;
    Some(bytes)
}

/// Returns `None`.
#[cfg(not(any(feature = "async", feature = "blocking")))]
pub(crate) fn random_bytes() -> Option<[u8; 16]> {
    None
}
