//! Generates Rust clients from Smithy JSON AST models, as crates or modules.
//!
//! Programs use it through the crate `farrier`, which reads and writes files. [`generate`] takes the files of a model and [`Settings`], and returns files or diagnostics. The library
//! does not access the file system, environment, clock or network. Its output is deterministic.

mod ast;
mod diagnostic;
mod docs;
mod emit;
pub mod endpoint_rules;
mod format;
mod model;
mod plan;
mod protocols;
mod settings;
mod shape_id;
mod source;
mod text;

pub use diagnostic::{Diagnostic, Diagnostics};
pub use format::Files;
pub use model::{Survey, SurveyedCase};
pub use settings::{Layout, NestedDefaults, Package, RUNTIME_VERSION, Runtime, Settings};
pub use source::{FileId, Source, Span};

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
    pub protocol_tests: Vec<GeneratedTest>,
    /// The skipped parts of the model with the reason, one line each.
    pub skipped: Vec<String>,
}

/// A protocol test of a generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedTest {
    /// The id of the test case.
    pub id: String,
    /// The id of the shape with the test trait.
    pub shape: String,
    /// The name of the test function.
    pub name: String,
}

/// Lists the services of a model and its protocol tests for clients, even if no client can be generated.
///
/// # Errors
/// Returns an error if the model is structurally invalid, or a protocol test trait has an invalid value.
pub fn survey(sources: &[Source]) -> Result<Survey, Diagnostics> {
    let arena = ast::Arena::new();
    model::survey(&ast::load(sources, &arena)?)
}

/// Reads the endpoint rules of all services of a model, even if no client can be generated.
///
/// # Errors
/// Returns an error if the model is structurally invalid, or a test case is. Errors in rules are part of the
/// result.
pub fn endpoint_rules(sources: &[Source]) -> Result<Vec<endpoint_rules::ServiceRules>, Diagnostics> {
    let arena = ast::Arena::new();
    model::service_rules(&ast::load(sources, &arena)?)
}

