//! The modules of each crate form a tree without cycles.
#![allow(clippy::unwrap_used, reason = "a file that cannot be written fails the test")]

use farrier_tests::modules::Modules;
use std::path::Path;

/// The directories of the crates that are checked.
const CRATES: &[&str] = &["cli/src", "codegen/src", "runtime/src"];

#[test]
fn modules_have_no_cycles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let cycles: Vec<String> = CRATES
        .iter()
        .flat_map(|directory| {
            let cycles = Modules::read(&root.join(directory)).cycles();
            cycles.into_iter().map(move |cycle| format!("{directory}: {cycle}"))
        })
        .collect();
    assert!(cycles.is_empty(), "module cycles:\n{}", cycles.join("\n"));
}

/// Returns the cycles of a crate with these files.
fn cycles(files: &[(&str, &str)]) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = directory.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    Modules::read(directory.path()).cycles()
}

#[test]
fn reports_cycles_of_imports_and_paths() {
    let found = cycles(&[
        ("lib.rs", "pub mod a; mod b; mod c;"),
        ("a.rs", "use crate::b::{self, B}; pub struct A(B);"),
        ("b.rs", "pub struct B; impl B { fn c() { super::c::f() } }"),
        ("c/mod.rs", "pub fn f() { crate::a::g() }"),
    ]);
    assert_eq!(found, ["crate: a -> b -> c -> a"]);
    let inner = cycles(&[
        ("lib.rs", "mod a;"),
        ("a.rs", "mod b; mod c; pub struct A(b::B);"),
        ("a/b.rs", "use super::A; pub struct B(Option<Box<A>>);"),
        ("a/c.rs", "use super::A;"),
    ]);
    assert_eq!(inner, ["crate::a: b -> self -> b"]);
}

#[test]
fn re_exported_names_count_as_those_of_their_module() {
    let found = cycles(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "mod x; mod y; pub use x::X; pub(crate) use y::{Y as Z};"),
        ("a/x.rs", "use super::Z; pub struct X(Z);"),
        ("a/y.rs", "pub struct Y;"),
        ("b.rs", "use crate::a::X;"),
    ]);
    assert_eq!(found, [""; 0]);
    let used = cycles(&[
        ("lib.rs", "mod a;"),
        ("a.rs", "mod x; pub use x::X; pub struct A(X);"),
        ("a/x.rs", "use super::A; pub struct X(Vec<A>);"),
    ]);
    assert_eq!(used, ["crate::a: self -> x -> self"]);
}

#[test]
fn tests_comments_and_scopes_of_visibility_do_not_count() {
    let found = cycles(&[
        ("lib.rs", "mod a; mod b; #[cfg(test)] mod missing;"),
        ("a.rs", "pub fn f() {} #[cfg(test)] mod tests { use crate::b::g; }"),
        ("b.rs", "//! See [`crate::b`].\nuse crate::a::f; pub(in crate::b) fn g() { f() }"),
    ]);
    assert_eq!(found, [""; 0]);
}
