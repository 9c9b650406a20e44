//! Settings of a generated client.

use std::collections::BTreeMap;

/// The version of `farrier-runtime` that generated code needs: `major.minor`.
pub const RUNTIME_VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// Settings of a generated client that are not part of the model.
///
/// ```
/// use farrier_codegen::Settings;
///
/// let settings = Settings { name: Some("city-client".to_owned()), ..Settings::default() };
/// # let _ = settings;
/// ```
#[derive(Clone, Debug)]
pub struct Settings {
    /// The service to generate, as a shape id or name. Required if the model has several services.
    pub service: Option<String>,
    /// The protocol of the client, as a trait id or name. Default: the preferred one of the protocols that
    /// the service supports.
    pub protocol: Option<String>,
    /// The operations of the client, as shape ids or names. Default: all operations of the service.
    pub operations: Option<Vec<String>>,
    /// The name of the package or module. A package: a letter, then letters, digits, `-` and `_`, and not a name that
    /// Rust or the runtime uses. A module: an identifier. Default: derived from the service name.
    pub name: Option<String>,
    /// Names chosen for types, operations and members, by shape id: `example#City` or `example#City$userId`.
    /// Operations are named like types; their methods have the name in snake case. Default: names derived from
    /// the model.
    pub names: BTreeMap<String, String>,
    /// Defaults of nested structures in requests. Default: [`NestedDefaults::Omit`] for services of AWS, else
    /// [`NestedDefaults::Send`].
    pub nested_defaults: Option<NestedDefaults>,
    /// The form of the client. Default: a crate.
    pub layout: Layout,
    /// The command that regenerates the client, for the header of every file. Default: `farrier generate`.
    pub command: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            service: None,
            protocol: None,
            operations: None,
            name: None,
            names: BTreeMap::new(),
            nested_defaults: None,
            layout: Layout::Crate(Package::default()),
            command: "farrier generate".to_owned(),
        }
    }
}

/// The form of a generated client.
#[derive(Clone, Debug)]
pub enum Layout {
    /// A crate.
    Crate(Package),
    /// A module of another crate, in one file, to be included at any place of the crate.
    Module {
        /// True to define `blocking::Client` too, which needs the feature `blocking` of `farrier-runtime`.
        blocking: bool,
    },
}

/// The parts of a crate's manifest that do not follow from the model. Values are TOML, such as `"MIT"` with its quotation
/// marks, or `{ workspace = true }`.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// Keys of the table `[package]` and their values. They replace the generated ones, such as `description`.
    pub fields: Vec<(String, String)>,
    /// The source of the `farrier-runtime` dependency. Default: the version [`RUNTIME_VERSION`].
    pub runtime: Runtime,
    /// Keys of the table `[dev-dependencies]` and their values.
    pub dev_dependencies: Vec<(String, String)>,
}

/// The source of the `farrier-runtime` dependency. Several may be set, as in a manifest.
#[derive(Clone, Debug, Default)]
pub struct Runtime {
    /// A version requirement.
    pub version: Option<String>,
    /// A directory, relative to the crate or absolute, with `/` as the separator.
    pub path: Option<String>,
    /// The URL of a git repository.
    pub git: Option<String>,
    /// The part to use of the git repository: `branch`, `tag` or `rev`, and its value.
    pub git_reference: Option<(&'static str, String)>,
    /// True to inherit the dependency from the workspace.
    pub workspace: bool,
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
