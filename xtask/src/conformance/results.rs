//! Running a test binary and parsing the output of its harness.

use super::Error;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The result of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Passed,
    /// Failed, with its output.
    Failed(String),
}

/// Runs the named tests of a binary.
pub(super) fn run<'a>(
    binary: &Path,
    tests: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, Verdict>, Error> {
    let output = Command::new(binary)
        .arg("--exact")
        .args(tests)
        .env("RUST_BACKTRACE", "0")
        .output()
        .map_err(|source| Error::Run { program: binary.to_owned(), source })?;
    Ok(parse(&String::from_utf8_lossy(&output.stdout)))
}

/// Returns the verdict of each test that has one.
fn parse(text: &str) -> BTreeMap<String, Verdict> {
    let mut verdicts = BTreeMap::new();
    let mut output: BTreeMap<&str, String> = BTreeMap::new();
    let mut failing = None;
    for line in text.lines() {
        if let Some((name, verdict)) = line.strip_prefix("test ").and_then(|line| line.split_once(" ... ")) {
            let passed = verdict == "ok";
            verdicts.insert(
                name.to_owned(),
                if passed { Verdict::Passed } else { Verdict::Failed(String::new()) },
            );
        } else if let Some(name) =
            line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----"))
        {
            failing = Some(name);
        } else if line == "failures:" {
            failing = None;
        } else if let Some(name) = failing.filter(|_| !is_harness_output(line)) {
            let text = output.entry(name).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    for (name, text) in output {
        verdicts.insert(name.to_owned(), Verdict::Failed(text.trim_end().to_owned()));
    }
    verdicts
}

/// Returns true if a line only reports that and where a test panicked.
fn is_harness_output(line: &str) -> bool {
    line.is_empty()
        || line.starts_with("thread '")
        || line.starts_with("note: run with `RUST_BACKTRACE")
        || line.starts_with("protocol test `")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_output_of_failed_tests_without_harness_lines() {
        let text = "
running 2 tests
test good ... ok
test bad ... FAILED

failures:

---- bad stdout ----

thread 'bad' (7) panicked at tests/protocol.rs:4:5:
protocol test `Bad`:
  method
    expected: PUT
    got:      GET

note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace


failures:
    bad

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
        let output = "  method\n    expected: PUT\n    got:      GET".to_owned();
        let expected = [("bad".to_owned(), Verdict::Failed(output)), ("good".to_owned(), Verdict::Passed)];
        assert_eq!(parse(text), expected.into());
    }
}
