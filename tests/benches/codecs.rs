//! The codecs with large values of two kinds: many small structures, and one deep tree.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use farrier_runtime::codec::Members;
use farrier_runtime::codec::cbor::Cbor;
use farrier_runtime::codec::json::Json;
use farrier_runtime::shape::{Structure, Value};
use golden_recursion::types::Tree;
use golden_types::types::{Everything, Inner};

const JSON: Json = Json { json_names: true, timestamp_formats: true, big_numbers_as_text: false };

/// How many structures are in the list, and how deep the tree is.
const STRUCTURES: i32 = 10_000;
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

fn writing(bencher: Bencher, value: &dyn Structure, write: fn(&dyn Structure) -> Vec<u8>) {
    let bencher = bencher.counter(BytesCount::new(write(value).len()));
    bencher.bench_local(|| write(black_box(value)));
}

fn reading_json<T: Structure + Value>(bencher: Bencher, value: &T) {
    let bytes = write_json(value);
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let mut value = T::default_value();
        JSON.read_structure(black_box(&bytes), &mut value, Members::All).unwrap();
        value
    });
}

fn reading_cbor<T: Structure + Value>(bencher: Bencher, value: &T) {
    let bytes = write_cbor(value);
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let mut value = T::default_value();
        Cbor.read_structure(black_box(&bytes), &mut value, Members::All).unwrap();
        value
    });
}

#[divan::bench]
fn json_list_written(bencher: Bencher) {
    writing(bencher, &list(), write_json);
}

#[divan::bench]
fn json_list_read(bencher: Bencher) {
    reading_json(bencher, &list());
}

#[divan::bench]
fn json_tree_written(bencher: Bencher) {
    writing(bencher, &tree(DEPTH), write_json);
}

#[divan::bench]
fn json_tree_read(bencher: Bencher) {
    reading_json(bencher, &tree(DEPTH));
}

#[divan::bench]
fn cbor_list_written(bencher: Bencher) {
    writing(bencher, &list(), write_cbor);
}

#[divan::bench]
fn cbor_list_read(bencher: Bencher) {
    reading_cbor(bencher, &list());
}

#[divan::bench]
fn cbor_tree_written(bencher: Bencher) {
    writing(bencher, &tree(DEPTH), write_cbor);
}

#[divan::bench]
fn cbor_tree_read(bencher: Bencher) {
    reading_cbor(bencher, &tree(DEPTH));
}
