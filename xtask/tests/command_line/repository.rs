//! The checked-in generated crates are up to date and listed.

use crate::workspace::codegen_in;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn generated_crates_are_up_to_date() {
    codegen_in(&root(), &["--check"]).succeeded().prints(&["generated/signin: up to date"]);
}

#[test]
fn snapshots_are_up_to_date() {
    let arguments = ["--services", "tests/snapshots/services.toml", "--check"];
    let run = codegen_in(&root(), &arguments).succeeded();
    assert!(run.stdout.lines().all(|line| line.ends_with(": up to date")), "{}", run.stdout);
}

/// Returns the packages below a directory, by path from the root. Packages are not nested.
fn packages(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.path().is_dir());
    let paths =
        folders.map(|entry| (format!("{folder}/{}", entry.file_name().to_str().unwrap()), entry.path()));
    paths
        .flat_map(|(name, path)| match path.join("Cargo.toml").is_file() {
            true => BTreeSet::from([name]),
            false => packages(&name),
        })
        .collect()
}

#[test]
fn every_generated_crate_is_listed() {
    for (folder, list) in
        [("tests/snapshots", "tests/snapshots/services.toml"), ("generated", "farrier.toml")]
    {
        let below = Path::new(list).parent().unwrap().to_owned();
        let list = fs::read_to_string(root().join(list)).unwrap();
        let listed: BTreeSet<String> = list
            .lines()
            .filter_map(|line| line.strip_prefix("out = \"")?.strip_suffix('"'))
            .map(|out| below.join(out).to_str().unwrap().to_owned())
            .collect();
        assert!(!listed.is_empty());
        assert_eq!(packages(folder), listed);
    }
}

#[test]
fn every_snapshot_model_is_listed() {
    let list = fs::read_to_string(root().join("tests/snapshots/services.toml")).unwrap();
    let listed: BTreeSet<String> = list
        .lines()
        .filter_map(|line| line.strip_prefix("model = \"")?.strip_suffix("/model.json\""))
        .map(str::to_owned)
        .collect();
    let entries = fs::read_dir(root().join("tests/snapshots")).unwrap().map(Result::unwrap);
    let folders: BTreeSet<String> = entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(folders, listed);
}

/// The maximum number of lines of all snapshots: more would not be read.
const MAX_LINES: usize = 12_000;

#[test]
fn snapshots_are_few_lines() {
    let mut lines = 0;
    let mut folders: Vec<PathBuf> =
        packages("tests/snapshots").iter().map(|package| root().join(package)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                lines += fs::read_to_string(path).unwrap().lines().count();
            }
        }
    }
    assert!(lines <= MAX_LINES, "{lines} lines: move a model to `tests/models`");
}
