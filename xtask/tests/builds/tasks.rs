//! Six tasks with the Sign-In client, beside the same tasks with the AWS SDK for Rust.

use crate::support::{assert_success, repository};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use xtask::cargo;

const OURS: &str = "bench/programs/ours";
const PEER: &str = "bench/programs/peer";
const GUIDE: &str = "runtime/src/guide/comparison.md";

const TASKS: [&str; 6] = [
    "many_members",
    "optional_members",
    "match_one_error",
    "mock_in_a_test",
    "timeout_for_one_call",
    "three_calls",
];

/// A task as a module: what it contains, without comments and blank lines.
struct Task {
    name: String,
    lines: Vec<String>,
}

#[test]
fn ours_has_no_more_lines_in_any_task() {
    let [ours, peer] = [OURS, PEER].map(tasks);
    for (ours, peer) in ours.iter().zip(&peer) {
        let (name, ours, peer) = (&ours.name, ours.lines.len(), peer.lines.len());
        assert!(ours <= peer, "{name}: {ours} lines, and {peer} with the peer");
    }
}

#[test]
fn the_guide_has_the_counts_and_the_code() {
    let [ours, peer] = [OURS, PEER].map(tasks);
    let guide = fs::read_to_string(repository().join(GUIDE)).unwrap();
    let is_row = |line: &&str| line.starts_with("| ") && !line.starts_with("| task |");
    let counts = |row: &str| row.trim_matches('|').split('|').skip(1).map(|c| c.trim().to_owned()).collect();
    let written: Vec<Vec<String>> = guide.lines().filter(is_row).map(counts).collect();
    let measured = ours.iter().zip(&peer).map(|(ours, peer)| vec![ours.lines.len(), peer.lines.len()]);
    let measured: Vec<Vec<String>> =
        measured.map(|counts| counts.iter().map(usize::to_string).collect()).collect();
    assert_eq!(written, measured, "`{GUIDE}` must have the measured counts, {TASKS:?}: {measured:?}");

    let guide: Vec<&str> = guide.lines().filter(|line| !is_omitted(line)).collect();
    for Task { name, lines } in ours {
        let shown = guide.windows(lines.len()).any(|shown| shown == lines);
        assert!(shown, "`{GUIDE}` must show the code of `{name}` in `{OURS}/tasks`:\n{}", lines.join("\n"));
    }
}

/// The mock is run, too.
#[test]
fn tasks_compile_without_warnings() {
    // The versions of this repository. Cargo adds the packages of the workspace.
    fs::copy(repository().join("Cargo.lock"), repository().join(OURS).join("Cargo.lock")).unwrap();
    test(OURS, "--offline");
    // May download the crates of the peer.
    test(PEER, "--locked");
}

fn test(workspace: &str, mode: &str) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tasks").join(workspace);
    let mut command = Command::new(cargo::program());
    cargo::clean(&mut command);
    command.current_dir(repository().join(workspace)).args(["test", "--package", "tasks", mode]);
    command.env("RUSTFLAGS", "-D warnings").env("CARGO_PROFILE_TEST_DEBUG", "false");
    command.env("CARGO_PROFILE_DEV_DEBUG", "false").arg("--target-dir").arg(target);
    let output = command.output().unwrap();
    assert_success(&output);
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(stdout.contains("1 passed"), "{workspace}: {stdout}");
}

/// Returns the tasks of a workspace, in the format of rustfmt.
fn tasks(workspace: &str) -> Vec<Task> {
    let path = repository().join(workspace).join("tasks/src/lib.rs");
    assert_formatted(&path);
    let text = fs::read_to_string(&path).unwrap();
    let mut tasks: Vec<Task> = Vec::new();
    // The items of a formatted file start and end in the first column.
    for line in text.lines().filter(|line| !is_omitted(line)) {
        let name =
            line.strip_suffix(" {").and_then(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
        match (name, line.strip_prefix("    ")) {
            (Some(name), _) => tasks.push(Task { name: name.to_owned(), lines: Vec::new() }),
            (None, Some(line)) => tasks.last_mut().unwrap().lines.push(line.to_owned()),
            (None, None) => assert!(["}", "#[cfg(test)]"].contains(&line), "{}: {line}", path.display()),
        }
    }
    assert_eq!(tasks.iter().map(|task| &task.name).collect::<Vec<_>>(), TASKS, "{}", path.display());
    tasks
}

/// Returns true for blank lines and comments.
fn is_omitted(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with("//")
}

/// Uses the settings of this repository for all programs.
fn assert_formatted(path: &PathBuf) {
    let output = Command::new("rustfmt").args(["--check", "--edition", "2024"]).arg(path).output().unwrap();
    assert_success(&output);
}
