//! Unknown values of enums.

use std::fmt;

/// A value of an [enum](https://smithy.io/2.0/spec/simple-types.html#enum) that the service sent and this client does
/// not know. It is serialized as it was received.
///
/// Only the conversion from text creates one: a value that a later version of the client knows is never unknown there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(String);

impl UnknownValue {
    pub(crate) fn new(value: String) -> Self {
        Self(value)
    }

    /// Returns the value as sent on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A value of an [intEnum](https://smithy.io/2.0/spec/simple-types.html#intenum) that the service sent and this client
/// does not know. It is serialized as it was received.
///
/// Only the conversion from an integer creates one: a value that a later version of the client knows is never unknown
/// there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownInt(i32);

impl UnknownInt {
    pub(crate) fn new(value: i32) -> Self {
        Self(value)
    }

    /// Returns the value as sent on the wire.
    pub fn value(&self) -> i32 {
        self.0
    }
}

impl fmt::Debug for UnknownInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for UnknownInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
