//! Instruction and allocation counts by valgrind, which hardly depend on the machine's load.

use crate::error::Error;
use crate::process::run;
use crate::sample::Figures;
use std::path::Path;
use std::process::Command;

/// The number of runs of each count.
const RUNS: usize = 3;

/// Checks that valgrind is installed.
///
/// # Errors
/// Returns [`Error::Missing`] if it is not.
pub(crate) fn check_installed() -> Result<(), Error> {
    let missing =
        |_| Error::Missing("valgrind is not installed; install the system package `valgrind`".to_owned());
    run(Command::new("valgrind").arg("--version")).map(drop).map_err(missing)
}

/// Counts the instructions, allocations and allocated bytes of one call by a program.
///
/// The program runs with `calls` and `2 * calls` calls; the difference excludes its startup.
pub(crate) fn per_call(program: &Path, part: &str, calls: usize) -> Result<Figures, Error> {
    let (single, double) = (total(program, part, calls)?, total(program, part, 2 * calls)?);
    let per_call = |(name, total): (String, f64)| {
        let single = single.get(&name).copied().unwrap_or_default();
        (name, (total - single) / calls as f64)
    };
    Ok(double.into_iter().map(per_call).collect())
}

/// Counts the instructions of one call.
pub(crate) fn instructions_per_call(program: &Path, part: &str, calls: usize) -> Result<f64, Error> {
    let (single, double) = (instructions(program, part, calls)?, instructions(program, part, 2 * calls)?);
    Ok((double - single) / calls as f64)
}

fn total(program: &Path, part: &str, calls: usize) -> Result<Figures, Error> {
    let mut figures = allocations(program, part, calls)?;
    figures.insert("instructions".to_owned(), instructions(program, part, calls)?);
    Ok(figures)
}

/// Returns the maximum of several runs: in about one of ten runs, the C allocator finds free memory in a
/// different order and needs a few per cent fewer instructions.
fn instructions(program: &Path, part: &str, calls: usize) -> Result<f64, Error> {
    let count = |_| instructions_of_one_run(program, part, calls);
    let runs = (0..RUNS).map(count).collect::<Result<Vec<f64>, Error>>()?;
    Ok(runs.into_iter().fold(0.0, f64::max))
}

fn instructions_of_one_run(program: &Path, part: &str, calls: usize) -> Result<f64, Error> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let stderr = run(command.arg(program).args([part, &calls.to_string()]))?.stderr;
    collected(&stderr).ok_or_else(|| unexpected_output(&stderr))
}

fn allocations(program: &Path, part: &str, calls: usize) -> Result<Figures, Error> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"]);
    let stderr = run(command.arg(program).args([part, &calls.to_string()]))?.stderr;
    allocated(&stderr).ok_or_else(|| unexpected_output(&stderr))
}

fn unexpected_output(stderr: &str) -> Error {
    Error::Output { program: "valgrind".into(), line: stderr.lines().last().unwrap_or_default().to_owned() }
}

/// Parses `==1== Collected : 9261650`.
fn collected(stderr: &str) -> Option<f64> {
    let line = stderr.lines().find_map(|line| line.split_once("Collected :"))?.1;
    line.split_whitespace().next()?.parse().ok()
}

/// Parses `==1==   total heap usage: 1,234 allocs, 1,230 frees, 55,555 bytes allocated`.
fn allocated(stderr: &str) -> Option<Figures> {
    let line = stderr.lines().find_map(|line| line.split_once("total heap usage: "))?.1;
    let mut figures = Figures::new();
    for part in line.split(", ") {
        let (number, name) = part.split_once(' ')?;
        figures.insert(name.trim().to_owned(), number.replace(',', "").parse().ok()?);
    }
    Some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_the_output_of_valgrind() {
        assert_eq!(collected("==1== Events    : Ir\n==1== Collected : 9261650\n==1==\n"), Some(9_261_650.0));
        assert_eq!(collected("valgrind: no such file"), None);
        let stderr = "==1==   total heap usage: 1,234 allocs, 1,230 frees, 55,555 bytes allocated\n";
        let figures = allocated(stderr).unwrap();
        assert_eq!((figures["allocs"], figures["bytes allocated"]), (1234.0, 55_555.0));
    }
}
