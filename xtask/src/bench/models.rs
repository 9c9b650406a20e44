//! Crates of real services, generated from the models beside the checkout into `target/bench`.

use super::{Error, Setup, write_file};
use crate::crate_dir;
use farrier_codegen::{Runtime, Settings};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What services are made to speak whose own protocol is not supported yet: the size of a crate hardly depends
/// on its protocol.
pub(super) const STAND_IN: &str = "aws.protocols#awsJson1_1";

/// A crate to generate.
pub(super) struct Service {
    /// Its folder, below that of all.
    pub(super) name: &'static str,
    /// The model's file.
    model: &'static str,
    /// The protocol that it is made to speak where its own is not what is wanted.
    protocol: Option<&'static str>,
}

/// What the programs of `ours-models` depend on.
pub(super) const SERVICES: [Service; 6] = [
    Service { name: "signin", model: "signin.json", protocol: None },
    Service { name: "sqs", model: "sqs.json", protocol: None },
    Service { name: "dynamodb", model: "dynamodb.json", protocol: None },
    Service { name: "lambda", model: "lambda.json", protocol: None },
    Service { name: "iam", model: "iam.json", protocol: Some(STAND_IN) },
    Service { name: "dynamodb-cbor", model: "dynamodb.json", protocol: Some("smithy.protocols#rpcv2Cbor") },
];

impl Service {
    /// Whether it is made to speak another protocol than its own.
    pub(super) fn is_faked(&self) -> bool {
        self.protocol.is_some()
    }

    /// The name of the generated package.
    pub(super) fn package(&self) -> String {
        format!("{}-client", self.name)
    }

    /// The folder of the generated crate.
    pub(super) fn dir(&self, setup: &Setup) -> PathBuf {
        setup.scratch().join("generated").join(self.name)
    }
}

/// Generates all of them.
///
/// # Errors
/// [`Error::Missing`] where there are no models.
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
    let mistakes = "it has mistakes: see `cargo xtask codegen --model`";
    let mistakes = |_| Error::Read { path, source: std::io::Error::other(mistakes) };
    let generated = farrier_codegen::generate(source.as_bytes(), &settings).map_err(mistakes)?;
    let dir = service.dir(setup);
    let comparison = crate_dir::compare(&dir, &generated.files)?;
    Ok(crate_dir::write(&dir, &comparison)?)
}

/// A copy of a model in which its services speak [`STAND_IN`].
///
/// # Errors
/// When it cannot be read or written.
pub(super) fn with_stand_in(setup: &Setup, model: &Path) -> Result<PathBuf, Error> {
    let copy = setup.scratch().join("stand-in").join(model.file_name().unwrap_or_default());
    write_file(&copy, &read(model, Some(STAND_IN))?)?;
    Ok(copy)
}

/// The text of a model, with its services speaking another protocol if one is given.
fn read(path: &Path, protocol: Option<&str>) -> Result<String, Error> {
    let unreadable = |source| Error::Read { path: path.to_owned(), source };
    let source = std::fs::read_to_string(path).map_err(unreadable)?;
    match protocol {
        Some(protocol) => speaking(&source, protocol).map_err(|error| unreadable(error.into())),
        None => Ok(source),
    }
}

fn speaking(source: &str, protocol: &str) -> Result<String, serde_json::Error> {
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
    fn a_service_is_made_to_speak_another_protocol() {
        let model = r#"{"shapes": {
            "a#S": {"type": "service", "traits": {"aws.protocols#awsQuery": {}, "smithy.api#title": "S"}},
            "a#T": {"type": "string"}}}"#;
        let model: Value =
            serde_json::from_str(&speaking(model, "aws.protocols#restJson1").unwrap()).unwrap();
        let traits = &model["shapes"]["a#S"]["traits"];
        assert_eq!(*traits, serde_json::json!({"aws.protocols#restJson1": {}, "smithy.api#title": "S"}));
    }
}
