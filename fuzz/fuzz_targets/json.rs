//! The libFuzzer target of `farrier_fuzz::json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| farrier_fuzz::json(data));
