//! `--check`, and regenerating what it reports.

use crate::workspace::{CHANGED, OUT, Run, Workspace};

const CLIENT: &str = "generated/weather/src/client.rs";

/// Runs `--check` and asserts that it wrote nothing.
#[track_caller]
fn check(workspace: &Workspace) -> Run {
    let before = workspace.snapshot();
    let run = workspace.codegen(&["--check"]);
    assert_eq!(workspace.snapshot(), before, "--check wrote");
    run
}

/// Asserts that `codegen` restores the crate.
#[track_caller]
fn regenerates(workspace: &Workspace) -> Run {
    let run = workspace.codegen(&[]).succeeded();
    assert_eq!(workspace.texts(OUT), Workspace::generated().texts(OUT));
    check(workspace).succeeded();
    run
}

#[test]
fn passes_if_the_crate_is_up_to_date() {
    let run = check(&Workspace::generated()).succeeded();
    assert_eq!(run.stdout, "generated/weather: up to date\n");
    assert_eq!(run.stderr, "");
}

#[test]
fn prints_a_unified_diff_of_a_changed_file() {
    let workspace = Workspace::generated();
    let text = workspace.read(CLIENT);
    workspace.write(CLIENT, text.replace("fn get_city(", "fn get_town("));
    let run = check(&workspace).failed().prints(&[
        "--- generated/weather/src/client.rs\n",
        "+++ generated/weather/src/client.rs (generated)\n",
        "\n@@ -",
        "\n-    pub fn get_town(",
        "\n+    pub fn get_city(",
        "error: `generated/weather` is out of date; run `cargo xtask codegen` to regenerate it",
    ]);
    assert_eq!(run.stdout.matches("---").count(), 1, "one file differs:\n{}", run.stdout);
    regenerates(&workspace);
}

#[test]
fn fails_after_the_model_changes() {
    let workspace = Workspace::generated();
    let model = workspace.read("model/weather.json");
    workspace.write("model/weather.json", model.replace("\"name\":", "\"title\":"));
    check(&workspace)
        .failed()
        .prints(&["\n-    pub name: Option<String>", "\n+    pub title: Option<String>"]);
    workspace.codegen(&[]).succeeded();
    check(&workspace).succeeded();
}

#[test]
fn lists_a_missing_file() {
    let workspace = Workspace::generated();
    workspace.remove(CLIENT);
    check(&workspace)
        .failed()
        .prints(&["missing: generated/weather/src/client.rs\n", "`cargo xtask codegen`"]);
    regenerates(&workspace);
}

#[test]
fn lists_all_files_of_a_missing_crate() {
    let workspace = Workspace::new();
    check(&workspace).failed().prints(&["missing: generated/weather/Cargo.toml\n"]);
    regenerates(&workspace);
}

#[test]
fn lists_and_removes_an_orphaned_file() {
    let workspace = Workspace::generated();
    let header = workspace.read(CLIENT).lines().next().unwrap().to_owned();
    workspace.write("generated/weather/src/gone/old.rs", header);
    check(&workspace).failed().prints(&["orphaned: generated/weather/src/gone/old.rs\n"]);
    regenerates(&workspace).prints(&["(0 written, 1 removed)"]);
}

#[test]
fn ignores_files_of_the_user() {
    let workspace = Workspace::generated();
    let own = [
        "LICENSE",
        "CHANGELOG.md",
        "examples/call.rs",
        "tests/own.rs",
        "target/debug/x",
        "Cargo.lock",
        ".gitignore",
    ];
    for path in own {
        workspace.write(&format!("{OUT}/{path}"), "mine");
    }
    assert_eq!(check(&workspace).succeeded().stdout, "generated/weather: up to date\n");
    workspace.codegen(&[]).succeeded();
    for path in own {
        assert_eq!(workspace.read(&format!("{OUT}/{path}")), "mine");
    }
}

#[test]
fn keeps_a_file_of_the_user_in_the_place_of_a_generated_one() {
    let workspace = Workspace::generated();
    workspace.write("generated/weather/README.md", "mine");
    let kept = "kept: `generated/weather/README.md` has no header of generated files";
    workspace.codegen(&[]).succeeded().prints(&[kept]);
    assert_eq!(workspace.read("generated/weather/README.md"), "mine");
    check(&workspace).succeeded();
}

#[test]
fn reports_and_fixes_all_differences_in_one_run() {
    let workspace = Workspace::generated();
    workspace.write(CLIENT, CHANGED);
    workspace.remove("generated/weather/src/types.rs");
    workspace.write("generated/weather/src/old.rs", workspace.read("generated/weather/src/lib.rs"));
    check(&workspace).failed().prints(&[
        "--- generated/weather/src/client.rs",
        "missing: generated/weather/src/types.rs",
        "orphaned: generated/weather/src/old.rs",
    ]);
    regenerates(&workspace).prints(&["(2 written, 1 removed)"]);
}

#[test]
fn checks_all_crates_after_a_failure() {
    let workspace = Workspace::new();
    let other = workspace.add_service("other", crate::workspace::WEATHER);
    workspace.codegen(&[]).succeeded();
    workspace.remove(CLIENT);
    workspace.remove(&format!("{other}/README.md"));
    check(&workspace)
        .failed()
        .prints(&["missing: generated/weather/src/client.rs", "missing: generated/other/README.md"]);
}

#[test]
fn suggested_command_names_the_list_of_services() {
    let workspace = Workspace::new();
    let list = workspace.read("farrier.toml");
    let list = list.replace("cargo xtask codegen", "cargo xtask codegen --services lists/more.toml");
    let list = ["\"model/", "\"generated/", "\"runtime\""]
        .iter()
        .fold(list, |list, path| list.replace(path, &path.replacen('"', "\"../", 1)));
    workspace.write("lists/more.toml", list);
    let arguments = ["--services", "lists/more.toml"];
    workspace.codegen(&arguments).succeeded();
    workspace.codegen(&["--services", "lists/more.toml", "--check"]).succeeded();
    workspace.remove(CLIENT);
    let run = workspace.codegen(&["--services", "lists/more.toml", "--check"]).failed();
    run.prints(&["run `cargo xtask codegen --services lists/more.toml` to regenerate it"]);
}

#[test]
fn lists_a_crate_that_is_no_longer_listed() {
    let workspace = Workspace::generated();
    let list = workspace.read("farrier.toml");
    workspace.write("farrier.toml", list.replace("generated/weather", "generated/forecast"));
    workspace.codegen(&[]).succeeded().prints(&["orphaned: generated/weather (no longer listed"]);
    check(&workspace).failed().prints(&["orphaned: generated/weather (no longer listed: delete it)"]);
    workspace.write("generated/other/Cargo.toml", "[package]\nname = \"other\"\n");
    std::fs::remove_dir_all(workspace.path(OUT)).unwrap();
    check(&workspace).succeeded();
}
