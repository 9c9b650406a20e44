//! The build of a generated crate alone.

use super::models::{self, Service};
use super::process::run as run_process;
use super::programs::{Profile, Workspace};
use super::sample::{Figures, surround};
use super::unit::Unit;
use super::{Bench, Error, Section, Setup};
use std::path::{Path, PathBuf};

pub(super) const BENCH: Bench = Bench {
    name: "crate",
    about: "The build of one client crate whose dependencies are built already, its lines of Rust and the size of \
            what the compiler makes of it. Both sides are made from models of the same service; the peer's may be \
            newer or older.",
    run,
};

/// The services whose crates are measured.
const NAMES: [&str; 5] = ["signin", "sqs", "dynamodb", "lambda", "iam"];

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    models::generate(setup)?;
    let ours = setup.workspace("ours-models");
    let peer = setup.workspace("peer-models");
    let peer = section.have("the peer", peer.fetch().map(|()| peer))?;
    section.skip("s3", "it speaks restXml, which is not supported yet, and event streams");
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
    let (package, of_peer) = (service.package(), format!("aws-sdk-{}", service.name));
    let name = service.name;
    if service.is_faked() {
        section.skip(
            format!("{name} by its own protocol"),
            format!("awsQuery is not supported yet: ours speaks {}", models::STAND_IN),
        );
    }
    for profile in Profile::ALL {
        // Built once with all its dependencies, which is not measured.
        ours.build(&package, profile)?;
        peer.map(|peer| peer.build(&of_peer, profile)).transpose()?;
        let mut run = peer.map(|peer| || alone(peer, &of_peer, profile));
        let run = run.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
        let runs = surround(setup.times(3, 1), || alone(ours, &package, profile), run)?;
        let profile = profile.name();
        section.add(format!("{name}, {profile}, CPU"), Unit::Seconds, "cpu", &runs, &of_peer);
        section.add(format!("{name}, {profile}, time"), Unit::Seconds, "wall", &runs, &of_peer);
        section.add(format!("{name}, {profile}, rlib"), Unit::Bytes, "rlib", &runs, &of_peer);
    }
    let lines_of_peer = peer.map(|peer| lines(&source_dir(peer, &of_peer)?)).transpose()?;
    let runs = (vec![lines(&service.dir(setup).join("src"))?], lines_of_peer.into_iter().collect());
    section.add(format!("{name}, lines"), Unit::Count, "lines", &runs, &of_peer);
    Ok(())
}

/// Builds a package once more, and nothing besides.
fn alone(workspace: &Workspace, package: &str, profile: Profile) -> Result<Figures, Error> {
    workspace.forget(package, profile)?;
    let ran = workspace.build(package, profile)?;
    let deps = workspace.target.join(profile.name()).join("deps");
    Ok(Figures::from([
        ("cpu".to_owned(), ran.cpu.as_secs_f64()),
        ("wall".to_owned(), ran.wall.as_secs_f64()),
        ("rlib".to_owned(), rlib(&deps, package)? as f64),
    ]))
}

/// The size of a package's rlib.
fn rlib(deps: &Path, package: &str) -> Result<u64, Error> {
    let prefix = format!("lib{}-", package.replace('-', "_"));
    let is_it = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&prefix) && name.ends_with(".rlib")
    };
    let found = entries(deps)?.into_iter().find(is_it);
    let path = found.ok_or_else(|| Error::Read {
        path: deps.join(prefix),
        source: std::io::ErrorKind::NotFound.into(),
    })?;
    std::fs::metadata(&path).map(|found| found.len()).map_err(|source| Error::Read { path, source })
}

/// Where Cargo has the source of a package.
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
    dir.ok_or_else(|| Error::Told { program: "cargo metadata".into(), line: package.to_owned() })
}

/// The lines of Rust below a folder.
fn lines(dir: &Path) -> Result<Figures, Error> {
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
    let unreadable = |source| Error::Read { path: dir.to_owned(), source };
    let entries = std::fs::read_dir(dir).map_err(unreadable)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(unreadable)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_rust_are_counted_in_all_folders() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("inner")).unwrap();
        std::fs::write(dir.path().join("lib.rs"), "a\nb\n").unwrap();
        std::fs::write(dir.path().join("inner/c.rs"), "c\n").unwrap();
        std::fs::write(dir.path().join("README.md"), "d\n").unwrap();
        assert_eq!(lines(dir.path()).unwrap()["lines"], 3.0);
    }

    #[test]
    fn the_rlib_is_that_of_the_package() {
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
