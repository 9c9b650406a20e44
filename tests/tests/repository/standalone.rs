//! A program in its own workspace, with the generated crate as a path dependency.

use crate::program::{Program, workspace};
use farrier_tests::cargo::stdout_of;
use std::collections::BTreeSet;

const MAX_CRATES: usize = 60;

fn program(name: &str) -> Program {
    let dependencies = format!(
        r#"signin-client = {{ path = '{}' }}
tokio = {{ version = "1", features = ["macros", "rt"] }}
"#,
        workspace().join("generated/signin").display()
    );
    Program::write(name, &dependencies, include_str!("programs/standalone.rs"))
}

#[test]
fn standalone_program_redeems_and_refreshes() {
    let output = stdout_of(&mut program("standalone_run").cargo(&["run", "--quiet"]));
    assert_eq!(
        output,
        "redeemed: valid for 900 s, signed in: true\nrefreshed: valid for 900 s, signed in: false\n"
    );
}

#[test]
fn standalone_program_has_few_dependencies() {
    let arguments = ["tree", "-e", "normal,build", "--prefix", "none"];
    let tree = stdout_of(&mut program("standalone_tree").cargo(&arguments));
    let crates: BTreeSet<_> = tree
        .lines()
        .filter_map(|line| line.split_once(" v"))
        .map(|(name, rest)| (name, rest.split(' ').next()))
        .collect();
    assert!(crates.iter().any(|(name, _)| *name == "signin-client"), "{tree}");
    assert!(crates.len() <= MAX_CRATES, "{} crates:\n{crates:#?}", crates.len());
}
