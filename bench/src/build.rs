//! Cold build of a program that makes one call.

use crate::benchmark::{Bench, PEER};
use crate::error::Error;
use crate::files::remove;
use crate::process::run as run_process;
use crate::programs::{self, Profile, Workspace};
use crate::report::Section;
use crate::sample::{Figures, Runs, alternate};
use crate::setup::Setup;
use crate::unit::Unit;
use std::collections::BTreeSet;

pub(crate) const BENCH: Bench = Bench {
    name: "build",
    about: "The clean build of a program that calls `CreateOAuth2Token` once, with all sources downloaded: \
            CPU time of Cargo and its child processes, and wall time.",
    run,
};

const PROGRAM: &str = "refresh";

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    let ours = setup.workspace("ours");
    ours.fetch()?;
    let peer = setup.workspace(programs::PEER);
    let peer = section.or_skip("peer", peer.fetch().map(|()| peer))?;
    for profile in Profile::ALL {
        let mut run_peer = peer.as_ref().map(|peer| move || cold_build(setup, "peer", peer, profile));
        let run_peer = run_peer.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
        let runs = alternate(setup.times(3, 1), || cold_build(setup, "ours", &ours, profile), run_peer)?;
        let name = profile.name();
        section.add(format!("{name}, CPU"), Unit::Seconds, "cpu", &runs, PEER);
        section.add(format!("{name}, wall time"), Unit::Seconds, "wall", &runs, PEER);
        section.add("stripped binary", Unit::Bytes, "binary", &runs, PEER);
    }
    let peer_crates = peer.as_ref().map(count_crates).transpose()?;
    let runs = Runs { ours: vec![count_crates(&ours)?], peer: peer_crates.into_iter().collect() };
    section.add("crates in the tree", Unit::Count, "crates", &runs, PEER);
    Ok(())
}

/// Builds the program into an empty target directory.
fn cold_build(setup: &Setup, side: &str, workspace: &Workspace, profile: Profile) -> Result<Figures, Error> {
    let target = setup.scratch().join("cold").join(side);
    remove(&target)?;
    let mut command = workspace.cargo("build");
    command.args(["--offline", "--package", PROGRAM, "--config", "profile.release.strip=true"]);
    command.args(profile.arguments()).arg("--target-dir").arg(&target);
    let output = run_process(&mut command)?;
    let mut figures = Figures::from([
        ("cpu".to_owned(), output.cpu.as_secs_f64()),
        ("wall".to_owned(), output.wall.as_secs_f64()),
    ]);
    let binary = target.join(profile.name()).join(PROGRAM).with_extension(std::env::consts::EXE_EXTENSION);
    if profile == Profile::Release {
        let size = std::fs::metadata(&binary).map_err(|source| Error::Read { path: binary, source })?.len();
        figures.insert("binary".to_owned(), size as f64);
    }
    remove(&target)?;
    Ok(figures)
}

/// Counts the crates in the program's dependency tree, including itself and build dependencies.
fn count_crates(workspace: &Workspace) -> Result<Figures, Error> {
    let mut command = workspace.cargo("tree");
    command.args([
        "--offline",
        "--package",
        PROGRAM,
        "--edges",
        "normal,build",
        "--no-dedupe",
        "--prefix",
        "none",
    ]);
    let tree = run_process(&mut command)?.stdout;
    Ok(Figures::from([("crates".to_owned(), unique_crates(&tree) as f64)]))
}

/// Counts the distinct crates in lines `name v1.2.3 (…)`.
fn unique_crates(tree: &str) -> usize {
    let name_and_version = |line: &str| line.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>();
    tree.lines().filter(|line| line.contains(" v")).map(name_and_version).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_each_version_of_a_crate_once() {
        assert_eq!(
            unique_crates("a v1.0.0 (/x)\nb v1.0.0\nb v2.0.0\na v1.0.0 (/x)\nb v1.0.0 (proc-macro)\n"),
            3
        );
    }
}
