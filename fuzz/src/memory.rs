//! The memory limit for reading a response.

use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Bytes of memory per byte of a response.
///
/// In the worst case, three bytes of JSON or one byte of CBOR are an item in a list of structures without
/// members. It takes the size of the structure, and three times as much while a vector grows.
const PER_BYTE: usize = 512;

/// Bytes of memory for a response of any size.
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
    let limit = PER_BYTE * response_len + BASE;
    assert!(used <= limit, "reading {response_len} bytes used {used} bytes of memory, limit {limit}");
    value
}
