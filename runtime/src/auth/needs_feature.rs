//! The error message of `.credentials(…)` without the feature `sigv4`.

/// Implemented for no type: a call of a method with such an argument does not compile.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`credentials` needs the feature `sigv4`",
    label = "the feature `sigv4` is not enabled",
    note = "add it to the dependency in Cargo.toml: `features = [\"sigv4\"]`"
)]
pub trait NeedsFeatureSigV4 {}
