//! `--model`, `--out`, `--service`, `--crate-name`, and lists that cannot be used.

use crate::workspace::{OUT, WEATHER, Workspace, codegen_in};
use std::fs;
use tempfile::TempDir;

#[test]
fn a_model_can_be_generated_without_being_listed() {
    let workspace = Workspace::new();
    let arguments = ["--model", "model/weather.json", "--out", "elsewhere/it", "--crate-name", "sunny"];
    workspace.codegen(&arguments).succeeded().says(&["elsewhere/it: 5 shapes"]);
    let manifest = workspace.read("elsewhere/it/Cargo.toml");
    assert!(manifest.contains("\nname = \"sunny\"\n"), "{manifest}");
    assert!(manifest.contains("farrier-runtime = { path = \"../../runtime\", "), "{manifest}");
    assert!(workspace.read("elsewhere/it/src/lib.rs").contains("//! use sunny::Client;"));
    assert!(!workspace.path(OUT).exists());
    workspace.codegen(&[&arguments[..], &["--check"]].concat()).succeeded();
}

#[test]
fn the_crate_is_named_after_the_service_unless_told() {
    let workspace = Workspace::new();
    workspace.codegen(&["--model", "model/weather.json", "--out", "it"]).succeeded();
    let manifest = workspace.read("it/Cargo.toml");
    assert!(manifest.contains("\nname = \"weather-client\"\n"), "{manifest}");
}

#[test]
fn no_path_of_this_machine_is_written_but_that_of_the_runtime() {
    let (workspace, away) = (Workspace::new(), TempDir::new().unwrap());
    let (model, out) = (workspace.path("model/weather.json"), away.path().join("it"));
    let arguments = ["--model", model.to_str().unwrap(), "--out", out.to_str().unwrap()];
    workspace.codegen(&arguments).succeeded();
    let root = fs::canonicalize(workspace.path("")).unwrap();
    let runtime = root.join("runtime");
    let mut runtimes = 0;
    for entry in ["Cargo.toml", "README.md", "src/lib.rs", "src/client.rs", "src/types.rs", "src/schema.rs"] {
        for line in fs::read_to_string(out.join(entry)).unwrap().lines() {
            if line.starts_with(&format!("farrier-runtime = {{ path = {:?}, ", runtime.to_str().unwrap())) {
                runtimes += 1;
                continue;
            }
            for path in [workspace.path(""), away.path().to_owned(), root.clone()] {
                assert!(!line.contains(path.to_str().unwrap().trim_end_matches('/')), "{entry}: {line}");
            }
        }
    }
    assert_eq!(runtimes, 1);
}

#[test]
fn a_service_is_picked_by_id_or_name_where_there_are_several() {
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
    workspace.codegen(&[]).failed().says(&[
        "the model has 2 services: `example#Climate`, `example#Weather`",
        "model/weather.json:4:5",
        "help: choose one with `--service ID`",
    ]);
    for wanted in ["example#Climate", "Climate"] {
        let arguments = ["--model", "model/weather.json", "--out", wanted, "--service", wanted];
        workspace.codegen(&arguments).succeeded();
        assert!(workspace.read(&format!("{wanted}/src/client.rs")).contains("id: \"example#Climate\""));
    }
    let list = workspace.read("model/services.toml");
    workspace.write("model/services.toml", format!("{list}service = \"example#Weather\"\n"));
    workspace.codegen(&[]).succeeded();
    assert!(workspace.read("generated/weather/src/client.rs").contains("id: \"example#Weather\""));
    let arguments = ["--model", "model/weather.json", "--out", "none", "--service", "Whether"];
    workspace.codegen(&arguments).failed().says(&["the model has no service `Whether`", "help: it has"]);
    assert!(!workspace.path("none").exists());
}

#[test]
fn arguments_that_make_no_sense_are_usage_errors() {
    let workspace = Workspace::new();
    let before = workspace.snapshot();
    let given = ["--model", "model/weather.json", "--out", "it", "--crate-name"];
    let mut uses: Vec<Vec<&str>> = vec![
        vec!["--model", "model/weather.json"],
        vec!["--out", "it"],
        vec!["--service", "Weather"],
        vec!["--crate-name", "sunny"],
        vec!["--model", "model/weather.json", "--out", "it", "--services", "model/services.toml"],
        vec!["--unheard-of"],
        vec!["weather"],
    ];
    uses.extend(
        ["", "1st", "a b", "a/b", "../a", "-a", "ä", "a\nb", "a\"b"]
            .map(|name| [&given[..], &[name]].concat()),
    );
    for arguments in uses {
        let run = workspace.codegen(&arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {run:?}");
        assert!(run.stderr.starts_with("error: "), "{arguments:?}: {run:?}");
    }
    assert_eq!(workspace.snapshot(), before);
}

#[test]
fn a_list_that_cannot_be_used_is_an_error_that_names_it() {
    let entry = "[[service]]\nmodel = \"weather.json\"\nout = ";
    for (list, says) in [
        ("[[service]]\nmodel = 1\n".to_owned(), "services.toml` is wrong"),
        (format!("{entry}\"x\"\nnonsense = 1\n"), "unknown field `nonsense`"),
        (format!("{entry}\"x\"\n{entry}\"./x\"\n"), "gives `./x` to two services"),
        (
            "[[service]]\nmodel = \"gone.json\"\nout = \"x\"\n".to_owned(),
            "cannot read the model `model/gone.json`",
        ),
    ] {
        let workspace = Workspace::new();
        workspace.write("model/services.toml", &list);
        let before = workspace.snapshot();
        workspace.codegen(&[]).failed().says(&["error: ", says]);
        assert_eq!(workspace.snapshot(), before);
    }
    let workspace = Workspace::new();
    workspace.codegen(&["--services", "gone.toml"]).failed().says(&["cannot read `gone.toml`"]);
}

#[test]
fn paths_are_taken_from_the_folder_that_the_command_runs_in() {
    let workspace = Workspace::new();
    codegen_in(&workspace.path("model"), &["--model", "weather.json", "--out", "../it"]).succeeded();
    let manifest = workspace.read("it/Cargo.toml");
    assert!(manifest.contains("path = \"../runtime\""), "{manifest}");
}
