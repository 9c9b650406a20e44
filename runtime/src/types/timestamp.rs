//! Points in time.

/// A point in time, shape [`timestamp`](https://smithy.io/2.0/spec/simple-types.html#timestamp).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// The [forms of a timestamp](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
pub enum TimestampFormat {
    DateTime,
    HttpDate,
    EpochSeconds,
}
