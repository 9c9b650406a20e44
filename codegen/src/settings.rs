//! Settings of a generated crate.

use std::collections::BTreeMap;

/// Settings of a generated crate that are not part of the model.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The service to generate, as a shape id or name. Required if the model has several services.
    pub service: Option<String>,
    /// The protocol of the client, as a trait id or name. Default: the preferred one of the protocols that
    /// the service supports.
    pub protocol: Option<String>,
    /// The package name: a letter, then letters, digits, `-` and `_`, and not a name that Rust or the runtime uses.
    /// Default: derived from the service name.
    pub crate_name: Option<String>,
    /// Names chosen for types, operations and members, by shape id: `example#City` or `example#City$userId`.
    /// Operations are named like types; their methods have the name in snake case. Default: names derived from
    /// the model.
    pub names: BTreeMap<String, String>,
    /// Defaults of nested structures in requests. Default: [`NestedDefaults::Omit`] for services of AWS, else
    /// [`NestedDefaults::Send`].
    pub nested_defaults: Option<NestedDefaults>,
    /// The source of the `farrier-runtime` dependency.
    pub runtime: Runtime,
    /// The command that regenerates the crate, for the header of every file.
    pub command: String,
}

/// The source of the `farrier-runtime` dependency.
#[derive(Clone, Debug)]
pub enum Runtime {
    /// A directory, relative to the crate or absolute, with `/` as the separator.
    Path(String),
    /// A published version.
    Version(String),
}

/// The handling of [default values](https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait) of members of
/// structures within the input of an operation. Defaults of the input itself are always left to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NestedDefaults {
    /// A member that was not set is sent with its default, as Smithy specifies.
    Send,
    /// A member that was not set is omitted: its field is an `Option`.
    Omit,
}
