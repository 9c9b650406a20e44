//! The commands of the README that lead from nothing to a call, as a new user runs them outside the checkout.

use crate::support::{assert_success, repository};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A new user types no more commands than this.
const MAX_COMMANDS: usize = 5;

/// Returns the blocks of code of a language in a section of the README.
fn blocks(section: &str, language: &str) -> Vec<String> {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let (_, section) = readme.split_once(&format!("\n### {section}\n")).expect(section);
    let section = section.split("\n### ").next().unwrap().split("\n## ").next().unwrap();
    let inside = section.split("```").skip(1).step_by(2);
    inside.filter_map(|block| block.strip_prefix(&format!("{language}\n")).map(str::to_owned)).collect()
}

/// Builds `farrier` and returns the directory of the program.
fn program() -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["build", "--quiet", "--package", "farrier", "--manifest-path"])
        .arg(repository().join("Cargo.toml"));
    assert_success(&cargo.output().unwrap());
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("debug")
}

/// Runs the commands of a section in a new directory, with the files in it, and the program in the project before the
/// last command. Dependencies of this repository are taken from it, the others from Cargo's cache.
fn follow(section: &str, files: &[(&str, &str)], program_text: Option<&str>) -> String {
    let mut commands: Vec<String> = blocks(section, "sh").concat().lines().map(str::to_owned).collect();
    assert!(commands.len() <= MAX_COMMANDS, "{commands:?}");
    let directory = tempfile::tempdir().unwrap();
    let patch = |name: &str, path: &str| format!("{name} = {{ path = {:?} }}\n", repository().join(path));
    let patches = [("farrier", "cli"), ("farrier-codegen", "codegen"), ("farrier-runtime", "runtime")];
    let patches: String = patches.iter().map(|(name, path)| patch(name, path)).collect();
    let configuration = directory.path().join(".cargo/config.toml");
    fs::create_dir(configuration.parent().unwrap()).unwrap();
    fs::write(&configuration, format!("[net]\noffline = true\n\n[patch.crates-io]\n{patches}")).unwrap();
    for (name, text) in files {
        fs::write(directory.path().join(name), text).unwrap();
    }
    if let Some(text) = program_text {
        fs::write(directory.path().join("main.rs"), text).unwrap();
        commands.insert(commands.len() - 1, "cp ../main.rs src/main.rs".to_owned());
    }
    let path = std::env::join_paths(
        [program()].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", &commands.join("\n")]).current_dir(directory.path());
    shell
        .env("PATH", path.unwrap())
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("newcomer"));
    // Part of the environment of this test, but not of a user's shell.
    for (name, _) in std::env::vars()
        .filter(|(name, _)| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
    {
        shell.env_remove(name);
    }
    let output = shell.output().unwrap();
    assert_success(&output);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const CALL: &str = "GetCityOutput { name: \"Oslo\"";

#[test]
fn readme_leads_to_a_call_in_three_ways() {
    assert!(follow("A new project", &[], None).contains(CALL));
    assert!(follow("A build script", &[], None).contains(CALL));
    let model = fs::read_to_string(repository().join("cli/src/commands/init/weather.json")).unwrap();
    let program = blocks("A crate in your project", "rust").concat();
    let output = follow("A crate in your project", &[("model.json", &model)], Some(&program));
    assert!(output.contains("GetCityOutput { name: \"Oslo\""), "{output}");
}
