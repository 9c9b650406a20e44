//! Reading a large answer.

use super::models;
use super::process::{figures, run as run_process};
use super::sample::{Figures, alternate};
use super::unit::Unit;
use super::{Bench, Error, Section, Setup};
use std::path::Path;
use std::process::Command;

pub(super) const BENCH: Bench = Bench {
    name: "codec",
    about: "Bytes read per second of a DynamoDB `Query` with a page of a megabyte: in JSON by whole calls, signed, \
            through a transport in memory; and in JSON and CBOR by the reader alone, beside structures derived with \
            serde, which know their types and so are the limit. DynamoDB does not speak CBOR: its model was made to.",
    run,
};

const DYNAMODB: &str = "aws-sdk-dynamodb";

fn run(setup: &Setup, section: &mut Section) -> Result<(), Error> {
    models::generate(setup)?;
    let ours = setup.workspace("ours-models").programs("codec")?.join("codec");
    let peer = setup.workspace("peer-models").fetched_programs("codec");
    let peer = section.have("the peer", peer)?.map(|programs| programs.join("codec"));
    let page = setup.scratch().join("page.json").display().to_string();
    run_process(Command::new(&ours).args(["write", &page]))?;
    let compare = |what: &str, other: Option<(&Path, &str)>| compare(setup, &ours, what, other);
    let whole = compare("call", peer.as_deref().map(|peer| (peer, page.as_str())))?;
    let json = compare("json", Some((&ours, "derived-json")))?;
    let cbor = compare("cbor", Some((&ours, "derived-cbor")))?;
    let mut add = |what: &str, runs, other| section.add(what, Unit::BytesPerSecond, "speed", runs, other);
    add("JSON, whole calls", &whole, DYNAMODB);
    add("JSON, reader alone", &json, "serde_json");
    add("CBOR, reader alone", &cbor, "cbor4ii");
    Ok(())
}

fn compare(
    setup: &Setup,
    ours: &Path,
    what: &str,
    other: Option<(&Path, &str)>,
) -> Result<(Vec<Figures>, Vec<Figures>), Error> {
    let count = setup.times(100, 10).to_string();
    let mut of_other = other.map(|(program, what)| {
        let count = &count;
        move || speed(program, what, count)
    });
    let of_other = of_other.as_mut().map(|run| run as &mut dyn FnMut() -> Result<Figures, Error>);
    alternate(setup.times(7, 3), || speed(ours, what, &count), of_other)
}

fn speed(program: &Path, what: &str, count: &str) -> Result<Figures, Error> {
    let mut run = figures(program, &[what, count])?;
    if let (Some(bytes), Some(seconds)) = (run.get("bytes"), run.get("seconds_each")) {
        run.insert("speed".to_owned(), bytes / seconds);
    }
    Ok(run)
}
