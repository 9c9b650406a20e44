//! Checks of the name of the package or module that the caller chose.

use super::names;
use crate::{Diagnostic, Diagnostics, Layout, Settings, Span};

/// The maximum length of a package name, which becomes the name of files.
const MAX_LEN: usize = 128;

/// The library of this package is a dependency of every client.
const RUNTIME: &str = "farrier_runtime";

/// The crates of the Rust distribution, which a dependency of the same name would hide.
const SYSROOT: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

/// The primitive types, which a dependency of the same name would hide.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

/// Reports a name that Cargo or Rust rejects, or that would hide another crate.
pub(crate) fn check_name(settings: &Settings, diagnostics: &mut Diagnostics) {
    let Some(name) = &settings.name else { return };
    if let Layout::Module { .. } = settings.layout {
        if names::is_keyword(name) {
            let message = format!("module name `{}` is not a Rust identifier", name.escape_debug());
            let help = "choose a name of letters, digits and `_` that is not a keyword";
            diagnostics.push(Diagnostic::new(Span::default(), message).help(help));
        }
        return;
    }
    if let Err(reason) = check(name) {
        let message = format!("crate name `{}` {reason}", name.escape_debug());
        let help = format!("choose another name, such as `{}`", suggestion(name));
        diagnostics.push(Diagnostic::new(Span::default(), message).help(help));
    }
}

fn check(name: &str) -> Result<(), &'static str> {
    let is_valid_char = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(is_valid_char) {
        return Err("must begin with a letter and contain only letters, digits, `-` and `_`");
    }
    if name.len() > MAX_LEN {
        return Err("is longer than 128 characters");
    }
    // The name in Rust code.
    match name.replace('-', "_").as_str() {
        RUNTIME => Err("is the name of the runtime, a dependency of the crate"),
        name if SYSROOT.contains(&name) => Err("is the name of a crate of the Rust distribution"),
        name if PRIMITIVES.contains(&name) => Err("is the name of a primitive type"),
        name if names::is_keyword(name) => Err("is a keyword of Rust"),
        _ => Ok(()),
    }
}

/// Returns a valid name that is similar to a rejected one.
fn suggestion(name: &str) -> String {
    names::crate_name(name.strip_suffix("-client").unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_names_that_cargo_or_rust_rejects() {
        let long = "x".repeat(129);
        let cases = [
            ("", "must begin with a letter"),
            ("1st", "must begin with a letter"),
            ("a b", "must begin with a letter"),
            ("../up", "must begin with a letter"),
            ("é", "must begin with a letter"),
            (&long, "longer than 128 characters"),
            ("std", "crate of the Rust distribution"),
            ("core", "crate of the Rust distribution"),
            ("alloc", "crate of the Rust distribution"),
            ("proc-macro", "crate of the Rust distribution"),
            ("test", "crate of the Rust distribution"),
            ("farrier-runtime", "name of the runtime"),
            ("farrier_runtime", "name of the runtime"),
            ("str", "primitive type"),
            ("async", "keyword"),
            ("gen", "keyword"),
            ("crate", "keyword"),
            ("Self", "keyword"),
        ];
        for (name, reason) in cases {
            let found = check(name);
            assert!(found.is_err_and(|found| found.contains(reason)), "{name}: {found:?}");
            assert_eq!(check(&suggestion(name)), Ok(()), "{name}");
        }
        for name in ["signin-client", "My_Client", "a", "std-client", "r2"] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
    }
}
