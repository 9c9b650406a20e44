//! `farrier init`: a project with a model, its client, and a program that calls it.
//!
//! The client is a crate, or with `--build-script` a module that the build script generates.

use super::error::Error;
use super::generate::generate;
use super::output::say;
use crate::config::{Config, FILE};
use crate::relative_path::relative_path;
use farrier_codegen::RUNTIME_VERSION;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The model.
const MODEL: &str = include_str!("init/weather.json");

/// The program.
const PROGRAM: &str = include_str!("init/main.rs.txt");

/// The build script.
const BUILD_SCRIPT: &str = "\
fn main() -> Result<(), farrier::build::Error> {
    farrier::build::Config::new().compile(&[\"model\"])
}
";

/// The import in [`PROGRAM`], and the one of a client that is a module.
const IMPORT: &str = "use weather_client::Client;\n";
const MODULE_IMPORT: &str = "use weather::Client;\n\nfarrier_runtime::include_client!(\"weather\");\n";

/// Entries that a directory may have before.
const ALLOWED: &[&str] = &[".git", ".gitignore", ".jj", "LICENSE", "README.md"];

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The directory of the project; new or empty
    #[arg(default_value = ".")]
    directory: PathBuf,
    /// The name of the program's package [default: the name of the directory]
    #[arg(long)]
    name: Option<String>,
    /// Generate the client in a build script, as a module of the program
    #[arg(long)]
    build_script: bool,
    /// The directory of a copy of farrier-runtime [default: the version of this program from crates.io]
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
}

/// Creates a project. Nothing is written if the directory is not empty.
pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let directory = &arguments.directory;
    check_empty(directory)?;
    let name = match &arguments.name {
        Some(name) => name.clone(),
        None => package_name(directory),
    };
    let runtime = arguments.runtime_path.as_deref().map(|runtime| path_to(directory, runtime)).transpose()?;
    let runtime = runtime.as_deref();
    let mut files = vec![("model/weather.json", MODEL.to_owned())];
    match arguments.build_script {
        true => files.extend([
            ("Cargo.toml", manifest_with_build_script(&name, runtime)),
            ("build.rs", BUILD_SCRIPT.to_owned()),
            ("src/main.rs", PROGRAM.replacen(IMPORT, MODULE_IMPORT, 1)),
        ]),
        false => files.extend([
            ("Cargo.toml", manifest(&name)),
            (FILE, configuration(runtime)),
            ("src/main.rs", PROGRAM.to_owned()),
        ]),
    }
    if !directory.join(".gitignore").exists() {
        files.push((".gitignore", "/target\n".to_owned()));
    }
    write(directory, &files)?;
    if !arguments.build_script {
        generate_client(directory).inspect_err(|_| remove(directory, &files))?;
    }
    let shown = directory.display();
    say!("Created the project `{name}` in `{shown}`: a model, its client and a program that calls it.");
    say!("");
    if directory != Path::new(".") {
        say!("    cd {shown}");
    }
    say!("    cargo run            # calls the client");
    if !arguments.build_script {
        say!("    farrier generate     # after a change of the model");
    }
    Ok(ExitCode::SUCCESS)
}

fn check_empty(directory: &Path) -> Result<(), Error> {
    let entries = match fs::read_dir(directory) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => {
            entries.map_err(|error| Error(format!("cannot read `{}`: {error}", directory.display())))?
        }
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !ALLOWED.contains(&name.as_str()) {
            let shown = directory.display();
            return Err(Error(format!("`{shown}` is not empty: it has `{name}`; choose a new directory")));
        }
    }
    Ok(())
}

/// Returns a package name for a directory.
fn package_name(directory: &Path) -> String {
    let absolute = std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned());
    let name = absolute.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let name = name.trim_matches('-');
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => name.to_owned(),
        false => format!("project-{name}").trim_end_matches('-').to_owned(),
    }
}

fn manifest(name: &str) -> String {
    format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\
         weather-client = {{ path = \"client\" }}\n\n[workspace]\n"
    )
}

fn manifest_with_build_script(name: &str, runtime: Option<&str>) -> String {
    let runtime = match runtime {
        Some(path) => format!("{{ path = {path:?} }}"),
        None => format!("{RUNTIME_VERSION:?}"),
    };
    format!(
        "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nfarrier-runtime = {runtime}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [build-dependencies]\nfarrier = {{ version = {RUNTIME_VERSION:?}, default-features = false }}\n\n\
         [workspace]\n"
    )
}

fn configuration(runtime: Option<&str>) -> String {
    let mut text = "# Read by `farrier generate` and `farrier check`.\nversion = 1\n".to_owned();
    if let Some(path) = runtime {
        text.push_str(&format!("\n[runtime]\npath = {path:?}\n"));
    }
    text.push_str(
        "\n[[crate]]\nmodel = \"model/weather.json\"\nout = \"client\"\nname = \"weather-client\"\n",
    );
    text
}

/// Returns the path from the project to a directory.
fn path_to(directory: &Path, target: &Path) -> Result<String, Error> {
    relative_path(directory, target)
        .ok_or_else(|| Error(format!("no relative path leads to `{}`", target.display())))
}

/// Generates the client with the configuration that is written.
fn generate_client(directory: &Path) -> Result<(), Error> {
    let config = Config::read(&directory.join(FILE)).map_err(Error::new)?;
    for job in config.jobs().map_err(Error::new)? {
        let generated = generate(&config.root, &job).map_err(|failure| Error(failure.to_string()))?;
        let comparison = crate::crate_files::compare(&job.out, &generated.files).map_err(Error::new)?;
        crate::crate_files::write(&job.out, &comparison).map_err(Error::new)?;
    }
    Ok(())
}

/// Writes new files. Removes those that were written if one cannot be.
fn write(directory: &Path, files: &[(&str, String)]) -> Result<(), Error> {
    for (index, (path, text)) in files.iter().enumerate() {
        let path = directory.join(path);
        let created = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
        if let Err(error) = created {
            remove(directory, files.get(..=index).unwrap_or_default());
            return Err(Error(format!("cannot write `{}`: {error}; nothing was created", path.display())));
        }
    }
    Ok(())
}

/// Removes files, and the directories that become empty.
fn remove(directory: &Path, files: &[(&str, String)]) {
    for (path, _) in files.iter().rev() {
        let _ = fs::remove_file(directory.join(path));
        if let Some((folder, _)) = path.rsplit_once('/') {
            let _ = fs::remove_dir(directory.join(folder));
        }
    }
}
