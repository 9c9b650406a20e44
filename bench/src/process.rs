//! Running programs and measuring their resource usage.

use crate::error::Error;
use crate::sample::Figures;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// The number of stderr lines in the error of a failed program.
const ERROR_LINES: usize = 12;

/// The output and resource usage of a successful program.
pub(crate) struct ProgramOutput {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// CPU time, including child processes that it waited for.
    pub(crate) cpu: Duration,
    /// Wall time.
    pub(crate) wall: Duration,
    /// Peak resident memory, in bytes.
    pub(crate) peak_memory: u64,
}

/// Runs a program and waits for it.
///
/// # Errors
/// Returns [`Error::Run`] if it cannot be started and [`Error::Failed`], with the last lines of stderr, if it
/// fails.
pub(crate) fn run(command: &mut Command) -> Result<ProgramOutput, Error> {
    let program = PathBuf::from(command.get_program());
    let run_error = |source| Error::Run { program: program.clone(), source };
    // Files instead of pipes, which would have to be read while the program runs.
    let (mut out, mut err) =
        (tempfile::tempfile().map_err(run_error)?, tempfile::tempfile().map_err(run_error)?);
    command.stdin(Stdio::null());
    command.stdout(out.try_clone().map_err(run_error)?).stderr(err.try_clone().map_err(run_error)?);
    let start = Instant::now();
    let used = command.spawn().and_then(Wait4::wait4).map_err(run_error)?;
    let wall = start.elapsed();
    let (stdout, stderr) = (text(&mut out).map_err(run_error)?, text(&mut err).map_err(run_error)?);
    if !used.status.success() {
        let command = command_line(command);
        return Err(Error::Failed { command, status: used.status, stderr: last_lines(&stderr) });
    }
    let cpu = used.rusage.utime + used.rusage.stime;
    Ok(ProgramOutput { stdout, stderr, cpu, wall, peak_memory: used.rusage.maxrss })
}

fn text(file: &mut File) -> std::io::Result<String> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn command_line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(ERROR_LINES)..].join("\n")
}

/// Runs a program that prints figures, one `name number` per line, and adds its resource usage as `cpu`,
/// `wall` and `peak_memory`.
pub(crate) fn figures(program: &Path, arguments: &[&str]) -> Result<Figures, Error> {
    let output = run(Command::new(program).args(arguments))?;
    let mut figures =
        parse_figures(&output.stdout).map_err(|line| Error::Output { program: program.to_owned(), line })?;
    figures.insert("cpu".to_owned(), output.cpu.as_secs_f64());
    figures.insert("wall".to_owned(), output.wall.as_secs_f64());
    figures.insert("peak_memory".to_owned(), output.peak_memory as f64);
    Ok(figures)
}

/// Parses figures. The error is the first invalid line.
fn parse_figures(text: &str) -> Result<Figures, String> {
    let figure = |line: &str| {
        let (name, number) = line.split_once(' ')?;
        Some((name.to_owned(), number.parse().ok()?))
    };
    text.lines().map(|line| figure(line).ok_or_else(|| line.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_lines_of_a_name_and_a_number() {
        assert_eq!(parse_figures("p50 0.5\ncalls 3\n").unwrap()["calls"], 3.0);
        assert_eq!(parse_figures("p50 0.5\nno number\n").unwrap_err(), "no number");
    }

    #[test]
    fn error_of_a_failed_program_contains_its_stderr() {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let Err(error) = run(command.arg("no-such-command")) else { panic!("there is no such command") };
        let text = error.to_string();
        assert!(text.contains("no-such-command` failed") && text.contains("no such command"), "{text}");
    }

    #[test]
    fn measures_wall_time_and_peak_memory() {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let output = run(command.arg("--version")).unwrap();
        assert!(output.stdout.starts_with("cargo "), "{}", output.stdout);
        assert!(output.wall > Duration::ZERO && output.peak_memory > 0);
    }

    #[test]
    fn keeps_only_the_last_lines() {
        let text: String = (0..100).map(|line| format!("{line}\n")).collect();
        assert!(last_lines(&text).starts_with("88\n") && last_lines(&text).ends_with("\n99"));
    }
}
