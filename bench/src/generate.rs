//! Generation of crates, from the model to the files on disk.

use crate::benchmark::Bench;
use crate::error::Error;
use crate::files::{remove, write_file};
use crate::models;
use crate::process::run as run_process;
use crate::report::Curve;
use crate::report::Section;
use crate::sample::{Figures, Runs, Sample, alternate};
use crate::setup::Setup;
use crate::unit::Unit;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const BENCH: Bench = Bench {
    name: "generate",
    about: "A process of the generator, built in release mode, that reads a model, generates the crate and writes it to an \
            empty directory; for models of real services, one by one and all in one process. There is no \
            peer: the AWS SDK for Rust is generated on the JVM.",
    run,
};

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    let out = setup.scratch().join("generate");
    let signin = Job { name: "signin".to_owned(), model: setup.root.join("model/signin.json") };
    let runs = measure_model(setup, setup.times(30, 5), &out, &signin)?;
    add(section, "signin", &runs);
    let Some(dir) = section.or_skip("models of real services", setup.models())? else { return Ok(()) };
    let mut jobs = jobs(&dir)?;
    let mut points = Vec::new();
    for job in &mut jobs {
        let times = setup.times(5, 1);
        let runs = match measure_model(setup, times, &out, job) {
            Err(Error::Failed { stderr, .. }) if stderr.contains("is not supported yet") => {
                let reason = unsupported_protocol(&stderr);
                let reason = format!("{reason}: measured with {}", models::SUBSTITUTE_PROTOCOL);
                section.skip(format!("{} with its own protocol", job.name), reason);
                job.model = models::with_substitute_protocol(setup, &job.model)?;
                measure_model(setup, times, &out, job)?
            }
            runs => runs?,
        };
        points.extend(point(&runs));
        add(section, &format!("{}.json", job.name), &runs);
    }
    let list = write_list(setup, &jobs)?;
    let all = alternate(setup.times(5, 1), || generate_all(setup, &list), None)?.ours;
    add(section, "all models at once", &all);
    section.curves.push(Curve {
        name: "time-by-shapes".to_owned(),
        x: "shapes of the model".to_owned(),
        y: "milliseconds".to_owned(),
        points,
    });
    Ok(())
}

/// A model to generate.
struct Job {
    name: String,
    model: PathBuf,
}

/// Returns the models in a directory, sorted by name.
fn jobs(dir: &Path) -> Result<Vec<Job>, Error> {
    let read_error = |source| Error::Read { path: dir.to_owned(), source };
    let mut jobs = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(read_error)? {
        let model = entry.map_err(read_error)?.path();
        if model.extension().is_some_and(|extension| extension == "json") {
            let name = model.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            jobs.push(Job { name, model });
        }
    }
    jobs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(jobs)
}

fn add(section: &mut Section, name: &str, runs: &[Figures]) {
    let runs = Runs::ours(runs.to_vec());
    section.add(format!("{name}, time"), Unit::Seconds, "wall", &runs, "");
    section.add(format!("{name}, lines"), Unit::Count, "lines", &runs, "");
    section.add(format!("{name}, lines per second"), Unit::PerSecond, "lines_per_second", &runs, "");
    section.add(format!("{name}, peak memory"), Unit::Bytes, "peak_memory", &runs, "");
}

/// Returns the number of shapes and the generation time in milliseconds.
fn point(runs: &[Figures]) -> Option<(f64, f64)> {
    let median = |name| Sample::of(runs, name).map(|sample| sample.median());
    Some((median("shapes")?, median("wall")? * 1000.0))
}

/// Generates a model repeatedly.
fn measure_model(setup: &Setup, times: usize, out: &Path, job: &Job) -> Result<Vec<Figures>, Error> {
    let out = out.join(&job.name);
    let once = || {
        remove(&out)?;
        let mut command = models::codegen(setup)?;
        command.arg("--model").arg(&job.model).arg("--out").arg(&out);
        run_codegen(&mut command)
    };
    alternate(times, once, None).map(|runs| runs.ours)
}

/// Writes a list of all models and returns its path.
fn write_list(setup: &Setup, jobs: &[Job]) -> Result<PathBuf, Error> {
    let mut list = toml::Table::from_iter([("version".to_owned(), toml::Value::from(1))]);
    let entry = |job: &Job| {
        let out = Path::new("generate-all").join(&job.name);
        let text = |path: &Path| toml::Value::from(path.display().to_string());
        toml::Value::from(BTreeMap::from([
            ("model".to_owned(), text(&job.model)),
            ("out".to_owned(), text(&out)),
        ]))
    };
    list.insert("crate".to_owned(), jobs.iter().map(entry).collect::<Vec<_>>().into());
    let path = setup.scratch().join("all.toml");
    write_file(&path, &list.to_string())?;
    Ok(path)
}

/// Generates all models in one process.
fn generate_all(setup: &Setup, list: &Path) -> Result<Figures, Error> {
    remove(&setup.scratch().join("generate-all"))?;
    run_codegen(models::codegen(setup)?.arg("--services").arg(list))
}

fn run_codegen(command: &mut Command) -> Result<Figures, Error> {
    let output = run_process(command)?;
    let (shapes, lines) = shapes_and_lines(&output.stdout);
    let wall = output.wall.as_secs_f64();
    let figures = [
        ("wall", wall),
        ("peak_memory", output.peak_memory as f64),
        ("shapes", shapes),
        ("lines", lines),
        ("lines_per_second", lines / wall),
    ];
    Ok(figures.map(|(name, figure)| (name.to_owned(), figure)).into())
}

/// Sums the shapes and lines in lines `DIR: 67 shapes, 8 operations, 9 files, 1234 lines in 3 ms …`.
fn shapes_and_lines(stdout: &str) -> (f64, f64) {
    let number_before = |line: &str, text: &str| -> Option<f64> {
        let (before, _) = line.split_once(text)?;
        before.rsplit(' ').next()?.parse().ok()
    };
    let sum = |text: &str| stdout.lines().filter_map(|line| number_before(line, text)).sum();
    (sum(" shapes, "), sum(" lines in "))
}

/// Returns the message of the error about an unsupported protocol.
fn unsupported_protocol(stderr: &str) -> &str {
    let line = stderr.lines().find(|line| line.contains("is not supported yet")).unwrap_or(stderr);
    line.trim_start_matches("error: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_shapes_and_lines_in_the_generator_output() {
        let stdout = "skipped: `a#B`: event streams are not supported yet\n\
                    a: 67 shapes, 8 operations, 9 files, 1234 lines in 3 ms (9 written, 0 removed)\n\
                    b: 3 shapes, 1 operation, 9 files, 66 lines in 1 ms (9 written, 0 removed)\n";
        assert_eq!(shapes_and_lines(stdout), (70.0, 1300.0));
    }
}
