//! Client crates of real services, generated into `target/bench`.

use super::{Error, Setup, write_file};
use crate::crate_dir;
use farrier_codegen::{Runtime, Settings, Source};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The protocol of services with an unsupported protocol. The size of a crate hardly depends on its protocol.
pub(super) const SUBSTITUTE_PROTOCOL: &str = "aws.protocols#awsJson1_1";

/// A crate to generate.
pub(super) struct Service {
    /// The name of its directory.
    pub(super) name: &'static str,
    /// The model's file.
    model: &'static str,
    /// The protocol that replaces the model's own.
    protocol: Option<&'static str>,
}

/// The crates that the programs of `ours-models` depend on.
pub(super) const SERVICES: [Service; 6] = [
    Service { name: "signin", model: "signin.json", protocol: None },
    Service { name: "sqs", model: "sqs.json", protocol: None },
    Service { name: "dynamodb", model: "dynamodb.json", protocol: None },
    Service { name: "lambda", model: "lambda.json", protocol: None },
    Service { name: "iam", model: "iam.json", protocol: Some(SUBSTITUTE_PROTOCOL) },
    Service { name: "dynamodb-cbor", model: "dynamodb.json", protocol: Some("smithy.protocols#rpcv2Cbor") },
];

impl Service {
    /// Returns true if its protocol is replaced.
    pub(super) fn has_substitute_protocol(&self) -> bool {
        self.protocol.is_some()
    }

    /// Returns the name of the generated package.
    pub(super) fn package(&self) -> String {
        format!("{}-client", self.name)
    }

    /// Returns the directory of the generated crate.
    pub(super) fn dir(&self, setup: &Setup) -> PathBuf {
        setup.scratch().join("generated").join(self.name)
    }
}

/// Generates all crates.
///
/// # Errors
/// Returns [`Error::Missing`] if there are no models.
pub(super) fn generate(setup: &Setup) -> Result<(), Error> {
    let models = setup.models()?;
    SERVICES.iter().try_for_each(|service| generate_one(setup, &models, service))
}

fn generate_one(setup: &Setup, models: &Path, service: &Service) -> Result<(), Error> {
    let path = models.join(service.model);
    let source = read(&path, service.protocol)?;
    let settings = Settings {
        service: None,
        protocol: None,
        crate_name: Some(service.package()),
        runtime: Runtime::Path("../../../../runtime".to_owned()),
        command: "cargo xtask codegen".to_owned(),
    };
    let invalid = "the model has errors, see `cargo xtask codegen --model`";
    let invalid = |_| Error::Read { path, source: std::io::Error::other(invalid) };
    let generated =
        farrier_codegen::generate(&[Source::new(service.model, source)], &settings).map_err(invalid)?;
    let dir = service.dir(setup);
    let comparison = crate_dir::compare(&dir, &generated.files)?;
    Ok(crate_dir::write(&dir, &comparison)?)
}

/// Writes a copy of a model with [`SUBSTITUTE_PROTOCOL`] and returns its path.
///
/// # Errors
/// Returns an error if the model cannot be read or the copy cannot be written.
pub(super) fn with_substitute_protocol(setup: &Setup, model: &Path) -> Result<PathBuf, Error> {
    let copy = setup.scratch().join("substitute-protocol").join(model.file_name().unwrap_or_default());
    write_file(&copy, &read(model, Some(SUBSTITUTE_PROTOCOL))?)?;
    Ok(copy)
}

/// Reads a model and replaces the protocol of its services if one is given.
fn read(path: &Path, protocol: Option<&str>) -> Result<String, Error> {
    let read_error = |source| Error::Read { path: path.to_owned(), source };
    let source = std::fs::read_to_string(path).map_err(read_error)?;
    match protocol {
        Some(protocol) => replace_protocol(&source, protocol).map_err(|error| read_error(error.into())),
        None => Ok(source),
    }
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
