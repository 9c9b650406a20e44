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
    /// The crate's name; made from the service's name unless given.
    pub crate_name: Option<String>,
    /// The value of the `farrier-runtime` dependency in the crate's `Cargo.toml`, as TOML.
    pub runtime_dependency: String,
    /// The command that generates this crate again. It stands in the header of every file.
    pub command: String,
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
    /// What of the model was left out and why, a line each.
    pub left_out: Vec<String>,
}

/// Generates a client crate from the bytes of a JSON AST model.
///
/// # Errors
/// Every mistake in the model, in the order of its text.
pub fn generate(source: &[u8], settings: &Settings) -> Result<Generated, Diagnostics> {
    let text = ast::text(source)?;
    let ast = ast::parse(text)?;
    let model = model::resolve(&ast, settings.service.as_deref())?;
    let plan = plan::plan(&model, settings)?;
    let files = format::files(&plan, emit::emit(&plan))?;
    Ok(Generated {
        files,
        shapes: 1 + model.operations.len() + model.shapes.len(),
        operations: plan.operations.len(),
        left_out: model.left_out,
    })
}
