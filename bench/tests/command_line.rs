//! `cargo xtask bench` as a process, without valgrind, models and programs.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SERVICES: &str = "version = 1\n[[crate]]\nmodel = \"model/signin.json\"\nname = \"signin-client\"\nout = \"generated/signin\"\n";

/// A workspace with one model and no snapshots.
fn workspace() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/signin.json");
    // A subdirectory, so that `..` is empty too.
    let root = dir.path().join("checkout");
    fs::create_dir_all(root.join("model")).unwrap();
    fs::create_dir_all(root.join("tests/snapshots")).unwrap();
    fs::copy(model, root.join("model/signin.json")).unwrap();
    fs::write(root.join("farrier.toml"), SERVICES).unwrap();
    fs::write(root.join("tests/snapshots/services.toml"), "version = 1\n").unwrap();
    dir
}

/// Runs `bench` with an empty `PATH`.
fn bench(dir: &tempfile::TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farrier-bench"));
    command.args(arguments).current_dir(dir.path().join("checkout")).env("PATH", "");
    command.output().unwrap()
}

/// Runs the guard with this limit on the lines of the Sign-In client.
fn guard(lines: usize) -> Output {
    let dir = workspace();
    let limits = dir.path().join("limits.toml");
    let text =
        format!("slack = 0.03\n[instructions]\nwhole = 1\n[lines]\nsnapshots = 0\nsignin-client = {lines}\n");
    fs::write(&limits, text).unwrap();
    bench(&dir, &["--guard", "--limits", limits.to_str().unwrap()])
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn guard_fails_if_a_limit_is_exceeded() {
    let output = guard(10);
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{stdout}{stderr}");
    assert!(stdout.contains("(limit 10): limit EXCEEDED"), "{stdout}");
    assert!(stderr.contains("bench/limits.toml"), "{stderr}");
}

#[test]
fn guard_passes_below_the_limits_and_prints_skipped_counts() {
    let output = guard(1_000_000);
    let stdout = text(&output.stdout);
    assert!(output.status.success(), "{stdout}{}", text(&output.stderr));
    assert!(stdout.contains("(limit 1,000,000): lower the limit"), "{stdout}");
    assert!(stdout.contains("skipped: instructions: valgrind is not installed"), "{stdout}");
}

/// A report with one figure of ours and 100 of the peer.
fn report(ours: f64) -> String {
    let conditions = r#"{"rustc": "", "processor": "", "threads": 1, "load": "", "quick": true}"#;
    let row = format!(
        r#"{{"name": "time", "unit": "seconds", "ours": [{ours}], "peer": {{"name": "peer", "sample": [100]}}}}"#
    );
    format!(
        r#"{{"sections": [{{"name": "call", "about": "", "conditions": {conditions}, "rows": [{row}],
            "skipped": [], "curves": []}}]}}"#
    )
}

#[test]
fn comparison_fails_if_a_ratio_differs() {
    let dir = workspace();
    let file = |name: &str, text: &str| fs::write(dir.path().join("checkout").join(name), text).unwrap();
    file("old.json", &report(10.0));
    file("new.json", &report(20.0));
    let same = bench(&dir, &["--compare", "old.json", "old.json"]);
    assert!(same.status.success(), "{}{}", text(&same.stdout), text(&same.stderr));
    assert!(text(&same.stdout).ends_with("\n1 of 1 ratios agree\n"), "{}", text(&same.stdout));
    let different = bench(&dir, &["--compare", "old.json", "new.json"]);
    assert_eq!(different.status.code(), Some(1), "{}", text(&different.stderr));
    assert!(text(&different.stdout).ends_with("\n0 of 1 ratios agree\n"), "{}", text(&different.stdout));
}

#[test]
fn comparison_names_an_invalid_report() {
    let dir = workspace();
    fs::write(dir.path().join("checkout/other.json"), "{}").unwrap();
    fs::write(dir.path().join("checkout/old.json"), report(10.0)).unwrap();
    for (file, error) in [
        ("other.json", "error: invalid report `other.json`: missing field `sections`"),
        ("nowhere.json", "error: cannot read `nowhere.json`: "),
    ] {
        let output = bench(&dir, &["--compare", "old.json", file]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).starts_with(error), "{}", text(&output.stderr));
    }
}

#[test]
fn compare_conflicts_with_other_options() {
    let dir = workspace();
    for other in
        [&["--quick"][..], &["--only", "call"], &["--out", "x"], &["--guard"], &["--compare", "a", "b"]]
    {
        let output = bench(&dir, &[&["--compare", "a", "b"], other].concat());
        assert_eq!(output.status.code(), Some(2), "{other:?}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains("cannot be used"), "{}", text(&output.stderr));
    }
}

#[test]
fn report_lists_skipped_measurements() {
    let dir = workspace();
    let output = bench(&dir, &["--quick", "--only", "generate"]);
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    let report = dir.path().join("checkout/target/bench/report");
    let page = fs::read_to_string(report.join("report.md")).unwrap();
    assert!(page.contains("| signin, time |"), "{page}");
    assert!(page.contains("pass `--models DIR` or set FARRIER_MODELS"), "{page}");
    let data: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(report.join("report.json")).unwrap()).unwrap();
    assert_eq!(data["sections"][0]["name"], "generate");

    let file = report.join("report.json");
    let file = file.to_str().unwrap();
    let comparison = bench(&dir, &["--compare", file, file]);
    assert!(text(&comparison.stdout).ends_with("\n0 of 0 ratios agree\n"), "{}", text(&comparison.stderr));
}

#[test]
fn one_benchmark_does_not_replace_a_page_whose_data_is_missing() {
    let dir = workspace();
    let report = dir.path().join("checkout/bench/report");
    fs::create_dir_all(&report).unwrap();
    fs::write(report.join("report.md"), "all benchmarks").unwrap();
    let output = bench(&dir, &["--only", "generate"]);
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("report` has no `report.json` to add a benchmark to; use `--quick`"), "{stderr}");
    assert_eq!(fs::read_to_string(report.join("report.md")).unwrap(), "all benchmarks");
}
