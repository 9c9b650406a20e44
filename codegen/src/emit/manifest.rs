//! `Cargo.toml` and `rustfmt.toml` of the generated crate.

use crate::plan::{Crate, Plan};
use crate::text::is_hidden;
use crate::{Package, RUNTIME_VERSION, Runtime};

/// Returns the contents of `Cargo.toml`.
pub(super) fn manifest(plan: &Plan, package: &Package) -> String {
    let krate = &plan.krate;
    format!(
        "# {header}\n\n\
         [package]\n\
         {fields}\n\
         [package.metadata.docs.rs]\n\
         all-features = true\n\
         rustdoc-args = [\"--cfg\", \"docsrs\"]\n\n\
         [features]\n\
         {features}\n\
         [dependencies]\n\
         farrier-runtime = {runtime}\n\
         {dev_dependencies}",
        header = krate.header,
        fields = fields(krate, package),
        features = features(krate),
        runtime = runtime(&package.runtime, &krate.required_features),
        dev_dependencies = dev_dependencies(krate, package),
    )
}

/// Returns the `[package]` table: the generated fields, replaced or followed by the chosen ones.
fn fields(krate: &Crate, package: &Package) -> String {
    let generated = [
        ("name", toml_string(&krate.name)),
        ("version", toml_string("0.1.0")),
        ("edition", toml_string("2024")),
        ("rust-version", toml_string(krate.rust_version)),
        ("description", toml_string(&krate.description)),
        ("readme", toml_string("README.md")),
    ];
    let chosen = |key: &str| package.fields.iter().find(|(name, _)| name == key).map(|(_, value)| value);
    let lines = generated.iter().map(|(key, value)| (*key, chosen(key).unwrap_or(value)));
    let is_generated = |key: &str| generated.iter().any(|(name, _)| *name == key);
    let added = package.fields.iter().filter(|(key, _)| !is_generated(key));
    let lines = lines.chain(added.map(|(key, value)| (key.as_str(), value)));
    lines.map(|(key, value)| format!("{key} = {value}\n")).collect()
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

/// Returns the `[dev-dependencies]` table, unless it is empty.
fn dev_dependencies(krate: &Crate, package: &Package) -> String {
    let mut lines = String::new();
    if !krate.test_features.is_empty() {
        lines = format!("farrier-runtime = {}\n", runtime(&package.runtime, &krate.test_features));
    }
    for (name, value) in &package.dev_dependencies {
        lines.push_str(&format!("{} = {value}\n", toml_key(name)));
    }
    if lines.is_empty() { lines } else { format!("\n[dev-dependencies]\n{lines}") }
}

/// Returns the dependency on the runtime with some features.
fn runtime(runtime: &Runtime, features: &[&str]) -> String {
    let is_default = runtime.version.is_none() && runtime.path.is_none() && runtime.git.is_none();
    let version =
        runtime.version.as_deref().or((is_default && !runtime.workspace).then_some(RUNTIME_VERSION));
    let reference = runtime.git_reference.as_ref().map(|(key, value)| (*key, value.as_str()));
    let sources = [
        version.map(|version| ("version", version)),
        runtime.path.as_deref().map(|path| ("path", path)),
        runtime.git.as_deref().map(|url| ("git", url)),
        reference,
    ];
    let sources = sources.into_iter().flatten().map(|(key, value)| format!("{key} = {}", toml_string(value)));
    let workspace = runtime.workspace.then(|| "workspace = true".to_owned());
    let mut parts: Vec<_> = workspace.into_iter().chain(sources).collect();
    // An inherited dependency has the setting of the workspace.
    parts.extend((!runtime.workspace).then(|| "default-features = false".to_owned()));
    if !features.is_empty() {
        let features: Vec<_> = features.iter().map(|feature| toml_string(feature)).collect();
        parts.push(format!("features = [{}]", features.join(", ")));
    }
    format!("{{ {} }}", parts.join(", "))
}

/// Returns the contents of `rustfmt.toml`, which keeps rustfmt from changing generated files.
pub(super) fn rustfmt(plan: &Plan) -> String {
    format!("# {}\ndisable_all_formatting = true\n", plan.krate.header)
}

/// Returns a TOML key, in quotation marks if it needs them.
fn toml_key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if is_bare { name.to_owned() } else { toml_string(name) }
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
