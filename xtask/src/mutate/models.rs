//! The models to change.

use super::Error;
use super::json::Json;
use farrier::model_files;
use farrier_codegen::Source;
use std::path::{Path, PathBuf};

/// A model, and what is known about it.
pub(super) struct Model {
    /// Its path, for messages.
    pub(super) name: String,
    pub(super) json: Json,
    /// The service and protocol of each client that it has.
    pub(super) clients: Vec<(String, &'static str)>,
    /// The ids of its shapes.
    pub(super) ids: Vec<String>,
    /// The traits in it, with their values.
    pub(super) traits: Vec<(String, Json)>,
}

/// Loads all JSON AST models below the directories that have a client. Other JSON files are ignored.
pub(super) fn load(root: &Path, dirs: &[PathBuf]) -> Result<Vec<Model>, Error> {
    let mut models = Vec::new();
    for dir in dirs {
        let files = model_files::below(root, dir).unwrap_or_default();
        for path in files {
            let bytes = std::fs::read(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
            models.extend(model(model_files::relative(root, &path), bytes));
        }
    }
    if models.is_empty() {
        let dirs: Vec<_> = dirs.iter().map(|dir| format!("`{}`", dir.display())).collect();
        return Err(Error::NoModels(dirs.join(", ")));
    }
    Ok(models)
}

fn model(name: String, bytes: Vec<u8>) -> Option<Model> {
    let json: Json = serde_json::from_slice::<serde_json::Value>(&bytes).ok()?.into();
    let survey = farrier_codegen::survey(&[Source::new(name.clone(), bytes)]).ok()?;
    let clients = survey.services.into_iter().flat_map(|(service, protocols)| {
        protocols.into_iter().map(move |protocol| (service.clone(), protocol)).collect::<Vec<_>>()
    });
    let clients: Vec<_> = clients.collect();
    if clients.is_empty() {
        return None;
    }
    let shapes = json.get("shapes").map(Json::entries).unwrap_or_default();
    let ids = shapes.iter().map(|(id, _)| id.clone()).collect();
    let mut traits = Vec::new();
    for (_, shape) in shapes {
        let members = shape.get("members").map(Json::entries).unwrap_or_default();
        let named = members.iter().map(|(_, member)| member);
        let fixed = ["member", "key", "value"].into_iter().filter_map(|key| shape.get(key));
        for owner in [shape].into_iter().chain(named).chain(fixed) {
            traits.extend(owner.get("traits").map(Json::entries).unwrap_or_default().iter().cloned());
        }
    }
    Some(Model { name, json, clients, ids, traits })
}
