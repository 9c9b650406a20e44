//! Codecs with large values: a list of many small structures, and a deep tree.
#![allow(clippy::unwrap_used, reason = "a panic fails the benchmark")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use farrier_runtime::codec::cbor::Cbor;
use farrier_runtime::codec::json::Json;
use farrier_runtime::codec::{Codec, Members, Source};
use farrier_runtime::schema::NameKind;
use farrier_runtime::shape::{Structure, Value};
use snapshot_recursion::types::Tree;
use snapshot_types::types::{Everything, Inner};

const JSON: Json = Json {
    media_type: "application/json",
    name_kind: NameKind::Json,
    timestamp_formats: true,
    big_numbers_as_text: false,
};

/// The number of structures in the list.
const STRUCTURES: i32 = 10_000;

/// The depth of the tree.
const DEPTH: usize = 10;

fn main() {
    divan::main();
}

fn list() -> Everything {
    let structures = (0..STRUCTURES).map(|n| Inner::new(format!("the name of structure {n}")).value(n));
    Everything::default_value().structures(structures)
}

fn tree(depth: usize) -> Tree {
    let label = Tree::new(format!("a tree of depth {depth}"));
    if depth == 0 { label } else { label.left(tree(depth - 1)).right(tree(depth - 1)) }
}

fn write_json(value: &dyn Structure) -> Vec<u8> {
    JSON.write_structure(value, Members::All).unwrap()
}

fn write_cbor(value: &dyn Structure) -> Vec<u8> {
    Cbor.write_structure(value, Members::All).unwrap()
}

fn bench_write(bencher: Bencher, value: &dyn Structure, write: fn(&dyn Structure) -> Vec<u8>) {
    let bencher = bencher.counter(BytesCount::new(write(value).len()));
    bencher.bench_local(|| write(black_box(value)));
}

fn bench_read_json<T: Structure + Value>(bencher: Bencher, value: &T) {
    let bytes = write_json(value);
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let mut value = T::default_value();
        JSON.read_structure(Source::new(black_box(&bytes)), &mut value, Members::All).unwrap();
        value
    });
}

fn bench_read_cbor<T: Structure + Value>(bencher: Bencher, value: &T) {
    let bytes = write_cbor(value);
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let mut value = T::default_value();
        Cbor.read_structure(Source::new(black_box(&bytes)), &mut value, Members::All).unwrap();
        value
    });
}

#[divan::bench]
fn write_json_list(bencher: Bencher) {
    bench_write(bencher, &list(), write_json);
}

#[divan::bench]
fn read_json_list(bencher: Bencher) {
    bench_read_json(bencher, &list());
}

#[divan::bench]
fn write_json_tree(bencher: Bencher) {
    bench_write(bencher, &tree(DEPTH), write_json);
}

#[divan::bench]
fn read_json_tree(bencher: Bencher) {
    bench_read_json(bencher, &tree(DEPTH));
}

#[divan::bench]
fn write_cbor_list(bencher: Bencher) {
    bench_write(bencher, &list(), write_cbor);
}

#[divan::bench]
fn read_cbor_list(bencher: Bencher) {
    bench_read_cbor(bencher, &list());
}

#[divan::bench]
fn write_cbor_tree(bencher: Bencher) {
    bench_write(bencher, &tree(DEPTH), write_cbor);
}

#[divan::bench]
fn read_cbor_tree(bencher: Bencher) {
    bench_read_cbor(bencher, &tree(DEPTH));
}
