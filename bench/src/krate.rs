//! Build of a generated crate without its dependencies.

use crate::benchmark::Bench;
use crate::error::Error;
use crate::models::{self, Service};
use crate::process::run as run_process;
use crate::programs::{self, Profile, Workspace};
use crate::report::Section;
use crate::sample::{Figures, Runs, surround};
use crate::setup::Setup;
use crate::unit::Unit;
use std::path::{Path, PathBuf};

pub(crate) const BENCH: Bench = Bench {
    name: "crate",
    about: "The build of one client crate with its dependencies already built, its lines of Rust and the \
            size of its rlib. Both crates are generated from models of the same service; the versions may \
            differ.",
    run,
};

/// The services whose crates are measured.
const NAMES: [&str; 5] = ["signin", "sqs", "dynamodb", "lambda", "iam"];

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    models::generate(setup)?;
    let ours = setup.workspace("ours-models");
    ours.fetch()?;
    let peer = setup.workspace(programs::PEER);
    let peer = section.or_skip("peer", peer.fetch().map(|()| peer))?;
    section.skip("s3", "restXml and event streams are not supported yet");
    for name in NAMES {
        let Some(service) = models::SERVICES.iter().find(|service| service.name == name) else { continue };
        measure(setup, section, service, &ours, peer.as_ref())?;
    }
    Ok(())
}

fn measure(
    setup: &Setup,
    section: &mut Section,
    service: &Service,
    ours: &Workspace,
    peer: Option<&Workspace>,
) -> Result<(), Error> {
    let (package, peer_package) = (service.package(), format!("aws-sdk-{}", service.name));
    let name = service.name;
    if service.has_substitute_protocol() {
        section.skip(
            format!("{name} with its own protocol"),
            format!("awsQuery is not supported yet: measured with {}", models::SUBSTITUTE_PROTOCOL),
        );
    }
    for profile in Profile::ALL {
        // Builds all dependencies first, which is not measured.
        ours.build(&package, profile)?;
        peer.map(|peer| peer.build(&peer_package, profile)).transpose()?;
        let mut run_peer = peer.map(|peer| || rebuild(peer, &peer_package, profile));
        let run_peer = run_peer.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
        let runs = surround(setup.times(3, 1), || rebuild(ours, &package, profile), run_peer)?;
        let profile = profile.name();
        section.add(format!("{name}, {profile}, CPU"), Unit::Seconds, "cpu", &runs, &peer_package);
        section.add(format!("{name}, {profile}, wall time"), Unit::Seconds, "wall", &runs, &peer_package);
        section.add(format!("{name}, {profile}, rlib"), Unit::Bytes, "rlib", &runs, &peer_package);
    }
    let ours = count_lines(&service.dir(setup).join("src"))?;
    let peer = peer.map(|peer| count_lines(&source_dir(peer, &peer_package)?)).transpose()?;
    let runs = Runs { ours: vec![ours], peer: peer.into_iter().collect() };
    section.add(format!("{name}, lines"), Unit::Count, "lines", &runs, &peer_package);
    Ok(())
}

/// Rebuilds a package without its dependencies.
fn rebuild(workspace: &Workspace, package: &str, profile: Profile) -> Result<Figures, Error> {
    workspace.clean(package, profile)?;
    let output = workspace.build(package, profile)?;
    let deps = workspace.target.join(profile.name()).join("deps");
    Ok(Figures::from([
        ("cpu".to_owned(), output.cpu.as_secs_f64()),
        ("wall".to_owned(), output.wall.as_secs_f64()),
        ("rlib".to_owned(), rlib(&deps, package)? as f64),
    ]))
}

/// Returns the size of a package's rlib, in bytes.
fn rlib(deps: &Path, package: &str) -> Result<u64, Error> {
    let prefix = format!("lib{}-", package.replace('-', "_"));
    let is_rlib = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&prefix) && name.ends_with(".rlib")
    };
    let found = entries(deps)?.into_iter().find(is_rlib);
    let path = found.ok_or_else(|| Error::Read {
        path: deps.join(prefix),
        source: std::io::ErrorKind::NotFound.into(),
    })?;
    std::fs::metadata(&path).map(|found| found.len()).map_err(|source| Error::Read { path, source })
}

/// Returns the source directory of a package.
fn source_dir(workspace: &Workspace, package: &str) -> Result<PathBuf, Error> {
    let mut command = workspace.cargo("metadata");
    let metadata = run_process(command.args(["--offline", "--format-version", "1"]))?.stdout;
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap_or_default();
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let manifest = packages
        .iter()
        .find(|found| found["name"] == package)
        .and_then(|found| found["manifest_path"].as_str());
    let dir = manifest.and_then(|manifest| Some(Path::new(manifest).parent()?.join("src")));
    dir.ok_or_else(|| Error::Missing(format!("`cargo metadata` does not list `{package}`")))
}

/// Counts the lines of Rust below a directory.
fn count_lines(dir: &Path) -> Result<Figures, Error> {
    let mut count = 0;
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder)? {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).map_err(|source| Error::Read { path, source })?;
                count += text.lines().count();
            }
        }
    }
    Ok(Figures::from([("lines".to_owned(), count as f64)]))
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let read_error = |source| Error::Read { path: dir.to_owned(), source };
    let entries = std::fs::read_dir(dir).map_err(read_error)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(read_error)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_of_rust_in_all_directories() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("inner")).unwrap();
        std::fs::write(dir.path().join("lib.rs"), "a\nb\n").unwrap();
        std::fs::write(dir.path().join("inner/c.rs"), "c\n").unwrap();
        std::fs::write(dir.path().join("README.md"), "d\n").unwrap();
        assert_eq!(count_lines(dir.path()).unwrap()["lines"], 3.0);
    }

    #[test]
    fn finds_the_rlib_of_a_package() {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in
            [("liba_client-0.rlib", "12"), ("liba_client-0.rmeta", "1"), ("libb-0.rlib", "1234")]
        {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        assert_eq!(rlib(dir.path(), "a-client").unwrap(), 2);
        assert!(rlib(dir.path(), "c").is_err());
    }
}
