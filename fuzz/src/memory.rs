//! How much memory reading an answer may take.

use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Bytes of memory for each byte of an answer.
///
/// The worst that three bytes of JSON, or one of CBOR, can ask for is one more item in a list of structures
/// without members set. It costs the size of the structure, three times over while a vector grows.
const PER_BYTE: usize = 512;

/// Bytes of memory for an answer however small.
const BASE: usize = 64 << 10;

/// Reads an answer of so many bytes.
///
/// # Panics
/// If reading took more memory than that answer can be worth.
pub(crate) fn bounded<T>(answer_len: usize, read: impl FnOnce() -> T) -> T {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let value = read();
    let taken = ALLOCATOR.peak_usage().saturating_sub(before);
    let bound = PER_BYTE * answer_len + BASE;
    assert!(taken <= bound, "{answer_len} bytes took {taken} bytes of memory, more than {bound}");
    value
}
