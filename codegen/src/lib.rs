//! Generates Rust client crates from Smithy JSON AST models.
//!
//! [`generate`] takes the bytes of a model and [`Settings`], and returns files or diagnostics. The library
//! does not access the file system, environment, clock or network. Its output is deterministic.

pub mod ast;
pub mod diagnostic;
mod docs;
mod emit;
mod format;
pub mod model;
pub mod plan;
mod shape_id;

pub use diagnostic::{Diagnostic, Diagnostics, Span};
pub use format::Files;

/// Settings of a generated crate that are not part of the model.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The service to generate, as a shape id or name. Required if the model has several services.
    pub service: Option<String>,
    /// The protocol of the client, as a trait id or name. Default: the preferred one of the protocols that
    /// the service supports.
    pub protocol: Option<String>,
    /// The crate name. Default: derived from the service name.
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

/// A generated crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The files, by path in the crate.
    pub files: Files,
    /// The number of generated shapes, including the service and its operations.
    pub shapes: usize,
    /// The number of operations of the client.
    pub operations: usize,
    /// The shape id of the protocol trait that the client implements.
    pub protocol: &'static str,
    /// The protocol tests of the crate.
    pub protocol_tests: Vec<plan::ProtocolTest>,
    /// The skipped parts of the model with the reason, one line each.
    pub skipped: Vec<String>,
}

/// Lists the services of a model and its protocol tests for clients, even if no client can be generated.
///
/// # Errors
/// Returns an error if the model is structurally invalid, or a protocol test trait has an invalid value.
pub fn survey(source: &[u8]) -> Result<model::Survey, Diagnostics> {
    model::survey(&ast::parse(ast::decode_utf8(source)?)?)
}

/// Generates a client crate from the bytes of a JSON AST model.
///
/// # Errors
/// Returns all errors in the model, in source order.
pub fn generate(source: &[u8], settings: &Settings) -> Result<Generated, Diagnostics> {
    let text = ast::decode_utf8(source)?;
    let ast = ast::parse(text)?;
    let selection =
        model::Selection { service: settings.service.as_deref(), protocol: settings.protocol.as_deref() };
    let (model, mut diagnostics) = model::resolve(&ast, selection)?;
    plan::check_names(&model, &mut diagnostics);
    let model = diagnostics.into_result(model)?;
    let plan = plan::plan(&model, settings);
    let files = format::files(&plan, emit::emit(&plan))?;
    Ok(Generated {
        files,
        shapes: 1 + model.operations.len() + model.shapes.len(),
        operations: plan.operations.len(),
        protocol: model.service.protocol.trait_id(),
        protocol_tests: plan.protocol_tests,
        skipped: model.skipped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            service: None,
            protocol: None,
            crate_name: None,
            runtime: Runtime::Version("0.1".to_owned()),
            command: "cargo xtask codegen".to_owned(),
        }
    }

    #[test]
    fn reports_name_collisions_together_with_other_errors() {
        let model = r##"{"smithy": "2.0", "shapes": {
            "a#S": {"type": "service", "operations": [{"target": "a#Op"}], "traits": {"aws.protocols#restJson1": {}}},
            "a#Op": {"type": "operation", "input": {"target": "a#In"},
                "traits": {"smithy.api#http": {"method": "POST", "uri": "/"}}},
            "a#In": {"type": "structure", "members": {
                "fooBar": {"target": "smithy.api#String"},
                "foo_bar": {"target": "smithy.api#String"},
                "x": {"target": "a#Gone"},
                "y": {"target": "a#Foo_Bar"},
                "z": {"target": "a#FooBar"}}},
            "a#Foo_Bar": {"type": "structure"},
            "a#FooBar": {"type": "structure"}}}"##;
        let diagnostics = generate(model.as_bytes(), &settings()).unwrap_err();
        let messages: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "`a#In$fooBar` and `a#In$foo_bar` have the same Rust field name `foo_bar`",
                "shape `a#Gone` does not exist",
                "`a#FooBar` and `a#Foo_Bar` have the same Rust type name `FooBar`",
            ]
        );
    }

    #[test]
    fn formats_endpoint_rules_of_maximum_depth() {
        let expression =
            (0..16).fold("true".to_owned(), |inner, _| format!(r#"{{"fn": "not", "argv": [{inner}]}}"#));
        let property = (0..31).fold("1".to_owned(), |inner, _| format!("[{inner}]"));
        let rule = format!(
            r#"{{"type": "endpoint", "conditions": [{expression}],
                "endpoint": {{"url": "u", "properties": {{"p": {property}}}}}}}"#
        );
        let rules = (0..31).fold(rule, |inner, _| format!(r#"{{"type": "tree", "rules": [{inner}]}}"#));
        let model = format!(
            r##"{{"smithy": "2.0", "shapes": {{"a#S": {{"type": "service", "traits": {{"aws.protocols#restJson1": {{}},
                "smithy.rules#endpointRuleSet": {{"parameters": {{}}, "rules": [{rules}]}}}}}}}}}}"##
        );
        let generated = generate(model.as_bytes(), &settings()).unwrap();
        assert!(generated.files["src/endpoint.rs"].contains("const TREE_32: "));
    }

    #[test]
    fn reports_colliding_builder_methods() {
        let model = r##"{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "traits": {
            "aws.protocols#restJson1": {},
            "smithy.rules#clientContextParams": {"fooBar": {"type": "string"}, "FooBar": {"type": "string"}},
            "smithy.rules#endpointRuleSet": {"rules": [],
                "parameters": {"fooBar": {"type": "string"}, "FooBar": {"type": "string"}}}}}}}"##;
        let diagnostics = generate(model.as_bytes(), &settings()).unwrap_err();
        let messages: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(messages, ["`FooBar` and `fooBar` have the same Rust builder method name `foo_bar`"]);
    }
}
