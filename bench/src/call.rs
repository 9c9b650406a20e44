//! A call through an in-memory transport: the cost of the client itself.

use crate::benchmark::{Bench, PEER};
use crate::error::Error;
use crate::process::figures;
use crate::programs;
use crate::report::Section;
use crate::sample::{Figures, Runs, Sample, alternate};
use crate::setup::Setup;
use crate::unit::Unit;
use crate::valgrind;
use std::path::Path;

pub(crate) const BENCH: Bench = Bench {
    name: "call",
    about: "One `CreateOAuth2Token` call through an in-memory transport, on tokio's current-thread runtime. \
            Instructions and allocations are counted by valgrind; ours are split into the request, the \
            response and the loop around them.",
    run,
};

/// The number of calls that valgrind counts; a second run makes twice as many.
const CALLS: usize = 500;

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    let ours = setup.workspace("ours").programs("probes")?.join("call");
    let peer = setup.workspace(programs::PEER).programs("probes");
    let peer = section.or_skip("peer", peer)?.map(|programs| programs.join("call"));
    time(setup, section, &ours, peer.as_deref())?;
    if section.or_skip("instructions and allocations", valgrind::check_installed())?.is_some() {
        count(setup, section, &ours, peer.as_deref())?;
    }
    Ok(())
}

fn time(setup: &Setup, section: &mut Section, ours: &Path, peer: Option<&Path>) -> Result<(), Error> {
    let calls = setup.times(200_000, 20_000).to_string();
    let once = |program: &Path| figures(program, &["whole", &calls]);
    let mut run_peer = peer.map(|peer| move || once(peer));
    let run_peer = run_peer.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
    let runs = alternate(setup.times(15, 3), || once(ours), run_peer)?;
    section.add("time", Unit::Seconds, "seconds_per_call", &runs, PEER);
    Ok(())
}

fn count(setup: &Setup, section: &mut Section, ours: &Path, peer: Option<&Path>) -> Result<(), Error> {
    let once = |program: &Path| valgrind::per_call(program, "whole", CALLS);
    let mut run_peer = peer.map(|peer| move || once(peer));
    let run_peer = run_peer.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
    // Randomly seeded hash maps make the counts vary a little.
    let runs = alternate(setup.times(5, 1), || once(ours), run_peer)?;
    let request = valgrind::instructions_per_call(ours, "request", CALLS)?;
    let response = valgrind::instructions_per_call(ours, "response", CALLS)?;
    let whole = Sample::of(&runs.ours, "instructions");
    let the_loop = whole.map(|whole| whole.median() - request - response);
    section.add("instructions", Unit::Count, "instructions", &runs, PEER);
    section.add("allocations", Unit::Count, "allocs", &runs, PEER);
    section.add("bytes allocated", Unit::Bytes, "bytes allocated", &runs, PEER);
    let parts = [("request", Some(request)), ("response", Some(response)), ("loop", the_loop)];
    for (part, figure) in parts {
        let figures = figure.map(|figure| Figures::from([(part.to_owned(), figure)]));
        let name = format!("instructions, {part}");
        section.add(name, Unit::Count, part, &Runs::ours(figures.into_iter().collect()), PEER);
    }
    Ok(())
}
