//! Generating crates: the whole process, from the model to the files on disk.

use super::models;
use super::process::run as run_process;
use super::report::Curve;
use super::sample::{Figures, Sample, alternate};
use super::unit::Unit;
use super::{Bench, Error, Section, Setup, remove, write_file};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) const BENCH: Bench = Bench {
    name: "generate",
    about: "`cargo xtask codegen` as a process: it reads the model, generates and writes the files into an empty \
            folder. The models are those of real services, and all of them at once in one process. No peer \
            generates without a JVM.",
    run,
};

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    let out = setup.scratch().join("generate");
    let signin = Job { name: "signin".to_owned(), model: setup.root.join("model/signin.json") };
    let runs = repeated(setup, setup.times(30, 5), &out, &signin)?;
    add(section, "signin", &runs);
    let Some(dir) = section.have("models of real services", setup.models())? else { return Ok(()) };
    let mut jobs = jobs(&dir)?;
    let mut points = Vec::new();
    for job in &mut jobs {
        let times = setup.times(5, 1);
        let runs = match repeated(setup, times, &out, job) {
            Err(Error::Failed { said, .. }) if said.contains("is not supported yet") => {
                let why = format!("{}: it is made to speak {}", reason(&said), models::STAND_IN);
                section.skip(format!("{} by its own protocol", job.name), why);
                job.model = models::with_stand_in(setup, &job.model)?;
                repeated(setup, times, &out, job)?
            }
            runs => runs?,
        };
        points.extend(point(&runs));
        add(section, &format!("{}.json", job.name), &runs);
    }
    let list = all_at_once(setup, &jobs)?;
    let (all, _) = alternate(setup.times(5, 1), || listed(setup, &list), None)?;
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

/// Every model of a folder, by name.
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

fn add(section: &mut Section, what: &str, runs: &[Figures]) {
    let runs = (runs.to_vec(), Vec::new());
    section.add(format!("{what}, time"), Unit::Seconds, "wall", &runs, "");
    section.add(format!("{what}, lines"), Unit::Count, "lines", &runs, "");
    section.add(format!("{what}, lines a second"), Unit::PerSecond, "lines_per_second", &runs, "");
    section.add(format!("{what}, most memory"), Unit::Bytes, "peak_memory", &runs, "");
}

/// How long the model of so many shapes takes, in milliseconds.
fn point(runs: &[Figures]) -> Option<(f64, f64)> {
    let of = |name| Sample::of(runs, name).map(|sample| sample.median());
    Some((of("shapes")?, of("wall")? * 1000.0))
}

fn repeated(setup: &Setup, times: usize, out: &Path, job: &Job) -> Result<Vec<Figures>, Error> {
    let out = out.join(&job.name);
    let once = || {
        remove(&out)?;
        let mut command = codegen(setup)?;
        command.arg("--model").arg(&job.model).arg("--out").arg(&out);
        generated(&mut command)
    };
    alternate(times, once, None).map(|(runs, _)| runs)
}

/// Writes the list of all models, and gives its path.
fn all_at_once(setup: &Setup, jobs: &[Job]) -> Result<PathBuf, Error> {
    let mut list = toml::Table::new();
    let entry = |job: &Job| {
        let out = Path::new(super::SCRATCH).join("generate-all").join(&job.name);
        let text = |path: &Path| toml::Value::from(path.display().to_string());
        toml::Value::from(BTreeMap::from([
            ("model".to_owned(), text(&job.model)),
            ("out".to_owned(), text(&out)),
        ]))
    };
    list.insert("service".to_owned(), jobs.iter().map(entry).collect::<Vec<_>>().into());
    let path = setup.scratch().join("all.toml");
    write_file(&path, &list.to_string())?;
    Ok(path)
}

fn listed(setup: &Setup, list: &Path) -> Result<Figures, Error> {
    remove(&setup.scratch().join("generate-all"))?;
    generated(codegen(setup)?.arg("--services").arg(list))
}

/// This very program, which generates.
fn codegen(setup: &Setup) -> Result<Command, Error> {
    let program = std::env::current_exe();
    let program = program.map_err(|source| Error::Run { program: "xtask".into(), source })?;
    let mut command = Command::new(program);
    command.arg("codegen").current_dir(&setup.root);
    Ok(command)
}

fn generated(command: &mut Command) -> Result<Figures, Error> {
    let ran = run_process(command)?;
    let (shapes, lines) = written(&ran.stdout);
    let wall = ran.wall.as_secs_f64();
    let figures = [
        ("wall", wall),
        ("peak_memory", ran.peak_memory as f64),
        ("shapes", shapes),
        ("lines", lines),
        ("lines_per_second", lines / wall),
    ];
    Ok(figures.map(|(name, figure)| (name.to_owned(), figure)).into())
}

/// The shapes and lines in `DIR: 67 shapes, 8 operations, 9 files, 1234 lines in 3 ms …`, of all such lines.
fn written(stdout: &str) -> (f64, f64) {
    let number_before = |line: &str, what: &str| -> Option<f64> {
        let (before, _) = line.split_once(what)?;
        before.rsplit(' ').next()?.parse().ok()
    };
    let sum = |what: &str| stdout.lines().filter_map(|line| number_before(line, what)).sum();
    (sum(" shapes, "), sum(" lines in "))
}

/// The first line of what is wrong with a model.
fn reason(said: &str) -> &str {
    let line = said.lines().find(|line| line.contains("is not supported yet")).unwrap_or(said);
    line.trim_start_matches("error: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_and_lines_are_read_from_what_the_generator_says() {
        let said = "left out: `a#B`: event streams are not supported yet\n\
                    a: 67 shapes, 8 operations, 9 files, 1234 lines in 3 ms (9 written, 0 removed)\n\
                    b: 3 shapes, 1 operation, 9 files, 66 lines in 1 ms (9 written, 0 removed)\n";
        assert_eq!(written(said), (70.0, 1300.0));
    }
}
