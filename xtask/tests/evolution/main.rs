//! A model grows as the [rules for evolving models](https://smithy.io/2.0/guides/evolving-models.html)
//! allow: programs against the client of the old one compile against that of the new one.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const NAMESPACE: &str = "com.amazonaws.signin";

/// How the model grows, and a function that uses what is new.
struct Growth {
    name: &'static str,
    edit: fn(&mut String),
    program: &'static str,
}

const GROWTHS: [Growth; 4] = [
    Growth { name: "unchanged", edit: |_| {}, program: "" },
    Growth {
        name: "member",
        edit: add_member,
        program: "pub fn member() -> signin_client::types::CreateOAuth2TokenRequestBody {
            signin_client::types::CreateOAuth2TokenRequestBody::new(\"client\", \"refresh_token\").scope(\"all\")
        }",
    },
    Growth {
        name: "operation",
        edit: add_operation,
        program: "pub async fn operation(client: &signin_client::Client) -> Option<bool> {
            let output = client.revoke_oauth2_token(\"token\").await;
            output.ok().and_then(|output| output.revoked)
        }",
    },
    Growth {
        name: "enum-value",
        edit: add_enum_value,
        program: "pub fn enum_value() -> signin_client::types::OAuth2ErrorCode {
            signin_client::types::OAuth2ErrorCode::SlowDown
        }",
    },
];

#[test]
fn programs_against_the_old_client_compile_against_the_new_one() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("evolution");
    let model = fs::read_to_string(repository().join("model/signin.json")).unwrap();
    for Growth { name, edit, program } in &GROWTHS {
        let mut grown = model.clone();
        edit(&mut grown);
        add_client_and_program(&workspace, name, &grown, program);
    }
    let mut grown = model;
    GROWTHS.iter().for_each(|growth| (growth.edit)(&mut grown));
    let programs: Vec<&str> = GROWTHS.iter().map(|growth| growth.program).collect();
    add_client_and_program(&workspace, "all", &grown, &programs.join("\n"));
    compiles(&workspace);
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Puts text at the beginning of a shape's property. The model stays text, since the order of members counts
/// for constructors.
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
    let shapes =
        include_str!("operation.json").trim().strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let shapes = format!("\"shapes\": {{{},", shapes.unwrap());
    *model = model.replacen("\"shapes\": {", &shapes, 1);
}

fn add_enum_value(model: &mut String) {
    let value = "\"SLOW_DOWN\": {\"target\": \"smithy.api#Unit\", \"traits\": {\"smithy.api#enumValue\": \"slow_down\"}},";
    insert(model, "OAuth2ErrorCode", "members", value);
}

/// Generates a client from a model, and puts a program beside it that depends on it.
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
    succeeded(&output);
    let manifest = format!(
        "[package]\nname = \"program-{name}\"\nedition = \"2024\"\n\n[dependencies]\nbytes = \"1\"\nhttp = \"1\"\n\
         signin_client = {{ package = \"{crate_name}\", path = \"../client\" }}\n"
    );
    write(&folder.join("program/Cargo.toml"), &manifest);
    write(&folder.join("program/src/old.rs"), include_str!("program.rs"));
    write(&folder.join("program/src/lib.rs"), &format!("pub mod old;\n{program}\n"));
}

/// Compiles the workspace, without the network and with the versions that this repository has.
fn compiles(workspace: &Path) {
    write(
        &workspace.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"*/client\", \"*/program\"]\n",
    );
    fs::copy(repository().join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    // Dependencies that this repository's own builds have made are not made again.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    cargo.args(["check", "--workspace", "--offline", "--color", "never", "--target-dir"]).arg(target);
    // Build scripts would run again for what Cargo tells this test of its own package.
    let own = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for name in own.filter(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
        cargo.env_remove(name);
    }
    let output = cargo.current_dir(workspace).output().unwrap();
    succeeded(&output);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("warning"), "{said}");
}

fn succeeded(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Writes a file unless it is right already, so that Cargo does not compile it again.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
