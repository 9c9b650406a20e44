//! Programs that use a client still compile after the model changes as the
//! [rules for evolving models](https://smithy.io/2.0/guides/evolving-models.html) allow.

use crate::support::{assert_success, repository, write};
use std::fs;
use std::path::Path;
use std::process::Command;
use xtask::cargo;

const NAMESPACE: &str = "com.amazonaws.signin";

/// A compatible change of the model and a function that uses it.
struct Change {
    name: &'static str,
    edit: fn(&mut String),
    program: &'static str,
}

const CHANGES: [Change; 4] = [
    Change { name: "unchanged", edit: |_| {}, program: "" },
    Change {
        name: "member",
        edit: add_member,
        program: "pub fn member() -> signin_client::types::CreateOAuth2TokenRequestBody {
            signin_client::types::CreateOAuth2TokenRequestBody::new(\"client\", \"refresh_token\").scope(\"all\")
        }",
    },
    Change {
        name: "operation",
        edit: add_operation,
        program: "pub async fn operation(client: &signin_client::Client) -> Option<bool> {
            let output = client.revoke_oauth2_token(\"token\").await;
            output.ok().and_then(|output| output.revoked)
        }",
    },
    Change {
        name: "enum-value",
        edit: add_enum_value,
        program: "pub fn enum_value() -> signin_client::types::OAuth2ErrorCode {
            signin_client::types::OAuth2ErrorCode::SlowDown
        }",
    },
];

#[test]
fn old_programs_compile_with_the_new_client() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("evolution");
    let model = fs::read_to_string(repository().join("model/signin.json")).unwrap();
    for Change { name, edit, program } in &CHANGES {
        let mut changed = model.clone();
        edit(&mut changed);
        add_client_and_program(&workspace, name, &changed, program);
    }
    let mut changed = model;
    CHANGES.iter().for_each(|change| (change.edit)(&mut changed));
    let programs: Vec<&str> = CHANGES.iter().map(|change| change.program).collect();
    add_client_and_program(&workspace, "all", &changed, &programs.join("\n"));
    assert_compiles(&workspace);
}

/// Inserts text at the start of a shape's property. The model is edited as text to keep the order of members,
/// which determines the constructors.
fn insert(model: &mut String, shape: &str, property: &str, text: &str) {
    let shape = model.find(&format!("\"{NAMESPACE}#{shape}\": {{")).expect(shape);
    let key = format!("\"{property}\": ");
    let bracket = shape + model[shape..].find(&key).expect(property) + key.len();
    model.insert_str(bracket + 1, text);
}

fn add_member(model: &mut String) {
    let member = "\"scope\": {\"target\": \"smithy.api#String\"},";
    insert(model, "CreateOAuth2TokenRequestBody", "members", member);
}

fn add_operation(model: &mut String) {
    let operation = format!("{{\"target\": \"{NAMESPACE}#RevokeOAuth2Token\"}},");
    insert(model, "Signin", "operations", &operation);
    let shapes = include_str!("evolution/operation.json")
        .trim()
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'));
    let shapes = format!("\"shapes\": {{{},", shapes.unwrap());
    *model = model.replacen("\"shapes\": {", &shapes, 1);
}

fn add_enum_value(model: &mut String) {
    let value = "\"SLOW_DOWN\": {\"target\": \"smithy.api#Unit\", \"traits\": {\"smithy.api#enumValue\": \"slow_down\"}},";
    insert(model, "OAuth2ErrorCode", "members", value);
}

/// Generates a client and writes a program that depends on it.
fn add_client_and_program(workspace: &Path, name: &str, model: &str, program: &str) {
    let folder = workspace.join(name);
    write(&folder.join("model.json"), model);
    let crate_name = format!("signin-client-{name}");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--crate-name", &crate_name, "--model"])
        .arg(folder.join("model.json"))
        .arg("--out")
        .arg(folder.join("client"))
        .current_dir(repository())
        .output()
        .unwrap();
    assert_success(&output);
    let manifest = format!(
        "[package]\nname = \"program-{name}\"\nedition = \"2024\"\n\n[dependencies]\nbytes = \"1\"\nhttp = \"1\"\n\
         signin_client = {{ package = \"{crate_name}\", path = \"../client\" }}\n"
    );
    write(&folder.join("program/Cargo.toml"), &manifest);
    write(&folder.join("program/src/old.rs"), include_str!("evolution/program.rs"));
    write(&folder.join("program/src/lib.rs"), &format!("pub mod old;\n{program}\n"));
}

/// Compiles the workspace offline with this repository's lock file.
fn assert_compiles(workspace: &Path) {
    write(
        &workspace.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"*/client\", \"*/program\"]\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n\n[profile.dev.package.\"*\"]\ndebug = false\n",
    );
    fs::copy(repository().join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    let mut command = Command::new(cargo::program());
    cargo::clean(&mut command);
    // The target directory of this repository. Build scripts that ran there with this profile do not run again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    command.args(["check", "--workspace", "--offline", "--color", "never", "--target-dir"]).arg(target);
    let output = command.current_dir(workspace).output().unwrap();
    assert_success(&output);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!stderr.contains("warning"), "{stderr}");
}
