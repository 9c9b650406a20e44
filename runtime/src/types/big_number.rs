//! Numbers of any size.

/// An integer of any size, shape [`bigInteger`](https://smithy.io/2.0/spec/simple-types.html#biginteger).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct BigInteger(String);

/// A decimal of any size, shape [`bigDecimal`](https://smithy.io/2.0/spec/simple-types.html#bigdecimal).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct BigDecimal(String);
