//! Properties of every value of every shape.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "panics fail the test")]

mod arbitrary;
mod codecs;
mod http_bindings;

use bytes::Bytes;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::Config;

/// Bytes to generate a value from; more bytes make a larger value. [`Bytes`] are printed on one line.
fn entropy() -> impl Strategy<Value = Bytes> {
    proptest::collection::vec(any::<u8>(), 0..1024).prop_map(Bytes::from)
}

/// Disables the file of failed cases: a failed test prints its bytes.
fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}
