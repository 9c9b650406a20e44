//! Calls over HTTP on loopback.

use crate::benchmark::{Bench, PEER};
use crate::error::Error;
use crate::process::figures;
use crate::programs;
use crate::report::Section;
use crate::sample::{Figures, alternate};
use crate::server::Server;
use crate::setup::Setup;
use crate::unit::Unit;
use std::path::Path;

pub(crate) const BENCH: Bench = Bench {
    name: "loopback",
    about: "`CreateOAuth2Token` over HTTP/1.1 on loopback: the client on tokio's current-thread runtime, the \
            server in a separate process, with 1 and 64 concurrent calls. CPU time is that of the client \
            process.",
    run,
};

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    let programs = setup.workspace("ours").programs("probes")?;
    let server = setup.workspace("ours").programs("server")?.join("server");
    let peer = setup.workspace(programs::PEER).programs("probes");
    let peer = section.or_skip("peer", peer)?.map(|programs| programs.join("loopback"));
    let server = Server::start(&server)?;
    for (concurrency, calls) in [(1, setup.times(20_000, 2_000)), (64, setup.times(64_000, 6_400))] {
        let once = |program: &Path| make_calls(program, &server.url, calls, concurrency);
        let mut run_peer = peer.as_deref().map(|peer| move || once(peer));
        let run_peer = run_peer.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
        let runs = alternate(setup.times(7, 3), || once(&programs.join("loopback")), run_peer)?;
        section.add(
            format!("{concurrency} concurrent, calls"),
            Unit::PerSecond,
            "calls_per_second",
            &runs,
            PEER,
        );
        section.add(format!("{concurrency} concurrent, p50"), Unit::Seconds, "p50", &runs, PEER);
        section.add(format!("{concurrency} concurrent, p99"), Unit::Seconds, "p99", &runs, PEER);
        section.add(
            format!("{concurrency} concurrent, CPU per call"),
            Unit::Seconds,
            "cpu_per_call",
            &runs,
            PEER,
        );
    }
    Ok(())
}

fn make_calls(program: &Path, url: &str, calls: usize, concurrency: usize) -> Result<Figures, Error> {
    let mut run = figures(program, &[url, &calls.to_string(), &concurrency.to_string()])?;
    if let (Some(cpu), Some(calls)) = (run.get("cpu"), run.get("calls")) {
        run.insert("cpu_per_call".to_owned(), cpu / calls);
    }
    Ok(run)
}
