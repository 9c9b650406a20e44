//! Writing is atomic, and affects only files of the crate.

use crate::workspace::{CHANGED, OUT, WEATHER, Workspace};
use std::fs;

const CLIENT: &str = "generated/weather/src/client.rs";

/// Runs `codegen` and asserts that it fails and changes nothing.
#[track_caller]
fn fails_without_changes(workspace: &Workspace, arguments: &[&str], messages: &[&str]) {
    let contents = || {
        let entries = workspace.snapshot().into_iter();
        entries.map(|(path, (content, _))| (path, content)).collect::<Vec<_>>()
    };
    let before = contents();
    workspace.codegen(arguments).failed().prints(messages);
    assert_eq!(contents(), before);
}

#[test]
fn keeps_old_files_if_a_directory_is_in_the_way_of_a_file() {
    let workspace = Workspace::generated();
    // The first and last files by name must be written too.
    workspace.write("generated/weather/Cargo.toml", CHANGED);
    workspace.remove("generated/weather/src/types.rs");
    workspace.remove(CLIENT);
    workspace.write("generated/weather/src/client.rs/mine.txt", "the only copy");
    fails_without_changes(
        &workspace,
        &[],
        &["cannot write", "src/client.rs`", "is a directory", "the crate was not changed"],
    );
    fs::remove_dir_all(workspace.path(CLIENT)).unwrap();
    workspace.codegen(&[]).succeeded();
    assert_eq!(workspace.texts(OUT), Workspace::generated().texts(OUT));
}

#[test]
fn fails_if_an_empty_directory_is_in_the_way_of_a_file() {
    let workspace = Workspace::generated();
    workspace.write("generated/weather/README.md", CHANGED);
    workspace.remove(CLIENT);
    fs::create_dir(workspace.path(CLIENT)).unwrap();
    fails_without_changes(&workspace, &[], &["src/client.rs`"]);
}

#[test]
fn keeps_old_files_if_a_file_is_in_the_way_of_a_directory() {
    let workspace = Workspace::generated();
    workspace.write("generated/weather/README.md", CHANGED);
    fs::remove_dir_all(workspace.path("generated/weather/src")).unwrap();
    workspace.write("generated/weather/src", "a file");
    fails_without_changes(&workspace, &[], &["cannot write", "the crate was not changed"]);
}

#[test]
fn fails_if_a_file_is_in_the_way_of_the_crate() {
    let workspace = Workspace::new();
    workspace.write(OUT, "a file");
    fails_without_changes(&workspace, &[], &["generated/weather"]);
}

#[test]
fn writes_nothing_if_one_model_is_invalid() {
    let workspace = Workspace::new();
    workspace.add_service("other", &WEATHER.replace("\"2.0\"", "\"9.9\""));
    fails_without_changes(&workspace, &[], &["model/other.json:2:13"]);
    assert!(!workspace.path("generated").exists());
}

#[test]
fn prints_the_errors_of_all_models() {
    let workspace = Workspace::with_model("{");
    workspace.add_service("other", "");
    fails_without_changes(&workspace, &[], &["model/weather.json:1:1", "model/other.json:1:1"]);
}

#[test]
fn rejects_an_occupied_directory_before_writing_any_crate() {
    let workspace = Workspace::new();
    let other = workspace.add_service("other", WEATHER);
    workspace.write(&format!("{other}/src/lib.rs"), "//! Mine.\n");
    let messages =
        ["generated/other` has a crate that was not generated: its `src/lib.rs`", "choose another directory"];
    fails_without_changes(&workspace, &[], &messages);
    fails_without_changes(&workspace, &["--check"], &messages);
}

#[test]
fn rejects_a_handwritten_crate() {
    let workspace = Workspace::new();
    workspace.write("hand/Cargo.toml", "[package]\nname = \"hand\"\n");
    let arguments = ["--model", "model/weather.json", "--out", "hand"];
    fails_without_changes(&workspace, &arguments, &["`hand` has a crate that was not generated"]);
}

#[test]
fn rejects_a_directory_of_generated_crates() {
    let workspace = Workspace::generated();
    let arguments = ["--model", "model/weather.json", "--out", "generated"];
    fails_without_changes(&workspace, &arguments, &["its `weather/Cargo.toml`", "choose another directory"]);
}

#[test]
fn keeps_a_generated_crate_inside_another() {
    let workspace = Workspace::generated();
    let inner = "generated/weather/inner";
    workspace.codegen(&["--model", "model/weather.json", "--out", inner]).succeeded();
    let before = workspace.texts(inner);
    workspace.codegen(&[]).succeeded();
    workspace.codegen(&["--check"]).succeeded();
    assert_eq!(workspace.texts(inner), before);
}

/// Creates a named pipe. Opening it would block for ever.
#[cfg(unix)]
fn make_pipe(workspace: &Workspace, path: &str) {
    let status = std::process::Command::new("mkfifo").arg(workspace.path(path)).status().unwrap();
    assert!(status.success());
}

#[cfg(unix)]
#[test]
fn rejects_a_pipe_in_the_place_of_a_file() {
    let workspace = Workspace::generated();
    workspace.write("generated/weather/README.md", CHANGED);
    workspace.remove(CLIENT);
    make_pipe(&workspace, CLIENT);
    let messages = ["src/client.rs` is a special file, not a file or directory; move or delete it"];
    fails_without_changes(&workspace, &[], &messages);
    fails_without_changes(&workspace, &["--check"], &messages);
}

#[cfg(unix)]
#[test]
fn ignores_other_special_files_without_opening_them() {
    let workspace = Workspace::generated();
    make_pipe(&workspace, "generated/weather/pipe.rs");
    std::os::unix::fs::symlink("/dev/zero", workspace.path("generated/weather/zeros.rs")).unwrap();
    workspace.codegen(&["--check"]).succeeded();
    workspace.codegen(&[]).succeeded();
    assert!(fs::symlink_metadata(workspace.path("generated/weather/pipe.rs")).is_ok());
}

#[cfg(unix)]
#[test]
fn ignores_a_pipe_beside_the_crates() {
    let workspace = Workspace::generated();
    fs::create_dir(workspace.path("generated/other")).unwrap();
    make_pipe(&workspace, "generated/other/Cargo.toml");
    workspace.codegen(&[]).succeeded();
}

#[cfg(unix)]
#[test]
fn does_not_write_through_links_out_of_the_crate() {
    let workspace = Workspace::generated();
    workspace.write("generated/weather/README.md", CHANGED);
    fs::rename(workspace.path("generated/weather/src"), workspace.path("elsewhere")).unwrap();
    workspace.write("elsewhere/client.rs", "the only copy");
    std::os::unix::fs::symlink(workspace.path("elsewhere"), workspace.path("generated/weather/src")).unwrap();
    let messages = ["generated/weather/src` is a symbolic link, not a file or directory; move or delete it"];
    fails_without_changes(&workspace, &[], &messages);

    fs::remove_file(workspace.path("generated/weather/src")).unwrap();
    fs::create_dir(workspace.path("generated/weather/src")).unwrap();
    std::os::unix::fs::symlink(workspace.path("elsewhere/client.rs"), workspace.path(CLIENT)).unwrap();
    fails_without_changes(&workspace, &[], &["src/client.rs` is a symbolic link"]);
}
