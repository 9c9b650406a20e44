//! A program in its own workspace, with the generated crate as a path dependency.

use farrier_tests::cargo::{cargo, stdout_of};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

const MAX_CRATES: usize = 60;

const MAIN: &str = include_str!("programs/standalone.rs");

/// Writes the program, and returns its folder. The program uses the lock file of the workspace: nothing is
/// resolved or downloaded.
fn program(name: &str) -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        r#"[package]
name = "standalone"
version = "0.1.0"
edition = "2024"

[workspace]

[profile.dev]
debug = false
incremental = false

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

/// Returns a cargo command in the program's folder, with the target directory of this repository, which already has
/// some of the dependencies.
fn cargo_offline(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo(folder);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    command.args(arguments).arg("--offline").env("CARGO_TARGET_DIR", target);
    command
}

#[test]
fn standalone_program_redeems_and_refreshes() {
    let folder = program("standalone_run");
    let output = stdout_of(&mut cargo_offline(&folder, &["run", "--quiet"]));
    assert_eq!(
        output,
        "redeemed: valid for 900 s, signed in: true\nrefreshed: valid for 900 s, signed in: false\n"
    );
}

#[test]
fn standalone_program_has_few_dependencies() {
    let folder = program("standalone_tree");
    let tree = stdout_of(&mut cargo_offline(&folder, &["tree", "-e", "normal,build", "--prefix", "none"]));
    let crates: BTreeSet<_> = tree
        .lines()
        .filter_map(|line| line.split_once(" v"))
        .map(|(name, rest)| (name, rest.split(' ').next()))
        .collect();
    assert!(crates.iter().any(|(name, _)| *name == "signin-client"), "{tree}");
    assert!(crates.len() <= MAX_CRATES, "{} crates:\n{crates:#?}", crates.len());
}
