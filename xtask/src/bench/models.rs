//! Crates of real services, generated from the models beside the checkout into `target/bench`.

use super::{Error, Place};
use crate::crate_dir;
use farrier_codegen::{Runtime, Settings};
use serde_json::Value;
use std::path::{Path, PathBuf};

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
    // awsQuery is not supported yet; the crate's size hardly depends on its protocol.
    Service { name: "iam", model: "iam.json", protocol: Some("aws.protocols#awsJson1_1") },
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
    pub(super) fn dir(&self, place: &Place) -> PathBuf {
        place.scratch().join("generated").join(self.name)
    }
}

/// Generates all of them.
///
/// # Errors
/// [`Error::Missing`] where there are no models.
pub(super) fn generate(place: &Place) -> Result<(), Error> {
    let models = place.models()?;
    SERVICES.iter().try_for_each(|service| generate_one(place, &models, service))
}

fn generate_one(place: &Place, models: &Path, service: &Service) -> Result<(), Error> {
    let path = models.join(service.model);
    let unreadable = |source| Error::Read { path: path.clone(), source };
    let source = std::fs::read(&path).map_err(unreadable)?;
    let source = match service.protocol {
        Some(protocol) => speaking(&source, protocol).map_err(|error| unreadable(error.into()))?,
        None => source,
    };
    let settings = Settings {
        service: None,
        protocol: None,
        crate_name: Some(service.package()),
        runtime: Runtime::Path("../../../../runtime".to_owned()),
        command: "cargo xtask codegen".to_owned(),
    };
    let mistakes =
        |_| unreadable(std::io::Error::other("it has mistakes: see `cargo xtask codegen --model`"));
    let generated = farrier_codegen::generate(&source, &settings).map_err(mistakes)?;
    let dir = service.dir(place);
    let comparison = crate_dir::compare(&dir, &generated.files)?;
    Ok(crate_dir::write(&dir, &comparison)?)
}

/// The model, with its services speaking another protocol.
fn speaking(source: &[u8], protocol: &str) -> Result<Vec<u8>, serde_json::Error> {
    let mut model: Value = serde_json::from_slice(source)?;
    let shapes = model.get_mut("shapes").and_then(Value::as_object_mut);
    for shape in shapes.into_iter().flat_map(|shapes| shapes.values_mut()) {
        if shape["type"] == "service"
            && let Some(traits) = shape.get_mut("traits").and_then(Value::as_object_mut)
        {
            traits.retain(|id, _| !id.starts_with("aws.protocols#"));
            traits.insert(protocol.to_owned(), serde_json::json!({}));
        }
    }
    serde_json::to_vec(&model)
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
            serde_json::from_slice(&speaking(model.as_bytes(), "aws.protocols#restJson1").unwrap()).unwrap();
        let traits = &model["shapes"]["a#S"]["traits"];
        assert_eq!(*traits, serde_json::json!({"aws.protocols#restJson1": {}, "smithy.api#title": "S"}));
    }
}
