//! Calls over HTTP on loopback.

use super::process::figures;
use super::sample::{Figures, alternate};
use super::server::Server;
use super::unit::Unit;
use super::{Bench, Error, PEER, Section, Setup};
use std::path::Path;

pub(super) const BENCH: Bench = Bench {
    name: "loopback",
    about: "`CreateOAuth2Token` over HTTP/1.1 on loopback, the client on tokio's current thread, the server in a \
            process of its own; one call at a time, and 64 at once. CPU is that of the client's process.",
    run,
};

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    let programs = setup.workspace("ours").programs("probes")?;
    let server = setup.workspace("ours").programs("server")?.join("server");
    let peer = setup.workspace("peer").fetched_programs("probes");
    let peer = section.have("the peer", peer)?.map(|programs| programs.join("loopback"));
    let server = Server::start(&server)?;
    for (at_once, calls) in [(1, setup.times(20_000, 2_000)), (64, setup.times(64_000, 6_400))] {
        let once = |program: &Path| calls_of(program, &server.url, calls, at_once);
        let mut of_peer = peer.as_deref().map(|peer| move || once(peer));
        let of_peer = of_peer.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
        let runs = alternate(setup.times(7, 3), || once(&programs.join("loopback")), of_peer)?;
        section.add(format!("{at_once} at once, calls"), Unit::PerSecond, "calls_per_second", &runs, PEER);
        section.add(format!("{at_once} at once, p50"), Unit::Seconds, "p50", &runs, PEER);
        section.add(format!("{at_once} at once, p99"), Unit::Seconds, "p99", &runs, PEER);
        section.add(format!("{at_once} at once, CPU per call"), Unit::Seconds, "cpu_each", &runs, PEER);
    }
    Ok(())
}

fn calls_of(program: &Path, url: &str, calls: usize, at_once: usize) -> Result<Figures, Error> {
    let mut run = figures(program, &[url, &calls.to_string(), &at_once.to_string()])?;
    if let (Some(cpu), Some(calls)) = (run.get("cpu"), run.get("calls")) {
        run.insert("cpu_each".to_owned(), cpu / calls);
    }
    Ok(run)
}
