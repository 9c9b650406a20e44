//! Programs that use a client still compile after the model changes as the
//! [rules for evolving models](https://smithy.io/2.0/guides/evolving-models.html) allow, except for the changes that the
//! guide names.

mod compatible;
mod exceptions;
mod rejected;

use crate::support::{assert_success, repository, write};
use compatible::COMPATIBLE;
use exceptions::EXCEPTIONS;
use rejected::REJECTED;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use xtask::cargo;

const MODEL: &str = include_str!("evolution/model.json");
const PROGRAM: &str = include_str!("evolution/program.rs");

/// A change of the model.
struct Change {
    name: &'static str,
    edits: &'static [Edit],
    /// Code beside the old program.
    program: &'static str,
}

/// An edit of the model. It is edited as text to keep the order of members, which determines the constructors.
enum Edit {
    /// Inserts text at the start of a shape's property.
    Insert(&'static str, &'static str, &'static str),
    /// Replaces a text of a shape.
    Replace(&'static str, &'static str, &'static str),
    /// Adds shapes.
    Shapes(&'static str),
}

#[test]
fn old_programs_compile_with_the_new_client() {
    let mut workspace = Workspace::new("evolution");
    workspace.add_client_and_program("unchanged", &[], &[PROGRAM]);
    for Change { name, edits, program } in COMPATIBLE {
        workspace.add_client_and_program(name, &[edits], &[PROGRAM, program]);
    }
    let edits: Vec<_> = COMPATIBLE.iter().map(|change| change.edits).collect();
    let programs: Vec<_> = COMPATIBLE.iter().map(|change| change.program).collect();
    workspace.add_client_and_program("all", &edits, &[&[PROGRAM], &programs[..]].concat());

    let output = workspace.check();
    assert_success(&output);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!stderr.contains("warning"), "{stderr}");
}

#[test]
fn changes_that_the_guide_names_need_other_code() {
    let mut workspace = Workspace::new("evolution-exceptions");
    let programs: Vec<_> = EXCEPTIONS.iter().map(|change| change.program).collect();
    workspace.add_client_and_program("unchanged", &[], &programs);
    for Change { name, edits, program } in EXCEPTIONS {
        workspace.add_client_and_program(name, &[edits], &[program]);
    }
    for (name, program) in REJECTED {
        workspace.add_program(name, "unchanged", &[program]);
    }

    let stderr = String::from_utf8_lossy(&workspace.check().stderr).into_owned();
    let fails = |package: &str| stderr.contains(&format!("error: could not compile `{package}` "));
    for package in &workspace.packages {
        let breaks = package.ends_with("-program") && package != "unchanged-program";
        assert!(fails(package) || !breaks, "`{package}` compiles: correct `evolution/` and the guide");
        assert!(!fails(package) || breaks, "{stderr}");
    }
}

/// A workspace of clients and programs.
struct Workspace {
    dir: PathBuf,
    packages: Vec<String>,
}

impl Workspace {
    fn new(name: &str) -> Self {
        Self { dir: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), packages: Vec::new() }
    }

    /// Generates a client and writes a program that depends on it.
    fn add_client_and_program(&mut self, name: &str, edits: &[&[Edit]], program: &[&str]) {
        let client = format!("{name}-client");
        let model = self.dir.join(&client).with_extension("json");
        write(&model, &edited(edits));
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["codegen", "--crate-name", &client, "--model"])
            .arg(model)
            .arg("--out")
            .arg(self.dir.join(&client))
            .current_dir(repository())
            .output()
            .unwrap();
        assert_success(&output);
        self.packages.push(client);
        self.add_program(name, name, program);
    }

    /// Writes a program that depends on a client, each of its parts a module.
    fn add_program(&mut self, name: &str, client: &str, parts: &[&str]) {
        let program = format!("{name}-program");
        let dir = self.dir.join(&program);
        let manifest = format!(
            "[package]\nname = \"{program}\"\nedition = \"2024\"\n\n[dependencies]\nbytes = \"1\"\nhttp = \"1\"\n\
             cities = {{ package = \"{client}-client\", path = \"../{client}-client\", features = [\"blocking\"] }}\n"
        );
        write(&dir.join("Cargo.toml"), &manifest);
        let mut modules = String::new();
        for (number, part) in parts.iter().enumerate() {
            write(&dir.join(format!("src/part{number}.rs")), part);
            modules += &format!("pub mod part{number};\n");
        }
        write(&dir.join("src/lib.rs"), &modules);
        self.packages.push(program);
    }

    /// Checks all packages offline with this repository's lock file.
    fn check(&self) -> Output {
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {:?}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\n\
             [profile.dev.package.\"*\"]\ndebug = false\n",
            self.packages
        );
        write(&self.dir.join("Cargo.toml"), &manifest);
        fs::copy(repository().join("Cargo.lock"), self.dir.join("Cargo.lock")).unwrap();
        let mut command = Command::new(cargo::program());
        cargo::clean(&mut command);
        // The target directory of this repository. Build scripts that ran there with this profile do not run again.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        command.args([
            "check",
            "--workspace",
            "--keep-going",
            "--offline",
            "--color",
            "never",
            "--target-dir",
        ]);
        command.arg(target).current_dir(&self.dir).output().unwrap()
    }
}

/// Returns the edited model.
fn edited(edits: &[&[Edit]]) -> String {
    let mut model = MODEL.to_owned();
    let start_of = |model: &str, shape: &str| model.find(&format!("\"example#{shape}\": {{")).expect(shape);
    for edit in edits.iter().copied().flatten() {
        match edit {
            Edit::Insert(shape, property, text) => {
                let (shape, key) = (start_of(&model, shape), format!("\"{property}\": "));
                let start = shape + model[shape..].find(&key).expect(property) + key.len() + 1;
                let is_empty = model[start..].trim_start().starts_with(['}', ']']);
                model.insert_str(start, &format!("{text}{}", if is_empty { "" } else { ", " }));
            }
            Edit::Replace(shape, from, to) => {
                let shape = start_of(&model, shape);
                let start = shape + model[shape..].find(from).expect(from);
                model.replace_range(start..start + from.len(), to);
            }
            Edit::Shapes(shapes) => {
                model = model.replacen("\"shapes\": {", &format!("\"shapes\": {{{shapes}, "), 1);
            }
        }
    }
    model
}
