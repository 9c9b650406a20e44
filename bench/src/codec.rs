//! Deserializing a large response.

use crate::benchmark::Bench;
use crate::error::Error;
use crate::models;
use crate::process::{figures, run as run_process};
use crate::programs;
use crate::report::Section;
use crate::sample::{Figures, Runs, alternate};
use crate::setup::Setup;
use crate::unit::Unit;
use std::path::Path;
use std::process::Command;

pub(crate) const BENCH: Bench = Bench {
    name: "codec",
    about: "Bytes read per second of a DynamoDB `Query` response of one megabyte: JSON in signed calls \
            through an in-memory transport; and JSON and CBOR with the deserializer alone, compared with \
            structures that derive serde's `Deserialize`. DynamoDB does not support CBOR; the benchmark \
            uses a modified model.",
    run,
};

const DYNAMODB: &str = "aws-sdk-dynamodb";

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    models::generate(setup)?;
    let ours = setup.workspace("ours-models").programs("codec")?.join("codec");
    let peer = setup.workspace(programs::PEER).programs("codec");
    let peer = section.or_skip("peer", peer)?.map(|programs| programs.join("codec"));
    let page = setup.scratch().join("page.json").display().to_string();
    run_process(Command::new(&ours).args(["write", &page]))?;
    let compare = |mode: &str, peer: Option<(&Path, &str)>| compare(setup, &ours, mode, peer);
    let whole = compare("call", peer.as_deref().map(|peer| (peer, page.as_str())))?;
    let json = compare("json", Some((&ours, "derived-json")))?;
    let cbor = compare("cbor", Some((&ours, "derived-cbor")))?;
    let mut add = |name: &str, runs, peer| section.add(name, Unit::BytesPerSecond, "speed", runs, peer);
    add("JSON, calls", &whole, DYNAMODB);
    add("JSON, deserializer", &json, "serde_json");
    add("CBOR, deserializer", &cbor, "cbor4ii");
    Ok(())
}

fn compare(setup: &Setup, ours: &Path, mode: &str, peer: Option<(&Path, &str)>) -> Result<Runs, Error> {
    let count = setup.times(100, 10).to_string();
    let mut run_peer = peer.map(|(program, mode)| {
        let count = &count;
        move || speed(program, mode, count)
    });
    let run_peer = run_peer.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
    alternate(setup.times(7, 3), || speed(ours, mode, &count), run_peer)
}

fn speed(program: &Path, mode: &str, count: &str) -> Result<Figures, Error> {
    let mut run = figures(program, &[mode, count])?;
    if let (Some(bytes), Some(seconds)) = (run.get("bytes"), run.get("seconds_per_call")) {
        run.insert("speed".to_owned(), bytes / seconds);
    }
    Ok(run)
}
