//! `cargo xtask test-models` as a process, up to the generation of crates. `.ci/run models` runs all of it.

use std::path::Path;
use std::process::{Command, Output};

fn test_models(models: &Path) -> Output {
    let out = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("test-models").arg("--models").arg(models).arg("--out").arg(out.path());
    command.output().unwrap()
}

#[test]
fn fails_without_models() {
    let dir = tempfile::tempdir().unwrap();
    let output = test_models(dir.path());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.starts_with("error: no JSON AST models in `"), "{stderr}");
}

#[test]
fn fails_with_diagnostics_if_no_model_can_be_generated() {
    let dir = tempfile::tempdir().unwrap();
    let model = r##"{"smithy": "2.0", "shapes": {"a#S": {"type": "service", "operations": [{"target": "a#Missing"}],
        "traits": {"aws.protocols#restJson1": {}}}}}"##;
    std::fs::write(dir.path().join("m.json"), model).unwrap();
    let output = test_models(dir.path());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("a#Missing"), "{stderr}");
}
