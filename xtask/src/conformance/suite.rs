//! The generated services of the suite and their cases.

use super::{Error, fixups};
use farrier::report;
use farrier_codegen::{
    Diagnostics, Files, Generated, Layout, Package, Runtime, Settings, Source, Survey, SurveyedCase,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A service of the suite.
#[derive(Default)]
pub(super) struct Service {
    /// The service's shape id, or the file name if the model has no service.
    pub(super) id: String,
    /// The crate's name and files, if a crate was generated.
    pub(super) krate: Option<(String, Files)>,
    /// The cases that the crate tests.
    pub(super) tests: Vec<Test>,
    /// The cases that no crate tests.
    pub(super) skipped: Vec<Skipped>,
    /// True if the model has errors.
    pub(super) has_errors: bool,
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

/// Returns the path of the runtime of this checkout, with `/` as the separator: the directory of the crates may be
/// anywhere.
fn absolute_runtime(root: &Path) -> Result<String, Error> {
    let runtime = root.join("runtime");
    let absolute = std::path::absolute(&runtime).map_err(|source| Error::Read { path: runtime, source })?;
    Ok(absolute.to_string_lossy().replace('\\', "/"))
}

/// Generates all services of the models, with the runtime of this checkout.
pub(super) fn load(root: &Path, models: &[PathBuf]) -> Result<Vec<Service>, Error> {
    let root = fs::canonicalize(root).map_err(|source| Error::Read { path: root.to_owned(), source })?;
    let runtime = absolute_runtime(&root)?;
    let mut suite = Vec::new();
    for path in models {
        let source = fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let source = Source::new(name, fixups::restore_big_decimals(source));
        let first_index = suite.len();
        suite.extend(Model { path, sources: &[source], runtime: &runtime, first_index }.services());
    }
    Ok(suite)
}

/// Keeps the cases with an id that contains `text`.
pub(super) fn filter(suite: &mut [Service], text: &str) {
    for service in suite {
        service.tests.retain(|test| test.id.contains(text));
        service.skipped.retain(|skipped| skipped.case.id.contains(text));
    }
}

/// A model file of the suite.
struct Model<'a> {
    path: &'a Path,
    sources: &'a [Source],
    runtime: &'a str,
    /// The number of services in earlier files.
    first_index: usize,
}

impl Model<'_> {
    fn services(&self) -> Vec<Service> {
        let survey = match farrier_codegen::survey(self.sources) {
            Ok(survey) => survey,
            Err(diagnostics) => {
                self.print(&diagnostics);
                return vec![Service { id: self.name(), has_errors: true, ..Service::default() }];
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
                // Crates without cases only show that the model generates: one of them is enough.
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
                true => "its shape is not in the closure of the service".to_owned(),
                false => format!("`{}` is not a supported protocol of the service", case.protocol),
            }));
        }
        list
    }

    /// Generates a service for a protocol and moves its cases out of `rest`.
    fn generate(&self, id: &str, protocol: &str, index: usize, rest: &mut Vec<SurveyedCase>) -> Service {
        let id = id.to_owned();
        let crate_name = self.crate_name(index);
        let settings = Settings {
            service: Some(id.clone()),
            name: Some(crate_name.clone()),
            protocol: Some(protocol.to_owned()),
            layout: Layout::Crate(Package {
                runtime: Runtime { path: Some(self.runtime.to_owned()), ..Runtime::default() },
                ..Package::default()
            }),
            command: "cargo xtask conformance".to_owned(),
            ..Settings::default()
        };
        match farrier_codegen::generate(self.sources, &settings) {
            Ok(generated) => {
                let tests = take_tests(&generated, rest);
                let skipped = take_skipped(&generated, rest);
                let krate = Some((crate_name, without_lib_tests(generated.files)));
                Service { id, krate, tests, skipped, has_errors: false }
            }
            Err(diagnostics) => {
                self.print(&diagnostics);
                let skipped = skip(std::mem::take(rest), |_| "its model has errors".to_owned());
                Service { id, skipped, has_errors: true, ..Service::default() }
            }
        }
    }

    /// Returns a crate name that is unique in the suite.
    fn crate_name(&self, index: usize) -> String {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let stem = stem.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        format!("suite-{}-{stem}", self.first_index + index)
    }

    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn print(&self, diagnostics: &Diagnostics) {
        eprintln!("{}", report::render(diagnostics, self.sources, report::Style::of_stderr()));
    }
}

/// Disables the unit and documentation tests of a crate, which are not part of the suite.
fn without_lib_tests(mut files: Files) -> Files {
    if let Some(manifest) = files.get_mut("Cargo.toml") {
        manifest.push_str("\n[lib]\ntest = false\ndoctest = false\n");
    }
    files
}

/// Moves the cases that the crate tests out of `rest`. A request and a response may share an id.
fn take_tests(generated: &Generated, rest: &mut Vec<SurveyedCase>) -> Vec<Test> {
    let mut tests = Vec::new();
    for test in &generated.protocol_tests {
        let is_same = |case: &SurveyedCase| {
            case.id == test.id
                && case.shape == test.shape
                && case.protocol == generated.protocol
                && !case.is_event_stream
        };
        let found = rest.iter().position(is_same);
        found.map(|index| rest.remove(index));
        let (id, protocol) = (test.id.clone(), generated.protocol.to_owned());
        tests.push(Test { id, protocol, name: test.name.clone() });
    }
    tests
}

/// Moves the cases that the crate skips for a known reason out of `rest`.
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
