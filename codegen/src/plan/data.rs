//! The plan of a crate: its types, names and operations.

mod shapes;

pub(crate) use shapes::*;

use super::types::RustType;
use super::value::Value;
use crate::Layout;
use std::collections::BTreeSet;

/// The plan of a generated crate.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Package-level data.
    pub(crate) krate: Crate,
    /// The static description of the service.
    pub(crate) service: Service,
    /// Structures, sorted by name.
    pub(crate) structures: Vec<Structure>,
    /// Unions, sorted by name.
    pub(crate) unions: Vec<Union>,
    /// Enums, sorted by name.
    pub(crate) enums: Vec<Enum<String>>,
    /// intEnums, sorted by name.
    pub(crate) int_enums: Vec<Enum<i32>>,
    /// Schemas of lists and maps, sorted by name.
    pub(crate) collections: Vec<Static>,
    /// Operations, sorted by name.
    pub(crate) operations: Vec<Operation>,
    /// True if an operation sets endpoint parameters.
    pub(crate) has_context_params: bool,
    /// Endpoint rules, if the model has any.
    pub(crate) endpoints: Option<Endpoints>,
    /// The endpoint tests of the model, if it has any.
    pub(crate) endpoint_tests: Option<EndpointTests>,
    /// Endpoint parameters that are set on the client's builder, sorted by name.
    pub(crate) client_params: Vec<ClientParam>,
    /// Protocol tests of the model.
    pub(crate) protocol_tests: Vec<ProtocolTest>,
    /// Names of generated types that shadow a type of the standard prelude or the runtime.
    pub(crate) shadows: BTreeSet<String>,
}

/// Data of the manifest, the README and the documentation of the crate or module.
#[derive(Clone, Debug)]
pub(crate) struct Crate {
    /// The name of the package or module.
    pub(crate) name: String,
    /// The form of the client.
    pub(crate) layout: Layout,
    /// The description in the manifest, one line.
    pub(crate) description: String,
    /// The documentation of the service, in Markdown; may be empty.
    pub(crate) docs: String,
    /// The service's title, in Markdown.
    pub(crate) title: String,
    /// The runtime features that the crate always enables.
    pub(crate) required_features: Vec<&'static str>,
    /// The Cargo features of the crate, and whether each is a default feature. Each enables the runtime
    /// feature of the same name.
    pub(crate) optional_features: Vec<(&'static str, bool)>,
    /// The minimum supported Rust version.
    pub(crate) rust_version: &'static str,
    /// The runtime features that the tests of the crate need; empty if it has no tests.
    pub(crate) test_features: Vec<&'static str>,
    /// The `recursion_limit` of the crate, if the default does not suffice.
    pub(crate) recursion_limit: Option<usize>,
    /// True if a type's name contains an underscore, as its shape's does.
    pub(crate) has_underscored_types: bool,
    /// True if a type is nested so deeply that clippy finds it complex.
    pub(crate) has_complex_types: bool,
    /// The header line of generated files, with the command that regenerates the crate.
    pub(crate) header: String,
    /// An example call for the documentation, if one fits in a few lines.
    pub(crate) example: Option<Example>,
    /// The skipped parts of the service with the reason, in Markdown.
    pub(crate) skipped: Vec<String>,
}

/// The static description of the service, which the client refers to.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// The names of `farrier_runtime::service` that the value needs.
    pub(crate) imports: Vec<&'static str>,
    /// The value.
    pub(crate) schema: Value,
    /// The names of the traits in `farrier_runtime::service::supports` that the service implements, sorted.
    pub(crate) supports: BTreeSet<&'static str>,
}

impl Service {
    /// Returns true if the service has AWS regions or signatures.
    pub(crate) fn is_aws(&self) -> bool {
        self.supports.contains("Aws")
    }
}

/// An example call of an operation, as Rust source.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// The modules, relative to the crate, and names to import, sorted.
    pub(crate) imports: Vec<(&'static str, String)>,
    /// The call of the builder method that sets the endpoint, after a `.`.
    pub(crate) endpoint: &'static str,
    /// The authentication of the call.
    pub(crate) identity: Option<ExampleIdentity>,
    /// The name of the method.
    pub(crate) method: String,
    /// Its argument; empty if it has none.
    pub(crate) argument: String,
    /// The type name of the operation.
    pub(crate) operation: String,
    /// The name of the output type, if it has one.
    pub(crate) output: Option<String>,
    /// The error enum and one of its variants, if the operation declares errors.
    pub(crate) error: Option<(String, String)>,
    /// An output to return from a mock with the modules and names to import. `None` if it does not fit on a line.
    pub(crate) mock_output: Option<(BTreeSet<(&'static str, String)>, String)>,
}

/// The authentication of an example call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExampleIdentity {
    /// AWS credentials.
    Credentials,
    /// A bearer token.
    Token,
    /// An API key.
    ApiKey,
    /// A user name and password.
    Basic,
}

/// An operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The type name.
    pub(crate) name: String,
    /// The name of the client's method.
    pub(crate) method: String,
    /// Its documentation, in Markdown.
    pub(crate) docs: String,
    /// The deprecation, if any.
    pub(crate) deprecated: Option<Deprecation>,
    /// The input type.
    pub(crate) input: RustType,
    /// The output type.
    pub(crate) output: RustType,
    /// The declared errors, if any.
    pub(crate) errors: Option<OperationErrors>,
    /// Its schema.
    pub(crate) schema: Value,
}

/// An endpoint parameter that is set on the client's builder.
#[derive(Clone, Debug)]
pub(crate) struct ClientParam {
    /// The name in the endpoint rules.
    pub(crate) name: String,
    /// The name of the builder's method.
    pub(crate) method: String,
    /// Its documentation, in Markdown.
    pub(crate) docs: String,
    /// The argument of the method.
    pub(crate) argument: Item,
}

/// The error enum of an operation.
#[derive(Clone, Debug)]
pub(crate) struct OperationErrors {
    /// The type name.
    pub(crate) name: String,
    /// The type name of each error structure.
    pub(crate) variants: Vec<String>,
}

/// The endpoint rules of the service.
#[derive(Clone, Debug)]
pub(crate) struct Endpoints {
    /// The documentation of the rules: the names of the numbered slots.
    pub(crate) docs: String,
    /// The rules.
    pub(crate) rules: Value,
    /// The names and rules of the constants that the rules refer to.
    pub(crate) trees: Vec<(String, Value)>,
}

/// The endpoint tests of the model.
#[derive(Clone, Debug)]
pub(crate) struct EndpointTests {
    /// The type name of an operation of the service.
    pub(crate) operation: String,
    /// The test cases, a JSON array.
    pub(crate) cases: Value,
}

/// A protocol test.
#[derive(Clone, Debug)]
pub(crate) struct ProtocolTest {
    /// The name of the test function.
    pub(crate) name: String,
    /// Its documentation, in Markdown; may be empty.
    pub(crate) docs: String,
    /// The type name of the operation.
    pub(crate) operation: String,
    /// The id of the case in the model.
    pub(crate) id: String,
    /// The id of the shape with the test trait: the operation or an error.
    pub(crate) shape: String,
    /// The message that the case tests.
    pub(crate) message: Message,
    /// The members of the case that do not have the default value.
    pub(crate) members: Vec<(&'static str, Value)>,
}

/// A kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// A request.
    Request,
    /// A response.
    Response,
}
