//! A call through a transport in memory: what the client itself costs.

use super::process::figures;
use super::sample::{Figures, Sample, alternate};
use super::unit::Unit;
use super::valgrind;
use super::{Bench, Error, PEER, Section, Setup};
use std::path::Path;

pub(super) const BENCH: Bench = Bench {
    name: "call",
    about: "One `CreateOAuth2Token` through a transport that answers in memory, on tokio's current thread. \
            Instructions and allocations are counted by valgrind; ours are split into the request, the response \
            and the loop around them.",
    run,
};

/// How many calls valgrind counts: a number, and twice that.
const COUNTED: usize = 500;

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    let ours = setup.workspace("ours").programs("probes")?.join("call");
    let peer = setup.workspace("peer").fetched_programs("probes");
    let peer = section.have("the peer", peer)?.map(|programs| programs.join("call"));
    time(setup, section, &ours, peer.as_deref())?;
    if section.have("instructions and allocations", valgrind::is_there())?.is_some() {
        count(setup, section, &ours, peer.as_deref())?;
    }
    Ok(())
}

fn time(setup: &Setup, section: &mut Section, ours: &Path, peer: Option<&Path>) -> Result<(), Error> {
    let calls = setup.times(200_000, 20_000).to_string();
    let once = |program: &Path| figures(program, &["whole", &calls]);
    let mut of_peer = peer.map(|peer| move || once(peer));
    let of_peer = of_peer.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
    let runs = alternate(setup.times(15, 3), || once(ours), of_peer)?;
    section.add("time", Unit::Seconds, "seconds_each", &runs, PEER);
    Ok(())
}

fn count(setup: &Setup, section: &mut Section, ours: &Path, peer: Option<&Path>) -> Result<(), Error> {
    let once = |program: &Path| valgrind::each(program, "whole", COUNTED);
    let mut of_peer = peer.map(|peer| move || once(peer));
    let of_peer = of_peer.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
    // What is hashed at random varies a little.
    let runs = alternate(setup.times(5, 1), || once(ours), of_peer)?;
    let request = valgrind::instructions_each(ours, "request", COUNTED)?;
    let response = valgrind::instructions_each(ours, "response", COUNTED)?;
    let whole = Sample::of(&runs.0, "instructions");
    let the_loop = whole.map(|whole| whole.median() - request - response);
    section.add("instructions", Unit::Count, "instructions", &runs, PEER);
    section.add("allocations", Unit::Count, "allocs", &runs, PEER);
    section.add("bytes allocated", Unit::Bytes, "bytes allocated", &runs, PEER);
    let parts = [("request", Some(request)), ("response", Some(response)), ("loop", the_loop)];
    for (part, figure) in parts {
        let figures = figure.map(|figure| Figures::from([(part.to_owned(), figure)]));
        let name = format!("instructions, {part}");
        section.add(name, Unit::Count, part, &(figures.into_iter().collect(), Vec::new()), PEER);
    }
    Ok(())
}
