//! Properties of values of any shape.

pub mod arbitrary;
pub mod codecs;
pub mod mutations;

use bytes::Bytes;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::Config;

/// Returns a strategy for bytes to generate a value from; more bytes make a larger value. [`Bytes`] are printed on one line.
pub fn entropy() -> impl Strategy<Value = Bytes> {
    proptest::collection::vec(any::<u8>(), 0..1024).prop_map(Bytes::from)
}

/// Returns the configuration of a test with this number of cases. It disables the file of failed cases: a failed test prints its bytes.
pub fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}
