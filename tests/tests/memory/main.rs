//! Memory of the process: with malicious responses, and with many concurrent calls.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a panic fails the test")]

mod bodies;
mod hostile;
mod soak;

use peak_alloc::PeakAlloc;
use std::sync::{Mutex, MutexGuard, PoisonError};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Returns a lock that each test holds, because the allocator counts the memory of the whole process.
fn lock() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}
