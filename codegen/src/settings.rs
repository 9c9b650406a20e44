//! Settings of a generated crate.

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
