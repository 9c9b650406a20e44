//! The plan of a crate: its types, names and operations.

mod shapes;

pub use shapes::*;

use super::types::RustType;
use super::value::Value;
use std::collections::BTreeSet;

/// The plan of a generated crate.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Package-level data.
    pub krate: Crate,
    /// The static description of the service.
    pub service: Service,
    /// Structures that are not errors, sorted by name.
    pub structures: Vec<Structure>,
    /// Error structures, sorted by name.
    pub errors: Vec<Structure>,
    /// Unions, sorted by name.
    pub unions: Vec<Union>,
    /// Enums, sorted by name.
    pub enums: Vec<Enum<String>>,
    /// intEnums, sorted by name.
    pub int_enums: Vec<Enum<i32>>,
    /// Schemas of lists and maps, sorted by name.
    pub collections: Vec<Static>,
    /// Operations, sorted by name.
    pub operations: Vec<Operation>,
    /// True if an operation sets endpoint parameters.
    pub has_context_params: bool,
    /// Endpoint rules, if the model has any.
    pub endpoints: Option<Endpoints>,
    /// The endpoint tests of the model, if it has any.
    pub endpoint_tests: Option<EndpointTests>,
    /// Endpoint parameters that are set on the client's builder, sorted by name.
    pub client_params: Vec<ClientParam>,
    /// Protocol tests of the model.
    pub protocol_tests: Vec<ProtocolTest>,
    /// Names of generated types that shadow a type of the standard prelude or the runtime.
    pub shadows: BTreeSet<String>,
}

/// Data of the manifest, the README and the crate's documentation.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The package name.
    pub name: String,
    /// The description in the manifest, one line.
    pub description: String,
    /// The documentation of the service, in Markdown; may be empty.
    pub docs: String,
    /// The service's title, in Markdown.
    pub title: String,
    /// The source of the dependency on `farrier-runtime`: a key of the manifest and its value.
    pub runtime: (&'static str, String),
    /// The runtime features that the crate always enables.
    pub required_features: Vec<&'static str>,
    /// The Cargo features of the crate, and whether each is a default feature. Each enables the runtime
    /// feature of the same name.
    pub optional_features: Vec<(&'static str, bool)>,
    /// The minimum supported Rust version.
    pub rust_version: &'static str,
    /// The runtime features that the tests of the crate need; empty if it has no tests.
    pub test_features: Vec<&'static str>,
    /// The header line of generated files, with the command that regenerates the crate.
    pub header: String,
    /// An example call for the documentation, if one fits in a few lines.
    pub example: Option<Example>,
}

/// The static description of the service, which the client refers to.
#[derive(Clone, Debug)]
pub struct Service {
    /// The names of `farrier_runtime::service` that the value needs.
    pub imports: Vec<&'static str>,
    /// The value.
    pub schema: Value,
}

/// An example call of an operation, as Rust source.
#[derive(Clone, Debug)]
pub struct Example {
    /// The names to import from module `types`.
    pub imports: Vec<String>,
    /// The builder method that sets the endpoint, with its argument.
    pub endpoint_setter: &'static str,
    /// The call expression, without `.await?`.
    pub call: String,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The type name.
    pub name: String,
    /// The name of the client's method.
    pub method: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if any.
    pub deprecated: Option<Deprecation>,
    /// The input type.
    pub input: RustType,
    /// The output type.
    pub output: RustType,
    /// The declared errors, if any.
    pub errors: Option<OperationErrors>,
    /// Its schema.
    pub schema: Value,
}

/// An endpoint parameter that is set on the client's builder.
#[derive(Clone, Debug)]
pub struct ClientParam {
    /// The name in the endpoint rules.
    pub name: String,
    /// The name of the builder's method.
    pub method: String,
    /// Its documentation, in Markdown.
    pub docs: String,
    /// The argument of the method.
    pub argument: Item,
}

/// The error enum of an operation.
#[derive(Clone, Debug)]
pub struct OperationErrors {
    /// The type name.
    pub name: String,
    /// The type name of each error structure.
    pub variants: Vec<String>,
}

/// The endpoint rules of the service.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// The documentation of the rules: the names of the numbered slots.
    pub docs: String,
    /// The rules.
    pub rules: Value,
    /// The names and rules of the constants that the rules refer to.
    pub trees: Vec<(String, Value)>,
}

/// The endpoint tests of the model.
#[derive(Clone, Debug)]
pub struct EndpointTests {
    /// The type name of an operation of the service.
    pub operation: String,
    /// The test cases, a JSON array.
    pub cases: Value,
}

/// A protocol test.
#[derive(Clone, Debug)]
pub struct ProtocolTest {
    /// The name of the test function.
    pub name: String,
    /// Its documentation, in Markdown; may be empty.
    pub docs: String,
    /// The type name of the operation.
    pub operation: String,
    /// The id of the case in the model.
    pub id: String,
    /// The id of the shape with the test trait: the operation or an error.
    pub shape: String,
    /// The message that the case tests.
    pub message: Message,
    /// The members of the case that do not have the default value.
    pub members: Vec<(&'static str, Value)>,
}

/// A kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// A request.
    Request,
    /// A response.
    Response,
}
