//! Paths into the input of an operation.

/// A step of a path into the input of an operation: the subset of
/// [JMESPath](https://jmespath.org/specification.html) that the
/// [`operationContextParams`](https://smithy.io/2.0/additional-specs/rules-engine/parameters.html#smithy-rules-operationcontextparams-trait)
/// trait supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// A member of a structure: `name`.
    Field(&'static str),
    /// A projection of the items of a list: `[*]`. The steps that follow apply to each item. Absent results
    /// are omitted.
    Items,
    /// A projection of the values of a map: `*`.
    Values,
    /// A flattening projection of a list: `[]`. It ends the previous projection, replaces nested lists by
    /// their items, and starts a projection of the result.
    Flatten,
    /// A multi-select list: `[a, b]`. Absent results are omitted.
    Select(&'static [&'static [PathStep]]),
    /// The keys of a map: `keys(name)`.
    Keys,
}
