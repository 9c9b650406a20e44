//! `farrier init`: a project with a model, its client, and a program that calls it.

use super::Error;
use super::generate::generate;
use super::output::say;
use crate::config::{Config, FILE};
use crate::relative_path::relative_path;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The model.
const MODEL: &str = include_str!("init/weather.json");

/// The program.
const PROGRAM: &str = include_str!("init/main.rs.txt");

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
    let configuration = configuration(directory, arguments.runtime_path.as_deref())?;
    let mut files = vec![
        ("Cargo.toml".to_owned(), manifest(&name)),
        (FILE.to_owned(), configuration.clone()),
        ("model/weather.json".to_owned(), MODEL.to_owned()),
        ("src/main.rs".to_owned(), PROGRAM.to_owned()),
    ];
    if !directory.join(".gitignore").exists() {
        files.push((".gitignore".to_owned(), "/target\n".to_owned()));
    }
    write(directory, &files)?;
    let generated = generate_client(directory);
    if generated.is_err() {
        remove(directory, &files);
    }
    generated?;
    let shown = directory.display();
    say!("Created the project `{name}` in `{shown}`: a model, its client and a program that calls it.");
    say!("");
    if directory != Path::new(".") {
        say!("    cd {shown}");
    }
    say!("    cargo run            # calls the client");
    say!("    farrier generate     # after a change of the model");
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

fn configuration(directory: &Path, runtime: Option<&Path>) -> Result<String, Error> {
    let mut text = "# Read by `farrier generate` and `farrier check`.\nversion = 1\n".to_owned();
    if let Some(runtime) = runtime {
        let path = relative_path(directory, runtime)
            .ok_or_else(|| Error(format!("no relative path leads to `{}`", runtime.display())))?;
        text.push_str(&format!("\n[runtime]\npath = {path:?}\n"));
    }
    text.push_str(
        "\n[[crate]]\nmodel = \"model/weather.json\"\nout = \"client\"\nname = \"weather-client\"\n",
    );
    Ok(text)
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
fn write(directory: &Path, files: &[(String, String)]) -> Result<(), Error> {
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
fn remove(directory: &Path, files: &[(String, String)]) {
    for (path, _) in files.iter().rev() {
        let _ = fs::remove_file(directory.join(path));
        if let Some((folder, _)) = path.rsplit_once('/') {
            let _ = fs::remove_dir(directory.join(folder));
        }
    }
}
