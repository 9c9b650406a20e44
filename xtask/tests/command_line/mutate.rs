//! `cargo xtask mutate`.

use crate::workspace::Workspace;
use std::process::Command;

/// Runs `mutate` in a workspace without compiling anything. Returns its success, and its output.
fn mutate(workspace: &Workspace, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["mutate", "--models", "model", "--compile", "0"])
        .args(arguments)
        .current_dir(workspace.path(""))
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

#[test]
fn same_seed_gives_same_results() {
    let workspace = Workspace::new();
    let run = |seed: &str| mutate(&workspace, &["--seed", seed, "--cases", "60", "--seconds", "600"]);
    let (passed, text) = run("5");
    assert!(passed, "{text}");
    assert!(text.starts_with("1 model, seed 5\n60 cases: ") && text.contains(" 0 failed"), "{text}");
    assert_eq!(run("5").1, text);
    assert_ne!(run("9000").1.split_once('\n').unwrap().1, text.split_once('\n').unwrap().1);
    let left: Vec<_> = workspace.texts("target/mutants").into_keys().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn fails_without_models() {
    let workspace = Workspace::with_model("{}");
    let (passed, text) = mutate(&workspace, &[]);
    assert!(!passed);
    assert!(text.contains("error: no valid JSON AST models in `model`"), "{text}");
}
