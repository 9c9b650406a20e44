//! The dependency trees of a program with a blocking client, and of crates without a client.

use crate::program::{Program, workspace};
use farrier_tests::cargo::{cargo, stdout_of};
use std::collections::BTreeSet;

const MAX_CRATES: usize = 50;

/// Crates that use sockets, threads, clocks or the random number generator of the system.
const SYSTEM_CRATES: &[&str] =
    &["getrandom", "hyper", "libc", "mio", "ring", "rustls", "socket2", "tokio", "ureq", "wasm-bindgen"];

/// Returns the dependency tree of a program with a blocking client only.
fn tree() -> String {
    let dependencies = format!(
        "signin-client = {{ path = '{}', default-features = false, features = [\"blocking\"] }}\n",
        workspace().join("generated/signin").display()
    );
    let program = Program::write("blocking_tree", &dependencies, include_str!("programs/blocking.rs"));
    stdout_of(&mut program.cargo(&["tree", "-e", "normal,build", "--prefix", "none"]))
}

/// Returns the names and versions in a tree.
fn crates(tree: &str) -> BTreeSet<(&str, Option<&str>)> {
    let lines = tree.lines().filter_map(|line| line.split_once(" v"));
    lines.map(|(name, rest)| (name, rest.split(' ').next())).collect()
}

#[test]
fn crates_without_a_client_need_no_system() {
    for (package, features) in [
        ("farrier-runtime", ""),
        ("farrier-runtime", "cbor,chrono,gzip,jiff,md5,protocol-tests"),
        ("signin-client", ""),
    ] {
        for target in [&[][..], &["--target", "wasm32-unknown-unknown"]] {
            let tree = ["tree", "--offline", "--locked", "-e", "normal", "--prefix", "none"];
            let of = ["-p", package, "--no-default-features", "--features", features];
            let tree = stdout_of(cargo(workspace()).args(tree).args(of).args(target));
            let crates = crates(&tree);
            assert!(crates.iter().any(|(name, _)| *name == "serde_json"), "{tree}");
            let found: Vec<_> = crates.iter().filter(|(name, _)| SYSTEM_CRATES.contains(name)).collect();
            assert!(found.is_empty(), "{package} with features `{features}` {target:?}: {found:?}");
        }
    }
}

#[test]
fn blocking_program_has_few_crates_and_no_async_runtime() {
    let tree = tree();
    let crates = crates(&tree);
    assert!(crates.iter().any(|(name, _)| *name == "ureq"), "{tree}");
    for absent in ["tokio", "hyper", "hyper-util", "hyper-rustls", "tower-service"] {
        assert!(!crates.iter().any(|(name, _)| *name == absent), "{absent} in {tree}");
    }
    assert!(crates.len() <= MAX_CRATES, "{} crates:\n{crates:#?}", crates.len());
}
