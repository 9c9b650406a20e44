//! Memory of a process with a client.

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
    name: "memory",
    about: "Resident memory of a process with a client, before the first call and after 10,000 sequential \
            calls over loopback.",
    run,
};

const CALLS: &str = "10000";

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    if !Path::new("/proc/self/status").exists() {
        return Err(Error::Missing(
            "`/proc/self/status`, which reports resident memory, does not exist".to_owned(),
        ));
    }
    let programs = setup.workspace("ours").programs("probes")?;
    let server = setup.workspace("ours").programs("server")?.join("server");
    let peer = setup.workspace(programs::PEER).programs("probes");
    let peer = section.or_skip("peer", peer)?.map(|programs| programs.join("memory"));
    let server = Server::start(&server)?;
    let once = |program: &Path| figures(program, &[&server.url, CALLS]);
    let mut run_peer = peer.as_deref().map(|peer| move || once(peer));
    let run_peer = run_peer.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
    let runs = alternate(setup.times(5, 2), || once(&programs.join("memory")), run_peer)?;
    section.add("idle", Unit::Bytes, "idle", &runs, PEER);
    section.add("after 10,000 calls", Unit::Bytes, "after", &runs, PEER);
    Ok(())
}
