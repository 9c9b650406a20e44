//! The memory limit for reading a response.

use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Bytes of memory per byte of a response.
const PER_BYTE: usize = 16;

/// Bytes of memory that the values in a response of any size may take.
const MIN_PARSED: usize = 16 << 20;

/// Bytes of memory besides the values.
const BASE: usize = 64 << 10;

/// Reads a response of `response_len` bytes.
///
/// # Panics
/// Panics if reading uses more memory than the limit.
pub(crate) fn bounded<T>(response_len: usize, read: impl FnOnce() -> T) -> T {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let value = read();
    let used = ALLOCATOR.peak_usage().saturating_sub(before);
    let limit = (PER_BYTE * response_len).max(MIN_PARSED) + BASE;
    assert!(used <= limit, "reading {response_len} bytes used {used} bytes of memory, limit {limit}");
    value
}
