//! What is checked in is what the generator gives.

use crate::workspace::codegen_in;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_generated_crates_are_up_to_date() {
    codegen_in(&root(), &["--check"]).succeeded().says(&["generated/signin: up to date"]);
}

#[test]
fn the_goldens_are_up_to_date() {
    let arguments = ["--services", "tests/goldens/services.toml", "--check"];
    let run = codegen_in(&root(), &arguments).succeeded();
    assert!(run.stdout.lines().all(|line| line.ends_with(": up to date")), "{}", run.stdout);
}

#[test]
fn every_folder_of_generated_crates_is_listed() {
    for (folder, list, inside) in
        [("tests/goldens", "tests/goldens/services.toml", "/crate"), ("generated", "model/services.toml", "")]
    {
        let entries = fs::read_dir(root().join(folder)).unwrap().map(Result::unwrap);
        let folders: BTreeSet<String> = entries
            .filter(|entry| entry.path().is_dir())
            .map(|entry| format!("{folder}/{}{inside}", entry.file_name().to_str().unwrap()))
            .collect();
        let list = fs::read_to_string(root().join(list)).unwrap();
        let listed: BTreeSet<String> = list
            .lines()
            .filter_map(|line| line.strip_prefix("out = \"")?.strip_suffix('"'))
            .map(str::to_owned)
            .collect();
        assert!(!listed.is_empty());
        assert_eq!(folders, listed);
    }
}
