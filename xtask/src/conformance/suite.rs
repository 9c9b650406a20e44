//! The suite: its services, generated, and the cases that each has.

use super::{Error, fixups};
use crate::report;
use farrier_codegen::model::{Survey, SurveyedCase};
use farrier_codegen::{Diagnostics, Files, Generated, Runtime, Settings};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A service of the suite.
#[derive(Default)]
pub(super) struct Service {
    /// The service's shape id; the file's name where it has no service.
    pub(super) id: String,
    /// The crate's name, and its files; `None` when there is no crate.
    pub(super) krate: Option<(String, Files)>,
    /// Cases that the crate tests.
    pub(super) tests: Vec<Test>,
    /// Cases that no crate tests.
    pub(super) skipped: Vec<Skipped>,
    /// Whether its model has mistakes.
    pub(super) is_broken: bool,
}

/// A case that a generated crate tests.
pub(super) struct Test {
    /// The case's id.
    pub(super) id: String,
    /// The shape id of the protocol's trait.
    pub(super) protocol: String,
    /// The name of the test.
    pub(super) name: String,
}

/// A case that no generated crate tests.
pub(super) struct Skipped {
    pub(super) case: SurveyedCase,
    pub(super) reason: String,
}

/// The models in a folder, by name; none when there is no such folder.
pub(super) fn models(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let read_error = |source| Error::Read { path: dir.to_owned(), source };
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(read_error)?,
    };
    let mut models = Vec::new();
    for entry in entries {
        let path = entry.map_err(read_error)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            models.push(path);
        }
    }
    models.sort();
    Ok(models)
}

/// Generates every service of the models, with a dependency on the runtime of this checkout.
pub(super) fn load(root: &Path, models: &[PathBuf]) -> Result<Vec<Service>, Error> {
    let runtime = root.join("runtime");
    let runtime = fs::canonicalize(&runtime).map_err(|source| Error::Read { path: runtime, source })?;
    let runtime = runtime.display().to_string().replace('\\', "/");
    let mut suite = Vec::new();
    for path in models {
        let source = fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        let source = fixups::restore_big_decimals(source);
        let number = suite.len();
        suite.extend(Model { path, source: &source, runtime: &runtime, number }.services());
    }
    Ok(suite)
}

/// Keeps the cases whose id contains a text.
pub(super) fn keep(suite: &mut [Service], text: &str) {
    for service in suite {
        service.tests.retain(|test| test.id.contains(text));
        service.skipped.retain(|skipped| skipped.case.id.contains(text));
    }
}

/// A file of the suite.
struct Model<'a> {
    path: &'a Path,
    source: &'a [u8],
    runtime: &'a str,
    /// How many services came before it.
    number: usize,
}

impl Model<'_> {
    fn services(&self) -> Vec<Service> {
        let survey = match farrier_codegen::survey(self.source) {
            Ok(survey) => survey,
            Err(mistakes) => {
                self.show(&mistakes);
                return vec![Service { id: self.name(), is_broken: true, ..Service::default() }];
            }
        };
        let Survey { services, cases: mut rest } = survey;
        let mut list = Vec::new();
        let offered: BTreeSet<&str> = services.iter().flat_map(|(_, protocols)| protocols.clone()).collect();
        for (id, protocols) in services {
            if protocols.is_empty() {
                let skipped = unsupported(&mut rest);
                list.push(Service { id, skipped, ..Service::default() });
                continue;
            }
            for (index, protocol) in protocols.iter().enumerate() {
                // A crate without a case shows no more than that the model is right: one is enough.
                if index == 0 || rest.iter().any(|case| case.protocol == *protocol) {
                    list.push(self.generate(&id, protocol, list.len(), &mut rest));
                }
            }
        }
        if list.is_empty() {
            list.push(Service { id: self.name(), ..Service::default() });
        }
        if let Some(service) = list.first_mut() {
            service.skipped.extend(skip(rest, |case| match offered.contains(case.protocol.as_str()) {
                true => "no operation of the service has to do with it".to_owned(),
                false => format!("no client can speak `{}` with the service", case.protocol),
            }));
        }
        list
    }

    /// Generates a service for a protocol, and takes its cases out of those of the file.
    fn generate(&self, id: &str, protocol: &str, index: usize, rest: &mut Vec<SurveyedCase>) -> Service {
        let id = id.to_owned();
        let crate_name = self.crate_name(index);
        let settings = Settings {
            service: Some(id.clone()),
            crate_name: Some(crate_name.clone()),
            protocol: Some(protocol.to_owned()),
            runtime: Runtime::Path(self.runtime.to_owned()),
            command: "cargo xtask conformance".to_owned(),
        };
        match farrier_codegen::generate(self.source, &settings) {
            Ok(generated) => {
                let tests = take_tests(&generated, rest);
                let skipped = take_skipped(&generated, rest);
                let krate = Some((crate_name, generated.files));
                Service { id, krate, tests, skipped, is_broken: false }
            }
            Err(mistakes) => {
                self.show(&mistakes);
                let skipped = skip(std::mem::take(rest), |_| "its model has mistakes".to_owned());
                Service { id, skipped, is_broken: true, ..Service::default() }
            }
        }
    }

    /// A name that no other crate of the suite has.
    fn crate_name(&self, index: usize) -> String {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let stem = stem.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        format!("suite-{}-{stem}", self.number + index)
    }

    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn show(&self, mistakes: &Diagnostics) {
        eprintln!("{}", report::render(mistakes, &self.name(), &String::from_utf8_lossy(self.source)));
    }
}

/// The cases that the crate tests. A request and a response may have the same id.
fn take_tests(generated: &Generated, rest: &mut Vec<SurveyedCase>) -> Vec<Test> {
    let mut tests = Vec::new();
    for test in &generated.protocol_tests {
        let is_its = |case: &SurveyedCase| {
            case.id == test.id()
                && case.shape == test.shape
                && case.protocol == generated.protocol
                && !case.is_event_stream
        };
        let found = rest.iter().position(is_its);
        found.map(|index| rest.remove(index));
        let (id, protocol) = (test.id().to_owned(), generated.protocol.to_owned());
        tests.push(Test { id, protocol, name: test.name.clone() });
    }
    tests
}

/// The cases of which it is known why the crate does not test them.
fn take_skipped(generated: &Generated, rest: &mut Vec<SurveyedCase>) -> Vec<Skipped> {
    let reason = |case: &SurveyedCase| {
        let name = format!("`{}`", case.shape);
        let skipped = generated.skipped.iter().find(|line| line.contains(&name));
        let streams = case.is_event_stream.then(|| "event streams are not supported yet".to_owned());
        skipped.cloned().or(streams)
    };
    let (known, unknown): (Vec<_>, Vec<_>) =
        std::mem::take(rest).into_iter().partition(|case| reason(case).is_some());
    *rest = unknown;
    skip(known, |case| reason(case).unwrap_or_default())
}

fn unsupported(rest: &mut Vec<SurveyedCase>) -> Vec<Skipped> {
    skip(std::mem::take(rest), |case| format!("`{}` is not supported yet", case.protocol))
}

fn skip(cases: Vec<SurveyedCase>, reason: impl Fn(&SurveyedCase) -> String) -> Vec<Skipped> {
    cases.into_iter().map(|case| Skipped { reason: reason(&case), case }).collect()
}
