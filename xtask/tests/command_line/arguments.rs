//! Command-line arguments and lists of services.

use crate::workspace::{OUT, WEATHER, Workspace, codegen_in};
use std::fs;
use tempfile::TempDir;

#[test]
fn generates_a_model_that_is_not_listed() {
    let workspace = Workspace::new();
    let arguments = ["--model", "model/weather.json", "--out", "other/out", "--crate-name", "sunny"];
    workspace.codegen(&arguments).succeeded().prints(&["other/out: 5 shapes"]);
    let manifest = workspace.read("other/out/Cargo.toml");
    assert!(manifest.contains("\nname = \"sunny\"\n"), "{manifest}");
    assert!(manifest.contains("farrier-runtime = { path = \"../../runtime\", "), "{manifest}");
    assert!(workspace.read("other/out/src/lib.rs").contains("//! use sunny::Client;"));
    assert!(!workspace.path(OUT).exists());
    workspace.codegen(&[&arguments[..], &["--check"]].concat()).succeeded();
}

#[test]
fn names_the_crate_after_the_service_by_default() {
    let workspace = Workspace::new();
    workspace.codegen(&["--model", "model/weather.json", "--out", "it"]).succeeded();
    let manifest = workspace.read("it/Cargo.toml");
    assert!(manifest.contains("\nname = \"weather-client\"\n"), "{manifest}");
}

#[test]
fn writes_no_absolute_path() {
    let (workspace, away) = (Workspace::new(), TempDir::new().unwrap());
    let (model, out) = (workspace.path("model/weather.json"), away.path().join("it"));
    let arguments = ["--model", model.to_str().unwrap(), "--out", out.to_str().unwrap()];
    workspace.codegen(&arguments).succeeded();
    let root = fs::canonicalize(workspace.path("")).unwrap();
    for entry in ["Cargo.toml", "README.md", "src/lib.rs", "src/client.rs", "src/types.rs", "src/schema.rs"] {
        for line in fs::read_to_string(out.join(entry)).unwrap().lines() {
            for path in [workspace.path(""), away.path().to_owned(), root.clone()] {
                assert!(!line.contains(path.to_str().unwrap().trim_end_matches('/')), "{entry}: {line}");
            }
        }
    }
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    let (_, rest) = manifest.split_once("farrier-runtime = { path = \"").unwrap();
    let runtime = out.join(rest.split_once('"').unwrap().0);
    fs::create_dir(workspace.path("runtime")).unwrap();
    assert_eq!(fs::canonicalize(runtime).unwrap(), root.join("runtime"));
}

#[test]
fn selects_one_of_several_services_by_id_or_name() {
    let service = |name: &str| {
        WEATHER.replace("example#Weather", &format!("example#{name}")).replace("2026-01-01", name)
    };
    let (weather, climate) = (service("Weather"), service("Climate"));
    let shape = climate.split_once("    \"example#Climate\"").unwrap().1;
    let shape = shape.split_once("    \"example#GetCity\"").unwrap().0;
    let both = weather.replacen(
        "  \"shapes\": {\n",
        &format!("  \"shapes\": {{\n    \"example#Climate\"{shape}"),
        1,
    );
    let workspace = Workspace::with_model(both);
    workspace.codegen(&[]).failed().prints(&[
        "the model has 2 services: `example#Climate`, `example#Weather`",
        "model/weather.json:4:5",
        "help: select one with `--service ID`",
    ]);
    for wanted in ["example#Climate", "Climate"] {
        let arguments = ["--model", "model/weather.json", "--out", wanted, "--service", wanted];
        workspace.codegen(&arguments).succeeded();
        assert!(workspace.read(&format!("{wanted}/src/client.rs")).contains("id: \"example#Climate\""));
    }
    let list = workspace.read("farrier.toml");
    workspace.write("farrier.toml", format!("{list}service = \"example#Weather\"\n"));
    workspace.codegen(&[]).succeeded();
    assert!(workspace.read("generated/weather/src/client.rs").contains("id: \"example#Weather\""));
    let arguments = ["--model", "model/weather.json", "--out", "none", "--service", "Whether"];
    workspace
        .codegen(&arguments)
        .failed()
        .prints(&["the model has no service `Whether`", "help: select one of"]);
    assert!(!workspace.path("none").exists());
}

#[test]
fn rejects_invalid_arguments() {
    let workspace = Workspace::new();
    let before = workspace.snapshot();
    let base = ["--model", "model/weather.json", "--out", "it", "--crate-name"];
    let mut cases: Vec<Vec<&str>> = vec![
        vec!["--model", "model/weather.json"],
        vec!["--out", "it"],
        vec!["--service", "Weather"],
        vec!["--crate-name", "sunny"],
        vec!["--model", "model/weather.json", "--out", "it", "--services", "farrier.toml"],
        vec!["--unknown"],
        vec!["weather"],
    ];
    let usage_errors = cases.len();
    cases.extend(
        ["", "1st", "a b", "a/b", "../a", "ä", "a\nb", "a\"b"].map(|name| [&base[..], &[name]].concat()),
    );
    for (index, arguments) in cases.into_iter().enumerate() {
        let run = workspace.codegen(&arguments);
        let code = if index < usage_errors { 2 } else { 1 };
        assert_eq!(run.code, Some(code), "{arguments:?}: {run:?}");
        assert!(run.stderr.starts_with("error: "), "{arguments:?}: {run:?}");
    }
    assert_eq!(workspace.snapshot(), before);
}

#[test]
fn errors_name_an_invalid_list_of_crates() {
    let entry = "[[crate]]\nmodel = \"model/weather.json\"\nout = ";
    for (list, message) in [
        ("[[crate]]\nmodel = 1\n".to_owned(), "invalid configuration `"),
        (format!("{entry}\"x\"\nnonsense = 1\n"), "unknown field `nonsense`"),
        (format!("{entry}\"x\"\n{entry}\"./x\"\n"), "has two crates with the output directory `./x`"),
        (
            "[[crate]]\nmodel = \"model/gone.json\"\nout = \"x\"\n".to_owned(),
            "cannot read the model `model/gone.json`",
        ),
    ] {
        let workspace = Workspace::new();
        workspace.write("farrier.toml", format!("version = 1\n{list}"));
        let before = workspace.snapshot();
        workspace.codegen(&[]).failed().prints(&["error: ", message]);
        assert_eq!(workspace.snapshot(), before);
    }
    let workspace = Workspace::new();
    workspace.codegen(&["--services", "gone.toml"]).failed().prints(&["cannot read `gone.toml`"]);
}

#[test]
fn resolves_paths_against_the_current_directory() {
    let workspace = Workspace::new();
    codegen_in(&workspace.path("model"), &["--model", "weather.json", "--out", "../it"]).succeeded();
    let manifest = workspace.read("it/Cargo.toml");
    assert!(manifest.contains("path = \"../runtime\""), "{manifest}");
}
