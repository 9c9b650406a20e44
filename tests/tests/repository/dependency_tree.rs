//! The dependency tree of a program with a blocking client.

use farrier_tests::cargo::{cargo, stdout_of};
use std::collections::BTreeSet;
use std::path::Path;

const MAX_CRATES: usize = 50;

/// Writes a program with a blocking client only, and returns its dependency tree. The program uses the lock
/// file of the workspace: nothing is resolved or downloaded.
fn tree() -> String {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("blocking_tree");
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        r#"[package]
name = "blocking-program"
version = "0.1.0"
edition = "2024"

[workspace]

[dependencies]
signin-client = {{ path = '{}', default-features = false, features = ["blocking"] }}
"#,
        workspace.join("generated/signin").display()
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::write(folder.join("src/main.rs"), include_str!("programs/blocking.rs")).unwrap();
    std::fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    stdout_of(cargo(folder).args(["tree", "-e", "normal,build", "--prefix", "none", "--offline"]))
}

#[test]
fn blocking_program_has_few_crates_and_no_async_runtime() {
    let tree = tree();
    let crates: BTreeSet<_> = tree
        .lines()
        .filter_map(|line| line.split_once(" v"))
        .map(|(name, rest)| (name, rest.split(' ').next()))
        .collect();
    assert!(crates.iter().any(|(name, _)| *name == "ureq"), "{tree}");
    for absent in ["tokio", "hyper", "hyper-util", "hyper-rustls", "tower-service"] {
        assert!(!crates.iter().any(|(name, _)| *name == absent), "{absent} in {tree}");
    }
    assert!(crates.len() <= MAX_CRATES, "{} crates:\n{crates:#?}", crates.len());
}
