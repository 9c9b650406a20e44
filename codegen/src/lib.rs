//! Generates Rust client crates from Smithy JSON AST models.
//!
//! Model bytes and settings in, files or diagnostics out: this library touches no disk, environment,
//! clock or network, and what it returns is the same on every machine and run.

pub mod ast;
pub mod diagnostic;
mod docs;
mod emit;
mod format;
pub mod model;
pub mod plan;

pub use diagnostic::{Diagnostic, Diagnostics, Span};
pub use format::Files;

/// What the model does not say about the crate to generate.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The service to generate, a shape id or a bare name, where a model holds several.
    pub service: Option<String>,
    /// The protocol to speak, the id of its trait or its name, where the service offers several. The best
    /// one unless given.
    pub protocol: Option<String>,
    /// The crate's name; made from the service's name unless given.
    pub crate_name: Option<String>,
    /// Where the crate finds `farrier-runtime`.
    pub runtime: Runtime,
    /// The command that generates this crate again. It stands in the header of every file.
    pub command: String,
}

/// Where a generated crate finds `farrier-runtime`.
#[derive(Clone, Debug)]
pub enum Runtime {
    /// A folder, relative to the crate or absolute, with `/` between folders.
    Path(String),
    /// A published version.
    Version(String),
}

/// A generated crate.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Its files, by path inside the crate.
    pub files: Files,
    /// How many shapes it was made from, the service and its operations included.
    pub shapes: usize,
    /// How many operations its client offers.
    pub operations: usize,
    /// The shape id of the protocol that its client speaks.
    pub protocol: &'static str,
    /// Its protocol tests.
    pub protocol_tests: Vec<plan::ProtocolTest>,
    /// What of the model was left out and why, a line each.
    pub skipped: Vec<String>,
}

/// Finds the services of a file and the protocol tests that it has for clients, whether or not a client can
/// be generated from it.
///
/// # Errors
/// What is wrong with the file's form or with the traits that hold the tests.
pub fn survey(source: &[u8]) -> Result<model::Survey, Diagnostics> {
    model::survey(&ast::parse(ast::text(source)?)?)
}

/// Generates a client crate from the bytes of a JSON AST model.
///
/// # Errors
/// Every mistake in the model, in the order of its text.
pub fn generate(source: &[u8], settings: &Settings) -> Result<Generated, Diagnostics> {
    let text = ast::text(source)?;
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
    fn names_that_collide_are_told_of_beside_other_mistakes() {
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
                "`a#In$foo_bar` and `a#In$fooBar` are both `foo_bar` among the fields in Rust",
                "shape `a#Gone` does not exist",
                "`a#Foo_Bar` and `a#FooBar` are both `FooBar` among the types in Rust",
            ]
        );
    }

    #[test]
    fn endpoint_rules_that_nest_as_deep_as_they_may_are_laid_out() {
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
    fn methods_of_the_builder_that_collide_are_told_of() {
        let model = r##"{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "traits": {
            "aws.protocols#restJson1": {},
            "smithy.rules#clientContextParams": {"fooBar": {"type": "string"}, "FooBar": {"type": "string"}},
            "smithy.rules#endpointRuleSet": {"rules": [],
                "parameters": {"fooBar": {"type": "string"}, "FooBar": {"type": "string"}}}}}}}"##;
        let diagnostics = generate(model.as_bytes(), &settings()).unwrap_err();
        let messages: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(
            messages,
            ["`fooBar` and `FooBar` are both `foo_bar` among the methods of the client's builder in Rust"]
        );
    }
}
