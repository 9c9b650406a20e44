//! Reports of the endpoint tests of many models.

use super::{PartitionData, Service, services};
use std::fmt::Write;
use std::path::Path;

/// The results of endpoint tests.
pub struct Report {
    /// The failures and a table.
    pub text: String,
    /// The number of cases, counted for each form of the rules.
    pub cases: usize,
    /// The number of failed cases, including those of invalid models.
    pub failed: usize,
    /// The number of cases that passed only with [`PartitionData::Legacy`].
    pub outdated: usize,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    cases: usize,
    failed: usize,
    outdated: usize,
}

/// Runs the endpoint tests of all models in a directory, with each form of their rules.
///
/// # Errors
/// Returns a message if the directory cannot be read or has no model with endpoint rules.
pub fn run_directory(directory: &Path) -> Result<Report, String> {
    let read_error = |error: std::io::Error| format!("cannot read `{}`: {error}", directory.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(read_error)? {
        paths.push(entry.map_err(read_error)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let (mut failures, mut rows) = (String::new(), Vec::new());
    for path in paths {
        let model =
            std::fs::read(&path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if is_other_json(&model) {
            let _ = writeln!(failures, "skipped {name}: not a Smithy model\n");
            continue;
        }
        match services(&model) {
            Ok(services) => services.iter().for_each(|service| run(service, &mut failures, &mut rows)),
            Err(error) => {
                let _ = writeln!(failures, "FAILED {name}: {error}\n");
                rows.push((name.into_owned(), "", Counts { cases: 1, failed: 1, outdated: 0 }));
            }
        }
    }
    if rows.is_empty() {
        return Err(format!("no model in `{}` has endpoint rules", directory.display()));
    }
    Ok(table(failures, rows))
}

/// Returns true for JSON that is no model: it has neither a version of Smithy nor shapes. Invalid JSON may be a model.
fn is_other_json(text: &[u8]) -> bool {
    match serde_json::from_slice::<serde_json::Value>(text) {
        Ok(serde_json::Value::Object(entries)) => {
            !entries.contains_key("smithy") && !entries.contains_key("shapes")
        }
        other => other.is_ok(),
    }
}

fn run(service: &Service, failures: &mut String, rows: &mut Vec<(String, &'static str, Counts)>) {
    for (form, rules) in &service.forms {
        let mut counts = Counts { cases: service.cases.len(), ..Counts::default() };
        match rules {
            Ok(rules) => {
                for case in &service.cases {
                    match case.check(rules) {
                        Ok(PartitionData::Current) => {}
                        Ok(PartitionData::Legacy) => counts.outdated += 1,
                        Err(differences) => {
                            counts.failed += 1;
                            let differences = differences.replace('\n', "\n    ");
                            let title = format!("{} ({form}) {}", service.id, case.id);
                            let _ = writeln!(failures, "FAILED {title}\n    {differences}\n");
                        }
                    }
                }
            }
            Err(error) => {
                counts.cases = counts.cases.max(1);
                counts.failed = counts.cases;
                let _ = writeln!(failures, "FAILED {} ({form}): invalid rules: {error}\n", service.id);
            }
        }
        rows.push((service.id.clone(), form, counts));
    }
}

fn table(failures: String, mut rows: Vec<(String, &'static str, Counts)>) -> Report {
    let mut all = Counts::default();
    let mut totals: Vec<(String, &'static str, Counts)> = Vec::new();
    for (_, form, counts) in &rows {
        if !totals.iter().any(|total| total.1 == *form) {
            totals.push(("total".to_owned(), form, Counts::default()));
        }
        let total = totals.iter_mut().find(|total| total.1 == *form);
        for sum in total.map(|total| &mut total.2).into_iter().chain([&mut all]) {
            sum.cases += counts.cases;
            sum.failed += counts.failed;
            sum.outdated += counts.outdated;
        }
    }
    rows.extend(totals);
    let width = rows.iter().map(|row| row.0.len()).max().unwrap_or(0);
    let mut text = failures;
    let _ = writeln!(
        text,
        "{:width$}  {:8}  {:>6}  {:>6}  {:>6}",
        "service", "rules", "cases", "passed", "failed"
    );
    for (service, form, Counts { cases, failed, .. }) in rows {
        let passed = cases - failed;
        let _ = writeln!(text, "{service:width$}  {form:8}  {cases:>6}  {passed:>6}  {failed:>6}");
    }
    if all.outdated > 0 {
        let _ = writeln!(
            text,
            "\n{} of the passed cases predate dual stack in the isolated partitions and passed with the older \
             partition data",
            all.outdated
        );
    }
    Report { text, cases: all.cases, failed: all.failed, outdated: all.outdated }
}
