//! A program in a folder and workspace of its own, with the generated crate as a dependency by path.
#![allow(clippy::unwrap_used, reason = "a helper that cannot do its part fails the test")]

use farrier_tests::cargo::{cargo, stdout_of};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const MOST_CRATES: usize = 60;

const MAIN: &str = include_str!("../programs/own_folder.rs");

/// Writes the program, and gives its folder. It has the versions that the workspace has, so that there is
/// nothing to resolve and nothing to fetch.
fn program(name: &str) -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        r#"[package]
name = "own-folder"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
signin-client = {{ path = '{}' }}
tokio = {{ version = "1", features = ["macros", "rt"] }}
"#,
        workspace.join("generated/signin").display()
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::write(folder.join("src/main.rs"), MAIN).unwrap();
    std::fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

/// Runs cargo in the program's folder, its output under the workspace's `target` so that a second run is
/// fast.
fn cargo_offline(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo(folder);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own_folder_target");
    command.args(arguments).arg("--offline").env("CARGO_TARGET_DIR", target);
    command
}

#[test]
fn a_program_in_a_folder_of_its_own_redeems_and_refreshes() {
    let folder = program("own_folder_run");
    let output = stdout_of(&mut cargo_offline(&folder, &["run", "--quiet"]));
    assert_eq!(
        output,
        "redeemed: valid for 900 s, signed in: true\nrefreshed: valid for 900 s, signed in: false\n"
    );
}

#[test]
fn such_a_program_has_few_crates_in_its_tree() {
    let folder = program("own_folder_tree");
    let tree = stdout_of(&mut cargo_offline(&folder, &["tree", "-e", "normal,build", "--prefix", "none"]));
    let crates: BTreeSet<_> = tree
        .lines()
        .filter_map(|line| line.split_once(" v"))
        .map(|(name, rest)| (name, rest.split(' ').next()))
        .collect();
    assert!(crates.iter().any(|(name, _)| *name == "signin-client"), "{tree}");
    assert!(crates.len() <= MOST_CRATES, "{} crates:\n{crates:#?}", crates.len());
}
