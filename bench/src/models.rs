//! Client crates of real services, generated into `target/bench`.

use crate::error::Error;
use crate::files::write_file;
use crate::process::run;
use crate::setup::Setup;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The protocol of services with an unsupported protocol. The size of a crate hardly depends on its protocol.
pub(crate) const SUBSTITUTE_PROTOCOL: &str = "aws.protocols#awsJson1_1";

/// A crate to generate.
pub(crate) struct Service {
    /// The name of its directory.
    pub(crate) name: &'static str,
    /// The model's file.
    model: &'static str,
    /// The protocol that replaces the model's own.
    protocol: Option<&'static str>,
}

/// The crates that the programs of `ours-models` depend on.
pub(crate) const SERVICES: [Service; 6] = [
    Service { name: "signin", model: "signin.json", protocol: None },
    Service { name: "sqs", model: "sqs.json", protocol: None },
    Service { name: "dynamodb", model: "dynamodb.json", protocol: None },
    Service { name: "lambda", model: "lambda.json", protocol: None },
    Service { name: "iam", model: "iam.json", protocol: Some(SUBSTITUTE_PROTOCOL) },
    Service { name: "dynamodb-cbor", model: "dynamodb.json", protocol: Some("smithy.protocols#rpcv2Cbor") },
];

impl Service {
    /// Returns true if its protocol is replaced.
    pub(crate) fn has_substitute_protocol(&self) -> bool {
        self.protocol.is_some()
    }

    /// Returns the name of the generated package.
    pub(crate) fn package(&self) -> String {
        format!("{}-client", self.name)
    }

    /// Returns the directory of the generated crate.
    pub(crate) fn dir(&self, setup: &Setup) -> PathBuf {
        setup.scratch().join("generated").join(self.name)
    }
}

/// Generates all crates.
///
/// # Errors
/// Returns [`Error::Missing`] if there are no models.
pub(crate) fn generate(setup: &Setup) -> Result<(), Error> {
    let models = setup.models()?;
    SERVICES.iter().try_for_each(|service| generate_one(setup, &models, service))
}

fn generate_one(setup: &Setup, models: &Path, service: &Service) -> Result<(), Error> {
    let model = models.join(service.model);
    let model = match service.protocol {
        Some(protocol) => with_protocol(setup, &model, protocol)?,
        None => model,
    };
    let mut command = codegen(setup)?;
    command.arg("--model").arg(model).arg("--out").arg(service.dir(setup));
    run(command.args(["--crate-name", &service.package()])).map(drop)
}

/// Returns a command that runs the generator: this program, whose `codegen` is that of `cargo xtask`.
pub(crate) fn codegen(setup: &Setup) -> Result<Command, Error> {
    let program = std::env::current_exe();
    let program = program.map_err(|source| Error::Run { program: "farrier-bench".into(), source })?;
    let mut command = Command::new(program);
    command.arg("codegen").current_dir(&setup.root);
    Ok(command)
}

/// Writes a copy of a model with [`SUBSTITUTE_PROTOCOL`] and returns its path.
///
/// # Errors
/// Returns an error if the model cannot be read or the copy cannot be written.
pub(crate) fn with_substitute_protocol(setup: &Setup, model: &Path) -> Result<PathBuf, Error> {
    with_protocol(setup, model, SUBSTITUTE_PROTOCOL)
}

/// Writes a copy of a model with another protocol and returns its path.
fn with_protocol(setup: &Setup, model: &Path, protocol: &str) -> Result<PathBuf, Error> {
    let read_error = |source| Error::Read { path: model.to_owned(), source };
    let source = std::fs::read_to_string(model).map_err(read_error)?;
    let text = replace_protocol(&source, protocol).map_err(|error| read_error(error.into()))?;
    let dir = protocol.rsplit('#').next().unwrap_or(protocol);
    let copy = setup.scratch().join("substitute").join(dir).join(model.file_name().unwrap_or_default());
    write_file(&copy, &text)?;
    Ok(copy)
}

fn replace_protocol(source: &str, protocol: &str) -> Result<String, serde_json::Error> {
    let mut model: Value = serde_json::from_str(source)?;
    let shapes = model.get_mut("shapes").and_then(Value::as_object_mut);
    for shape in shapes.into_iter().flat_map(|shapes| shapes.values_mut()) {
        if shape["type"] == "service"
            && let Some(traits) = shape.get_mut("traits").and_then(Value::as_object_mut)
        {
            traits.retain(|id, _| !id.starts_with("aws.protocols#"));
            traits.insert(protocol.to_owned(), serde_json::json!({}));
        }
    }
    serde_json::to_string(&model)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_the_protocol_of_a_service() {
        let model = r#"{"shapes": {
            "a#S": {"type": "service", "traits": {"aws.protocols#awsQuery": {}, "smithy.api#title": "S"}},
            "a#T": {"type": "string"}}}"#;
        let model: Value =
            serde_json::from_str(&replace_protocol(model, "aws.protocols#restJson1").unwrap()).unwrap();
        let traits = &model["shapes"]["a#S"]["traits"];
        assert_eq!(*traits, serde_json::json!({"aws.protocols#restJson1": {}, "smithy.api#title": "S"}));
    }
}
