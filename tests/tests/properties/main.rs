//! What holds for every value of every shape.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod arbitrary;
mod codecs;
mod http_bindings;

use bytes::Bytes;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::Config;

/// Bytes that a value is made from; more of them make a larger one. As [`Bytes`] they are printed in one
/// line.
fn entropy() -> impl Strategy<Value = Bytes> {
    proptest::collection::vec(any::<u8>(), 0..1024).prop_map(Bytes::from)
}

/// Leaves no file behind where a property does not hold: it prints the bytes.
fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}
