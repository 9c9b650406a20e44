//! The libFuzzer target of `farrier_fuzz::cbor`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| farrier_fuzz::cbor(data));
