//! What valgrind counts: nearly the same figures on every run, whatever else the machine does.

use super::Error;
use super::process::run;
use super::sample::Figures;
use std::path::Path;
use std::process::Command;

/// How often the same is counted.
const RUNS: usize = 3;

/// # Errors
/// [`Error::Missing`] if valgrind is not installed.
pub(crate) fn is_there() -> Result<(), Error> {
    let missing =
        |_| Error::Missing("valgrind is not installed: the system's package `valgrind` has it".to_owned());
    run(Command::new("valgrind").arg("--version")).map(drop).map_err(missing)
}

/// Instructions, allocations and bytes allocated in one of the calls that a program makes. What the program does
/// besides is the same for one number of calls as for twice that, and drops out.
pub(crate) fn each(program: &Path, what: &str, calls: usize) -> Result<Figures, Error> {
    let (once, twice) = (total(program, what, calls)?, total(program, what, 2 * calls)?);
    let each = |(name, total): (String, f64)| {
        let before = once.get(&name).copied().unwrap_or_default();
        (name, (total - before) / calls as f64)
    };
    Ok(twice.into_iter().map(each).collect())
}

/// Instructions alone, in one of the calls.
pub(crate) fn instructions_each(program: &Path, what: &str, calls: usize) -> Result<f64, Error> {
    let (once, twice) = (instructions(program, what, calls)?, instructions(program, what, 2 * calls)?);
    Ok((twice - once) / calls as f64)
}

fn total(program: &Path, what: &str, calls: usize) -> Result<Figures, Error> {
    let mut figures = allocations(program, what, calls)?;
    figures.insert("instructions".to_owned(), instructions(program, what, calls)?);
    Ok(figures)
}

/// The most of a few runs: in one of ten or so, the allocator of the C library finds its free memory in another
/// order, and needs a few per cent fewer.
fn instructions(program: &Path, what: &str, calls: usize) -> Result<f64, Error> {
    let once = |_| instructions_of_one_run(program, what, calls);
    let runs = (0..RUNS).map(once).collect::<Result<Vec<f64>, Error>>()?;
    Ok(runs.into_iter().fold(0.0, f64::max))
}

fn instructions_of_one_run(program: &Path, what: &str, calls: usize) -> Result<f64, Error> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let said = run(command.arg(program).args([what, &calls.to_string()]))?.stderr;
    collected(&said).ok_or_else(|| odd(&said))
}

fn allocations(program: &Path, what: &str, calls: usize) -> Result<Figures, Error> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"]);
    let said = run(command.arg(program).args([what, &calls.to_string()]))?.stderr;
    allocated(&said).ok_or_else(|| odd(&said))
}

fn odd(said: &str) -> Error {
    Error::Told { program: "valgrind".into(), line: said.lines().last().unwrap_or_default().to_owned() }
}

/// From `==1== Collected : 9261650`.
fn collected(said: &str) -> Option<f64> {
    let line = said.lines().find_map(|line| line.split_once("Collected :"))?.1;
    line.split_whitespace().next()?.parse().ok()
}

/// From `==1==   total heap usage: 1,234 allocs, 1,230 frees, 55,555 bytes allocated`.
fn allocated(said: &str) -> Option<Figures> {
    let line = said.lines().find_map(|line| line.split_once("total heap usage: "))?.1;
    let mut figures = Figures::new();
    for part in line.split(", ") {
        let (number, what) = part.split_once(' ')?;
        figures.insert(what.trim().to_owned(), number.replace(',', "").parse().ok()?);
    }
    Some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_valgrind_says_is_read() {
        assert_eq!(collected("==1== Events    : Ir\n==1== Collected : 9261650\n==1==\n"), Some(9_261_650.0));
        assert_eq!(collected("valgrind: no such file"), None);
        let said = "==1==   total heap usage: 1,234 allocs, 1,230 frees, 55,555 bytes allocated\n";
        let figures = allocated(said).unwrap();
        assert_eq!((figures["allocs"], figures["bytes allocated"]), (1234.0, 55_555.0));
    }
}
