//! `Cargo.toml` and `rustfmt.toml` of the generated crate.

use crate::plan::{Crate, Plan};
use crate::text::is_hidden;

/// Returns the contents of `Cargo.toml`.
pub(super) fn manifest(plan: &Plan) -> String {
    let krate = &plan.krate;
    format!(
        "# {header}\n\n\
         [package]\n\
         name = {name}\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         rust-version = {rust_version}\n\
         description = {description}\n\
         readme = \"README.md\"\n\n\
         [package.metadata.docs.rs]\n\
         all-features = true\n\n\
         [features]\n\
         {features}\n\
         [dependencies]\n\
         farrier-runtime = {runtime}\n\
         {dev_dependencies}",
        header = krate.header,
        name = toml_string(&krate.name),
        rust_version = toml_string(krate.rust_version),
        description = toml_string(&krate.description),
        features = features(krate),
        runtime = runtime(krate, &krate.required_features),
        dev_dependencies = dev_dependencies(krate),
    )
}

/// Returns the `[features]` table, each of which enables a runtime feature.
fn features(krate: &Crate) -> String {
    let default = krate.optional_features.iter().filter(|(_, default)| *default);
    let default: Vec<_> = default.map(|(name, _)| toml_string(name)).collect();
    let mut lines = format!("default = [{}]\n", default.join(", "));
    for (name, _) in &krate.optional_features {
        lines.push_str(&format!("{name} = [{}]\n", toml_string(&format!("farrier-runtime/{name}"))));
    }
    lines
}

/// Returns the `[dev-dependencies]` table, if the crate has tests.
fn dev_dependencies(krate: &Crate) -> String {
    if krate.test_features.is_empty() {
        return String::new();
    }
    format!("\n[dev-dependencies]\nfarrier-runtime = {}\n", runtime(krate, &krate.test_features))
}

fn runtime(krate: &Crate, features: &[&str]) -> String {
    let (key, value) = &krate.runtime;
    let source = format!("{key} = {}, default-features = false", toml_string(value));
    if features.is_empty() {
        return format!("{{ {source} }}");
    }
    let features: Vec<_> = features.iter().map(|feature| toml_string(feature)).collect();
    format!("{{ {source}, features = [{}] }}", features.join(", "))
}

/// Returns the contents of `rustfmt.toml`, which keeps rustfmt from changing generated files.
pub(super) fn rustfmt(plan: &Plan) -> String {
    format!("# {}\ndisable_all_formatting = true\n", plan.krate.header)
}

/// Returns a TOML basic string.
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_hidden(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
