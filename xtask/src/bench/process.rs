//! Programs that are run, and what they took.

use super::Error;
use super::sample::Figures;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// How many lines of what a failed program said are shown.
const LAST_LINES: usize = 12;

/// What came of a program that succeeded.
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// CPU time, of the programs that it started and waited for too.
    pub(crate) cpu: Duration,
    /// Time that passed.
    pub(crate) wall: Duration,
    /// The most memory that was resident at once, in bytes.
    pub(crate) peak_memory: u64,
}

/// Runs a program to its end.
///
/// # Errors
/// When it cannot be run or fails; then with the end of what it said.
pub(crate) fn run(command: &mut Command) -> Result<Ran, Error> {
    let program = PathBuf::from(command.get_program());
    let unable = |source| Error::Run { program: program.clone(), source };
    // Files rather than pipes: nothing has to read them while the program runs.
    let (mut out, mut err) = (tempfile::tempfile().map_err(unable)?, tempfile::tempfile().map_err(unable)?);
    command.stdin(Stdio::null());
    command.stdout(out.try_clone().map_err(unable)?).stderr(err.try_clone().map_err(unable)?);
    let start = Instant::now();
    let used = command.spawn().and_then(Wait4::wait4).map_err(unable)?;
    let wall = start.elapsed();
    let (stdout, stderr) = (text(&mut out).map_err(unable)?, text(&mut err).map_err(unable)?);
    if !used.status.success() {
        let command = shown(command);
        return Err(Error::Failed { command, status: used.status, said: last_lines(&stderr) });
    }
    let cpu = used.rusage.utime + used.rusage.stime;
    Ok(Ran { stdout, stderr, cpu, wall, peak_memory: used.rusage.maxrss })
}

fn text(file: &mut File) -> std::io::Result<String> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
}

/// Runs a program that tells figures, a name and a number a line. What it took is among them: `cpu`, `wall`,
/// `peak_memory`.
pub(crate) fn figures(program: &Path, arguments: &[&str]) -> Result<Figures, Error> {
    let ran = run(Command::new(program).args(arguments))?;
    let mut figures = told(&ran.stdout).map_err(|line| Error::Told { program: program.to_owned(), line })?;
    figures.insert("cpu".to_owned(), ran.cpu.as_secs_f64());
    figures.insert("wall".to_owned(), ran.wall.as_secs_f64());
    figures.insert("peak_memory".to_owned(), ran.peak_memory as f64);
    Ok(figures)
}

/// The figures, or the line that is none.
fn told(text: &str) -> Result<Figures, String> {
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
    fn figures_are_lines_of_a_name_and_a_number() {
        assert_eq!(told("p50 0.5\ncalls 3\n").unwrap()["calls"], 3.0);
        assert_eq!(told("p50 0.5\nwell then\n").unwrap_err(), "well then");
    }

    #[test]
    fn a_program_that_fails_is_told_of_with_the_end_of_what_it_said() {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let Err(error) = run(command.arg("no-such-command")) else { panic!("there is no such command") };
        let text = error.to_string();
        assert!(text.contains("no-such-command` failed") && text.contains("no such command"), "{text}");
    }

    #[test]
    fn what_a_program_took_is_measured() {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let ran = run(command.arg("--version")).unwrap();
        assert!(ran.stdout.starts_with("cargo "), "{}", ran.stdout);
        assert!(ran.wall > Duration::ZERO && ran.peak_memory > 0);
    }

    #[test]
    fn only_the_last_lines_are_shown() {
        let text: String = (0..100).map(|line| format!("{line}\n")).collect();
        assert!(last_lines(&text).starts_with("88\n") && last_lines(&text).ends_with("\n99"));
    }
}