/// Generates a client crate from the files of a JSON AST model.
///
/// # Errors
/// Returns all errors in the model and the settings, ordered by file and position.
pub fn generate(sources: &[Source], settings: &Settings) -> Result<Generated, Diagnostics> {
    let arena = ast::Arena::new();
    let ast = ast::load(sources, &arena)?;
    let selection = model::Selection {
        service: settings.service.as_deref(),
        protocol: settings.protocol.as_deref(),
        operations: settings.operations.as_deref(),
    };
    let (model, mut diagnostics) = model::resolve(&ast, selection)?;
    plan::check_name(settings, &mut diagnostics);
    plan::check_names(&model, &settings.names, &mut diagnostics);
    plan::check_nesting(&model, &mut diagnostics);
    let model = diagnostics.into_result(model)?;
    let plan = plan::plan(&model, settings);
    let files = format::files(&plan.krate.header, emit::emit(&plan))?;
    let test = |test: &plan::ProtocolTest| GeneratedTest {
        id: test.id.clone(),
        shape: test.shape.clone(),
        name: test.name.clone(),
    };
    Ok(Generated {
        files,
        shapes: 1 + model.operations.len() + model.shapes.len(),
        operations: plan.operations.len(),
        protocol: model.service.protocol.trait_id,
        protocol_tests: plan.protocol_tests.iter().map(test).collect(),
        skipped: model.skipped.iter().map(ToString::to_string).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings::default()
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
        let mut settings = settings();
        for (id, name) in [
            ("a#In$fooBar", "same"),
            ("a#In$foo_bar", "same"),
            ("a#Foo_Bar", "FooBar"),
            ("a#FooBar", "FooBar"),
            ("a#In$w", "w"),
            ("a#In$x", "no name"),
        ] {
            settings.names.insert(id.to_owned(), name.to_owned());
        }
        let diagnostics = generate(&[Source::new("", model)], &settings).unwrap_err();
        let messages: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "invalid chosen name: cannot name `a#In$w`: it is not the id of an operation, or of a structure, union, \
                 enum or one of their members",
                "invalid chosen name `no name` of `a#In$x`: it is not a Rust identifier",
                "`a#In$fooBar` and `a#In$foo_bar` have the same Rust field name `same`",
                "shape `a#Gone` does not exist",
                "`a#FooBar` and `a#Foo_Bar` have the same Rust type name `FooBar`",
            ]
        );
    }

    #[test]
    fn similar_names_do_not_collide_and_later_shapes_rename_nothing() {
        let model = r##"{"smithy": "2.0", "shapes": {
            "a#S": {"type": "service", "operations": [{"target": "a#GetCity"}, {"target": "a#Get_City"}],
                "traits": {"aws.protocols#awsJson1_0": {}}},
            "a#GetCity": {"type": "operation", "input": {"target": "a#In"}, "errors": [{"target": "a#GetCityError"}]},
            "a#Get_City": {"type": "operation", "errors": [{"target": "a#GetCityError"}]},
            "a#GetCityError": {"type": "structure", "traits": {"smithy.api#error": "client"}},
            "a#In": {"type": "structure", "members": {
                "_id": {"target": "smithy.api#String"},
                "id": {"target": "smithy.api#String"},
                "userId": {"target": "smithy.api#String"},
                "user_id": {"target": "smithy.api#String"},
                "unit": {"target": "a#Unit"},
                "y": {"target": "a#Foo_Bar"},
                "z": {"target": "a#FooBar"}}},
            "a#Unit": {"type": "enum", "members": {"Mb": {"target": "smithy.api#Unit"},
                "MB": {"target": "smithy.api#Unit"}, "Unknown": {"target": "smithy.api#Unit"},
                "UnknownValue": {"target": "smithy.api#Unit"}}},
            "a#Foo_Bar": {"type": "structure"},
            "a#FooBar": {"type": "structure"}}}"##;
        let mut settings = settings();
        settings.names.insert("a#In$user_id".to_owned(), "owner".to_owned());
        let files = generate(&[Source::new("", model)], &settings).unwrap().files;
        for (file, text) in [
            ("src/types.rs", "pub _id: Option<String>"),
            ("src/types.rs", "pub id: Option<String>"),
            ("src/types.rs", "pub user_id: Option<String>"),
            ("src/types.rs", "pub owner: Option<String>"),
            ("src/types.rs", "pub struct Foo_Bar"),
            ("src/types.rs", "pub struct FooBar"),
            ("src/types.rs", "pub struct GetCityError"),
            ("src/types.rs", "    Mb2,"),
            ("src/types.rs", "    UnknownValue2,"),
            ("src/error.rs", "pub enum GetCityError {"),
            ("src/error.rs", "pub enum Get_CityError {"),
            ("src/error.rs", "    GetCityError(super::types::GetCityError),"),
            ("src/client.rs", "pub fn get_city("),
            ("src/client.rs", "pub fn get_city_2("),
            ("src/lib.rs", "#![allow(non_camel_case_types"),
        ] {
            assert!(files[file].contains(text), "{text}: {}", files[file]);
        }
    }

    #[test]
    fn docs_and_readme_name_skipped_operations() {
        let model = r##"{"smithy": "2.0", "shapes": {
            "a#S": {"type": "service", "operations": [{"target": "a#Get"}, {"target": "a#Listen"}],
                "traits": {"aws.protocols#awsJson1_0": {}}},
            "a#Get": {"type": "operation"},
            "a#Listen": {"type": "operation", "output": {"target": "a#Out"}},
            "a#Out": {"type": "structure", "members": {"events": {"target": "a#Events"}}},
            "a#Events": {"type": "union", "members": {"x": {"target": "smithy.api#Unit"}},
                "traits": {"smithy.api#streaming": {}}}}}"##;
        let generated = generate(&[Source::new("", model)], &settings()).unwrap();
        let line = "- operation `Listen`: unsupported event stream in its output\n";
        assert!(generated.files["README.md"].contains(line));
        assert!(generated.files["src/lib.rs"].contains(&format!("//! {line}")));
    }

    #[test]
    fn rejects_names_of_other_crates() {
        let model = r##"{"smithy": "2.0", "shapes": {
            "a#S": {"type": "service", "traits": {"aws.protocols#awsJson1_0": {}}}}}"##;
        let settings = Settings { name: Some("std".to_owned()), ..settings() };
        let diagnostics = generate(&[Source::new("", model)], &settings).unwrap_err();
        let message = "error: crate name `std` is the name of a crate of the Rust distribution";
        assert_eq!(diagnostics.to_string(), message);
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
        let generated = generate(&[Source::new("", model)], &settings()).unwrap();
        assert!(generated.files["src/endpoint.rs"].contains("const TREE_32: "));
    }

    #[test]
    fn reports_colliding_builder_methods() {
        let model = r##"{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "traits": {
            "aws.protocols#restJson1": {},
            "smithy.rules#clientContextParams": {"fooBar": {"type": "string"}, "FooBar": {"type": "string"}},
            "smithy.rules#endpointRuleSet": {"rules": [],
                "parameters": {"fooBar": {"type": "string"}, "FooBar": {"type": "string"}}}}}}}"##;
        let diagnostics = generate(&[Source::new("", model)], &settings()).unwrap_err();
        let messages: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(messages, ["`FooBar` and `fooBar` have the same Rust builder method name `foo_bar`"]);
    }
}
