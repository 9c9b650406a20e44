//! The crates to generate from a set of models.

use super::Error;
use crate::{checkout, workspace};
use farrier::commands::local_runtime;
use farrier::config::{Input, Job};
use farrier::report;
use farrier_codegen::{Layout, Package, Settings, Source};
use std::path::{Path, PathBuf};

/// The command in the headers of generated files.
const COMMAND: &str = "cargo xtask test-models";

/// A crate for each service and protocol of the models.
pub(super) struct Jobs {
    out: PathBuf,
    pub(super) list: Vec<Job>,
    /// The number of models with structural errors, which have been printed.
    pub(super) failed: usize,
}

impl Jobs {
    /// Creates an empty set for crates in the workspace `out`.
    pub(super) fn new(out: &Path) -> Self {
        Self { out: out.to_owned(), list: Vec::new(), failed: 0 }
    }

    /// Adds the crates of a model. Prints its errors, and the services that have no supported protocol.
    pub(super) fn add(&mut self, model: &Path) -> Result<(), Error> {
        let bytes = std::fs::read(model).map_err(|source| Error::Read { path: model.to_owned(), source })?;
        let sources = [Source::new(model.display().to_string(), bytes)];
        let survey = match farrier_codegen::survey(&sources) {
            Ok(survey) => survey,
            Err(diagnostics) => {
                eprintln!("{}", report::render(&diagnostics, &sources, report::Style::of_stderr()));
                self.failed += 1;
                return Ok(());
            }
        };
        let several = survey.services.len() > 1 || survey.services.iter().any(|(_, list)| list.len() > 1);
        for (service, protocols) in survey.services {
            if protocols.is_empty() {
                println!("skipped: `{service}` has no supported protocol");
            }
            for protocol in protocols {
                let mut name =
                    format!("model-{}", kebab(&model.file_stem().unwrap_or_default().to_string_lossy()));
                if several {
                    name = format!("{name}-{}", kebab(protocol.rsplit('#').next().unwrap_or(protocol)));
                }
                self.push(model, &service, protocol, name);
            }
        }
        Ok(())
    }

    /// Adds a crate. A name that is taken gets a number.
    fn push(&mut self, model: &Path, service: &str, protocol: &str, name: String) {
        let taken = |name: &str| self.list.iter().any(|job| job.settings.name.as_deref() == Some(name));
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let Some(name) = std::iter::once(name.clone()).chain(numbered).find(|name| !taken(name)) else {
            return;
        };
        let out = workspace::crate_dir(&self.out, &name);
        // A crate without a path to the runtime has its version.
        let runtime = local_runtime(&out, &checkout::root().join("runtime")).unwrap_or_default();
        let settings = Settings {
            service: Some(service.to_owned()),
            protocol: Some(protocol.to_owned()),
            name: Some(name),
            layout: Layout::Crate(Package { runtime, ..Package::default() }),
            command: COMMAND.to_owned(),
            ..Settings::default()
        };
        let input = Input::Files(vec![model.to_owned()]);
        self.list.push(Job { input, out, settings, fix_command: COMMAND.to_owned() });
    }
}

/// Converts a name to lower case, with `-` for all characters that a package name cannot contain.
fn kebab(name: &str) -> String {
    name.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the crates of a model with these shapes.
    fn names(file: &str, shapes: &str) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        let model = dir.path().join(file);
        std::fs::write(&model, format!(r#"{{"smithy": "2.0", "shapes": {{{shapes}}}}}"#)).unwrap();
        let mut jobs = Jobs::new(Path::new("out"));
        jobs.add(&model).unwrap();
        assert_eq!(jobs.failed, 0);
        jobs.list.into_iter().filter_map(|job| job.settings.name).collect()
    }

    fn service(name: &str, protocols: &[&str]) -> String {
        let traits: Vec<_> = protocols.iter().map(|protocol| format!(r#""{protocol}": {{}}"#)).collect();
        format!(r#""a#{name}": {{"type": "service", "traits": {{{}}}}}"#, traits.join(", "))
    }

    #[test]
    fn crate_of_the_only_service_and_protocol_is_named_like_the_file() {
        let protocols = ["aws.protocols#restJson1", "aws.protocols#ec2Query"];
        assert_eq!(names("My.Model.json", &service("S", &protocols)), ["model-my-model"]);
    }

    #[test]
    fn each_protocol_and_service_has_a_crate() {
        let (rest, rpc) = ("aws.protocols#restJson1", "smithy.protocols#rpcv2Cbor");
        assert_eq!(names("m.json", &service("S", &[rest, rpc])), ["model-m-rpcv2cbor", "model-m-restjson1"]);
        let two = format!("{}, {}", service("S", &[rest]), service("T", &[rest]));
        assert_eq!(names("m.json", &two), ["model-m-restjson1", "model-m-restjson1-2"]);
    }

    #[test]
    fn services_without_a_supported_protocol_have_no_crate() {
        assert_eq!(names("m.json", &service("S", &["aws.protocols#ec2Query"])), [""; 0]);
    }

    #[test]
    fn invalid_models_are_counted() {
        let dir = tempfile::tempdir().unwrap();
        let model = dir.path().join("m.json");
        std::fs::write(&model, "{").unwrap();
        let mut jobs = Jobs::new(Path::new("out"));
        jobs.add(&model).unwrap();
        assert_eq!((jobs.failed, jobs.list.len()), (1, 0));
    }
}
