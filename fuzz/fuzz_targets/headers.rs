//! `farrier_fuzz::headers` for libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| farrier_fuzz::headers(data));
