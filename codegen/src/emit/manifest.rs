//! `Cargo.toml` and `rustfmt.toml` of the generated crate.

use crate::Runtime;
use crate::plan::{Crate, Plan};

/// `Cargo.toml`
pub(super) fn manifest(plan: &Plan) -> String {
    let krate = &plan.krate;
    format!(
        "# {header}\n\n\
         [package]\n\
         name = {name}\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         description = {description}\n\
         readme = \"README.md\"\n\n\
         [features]\n\
         {features}\n\
         [dependencies]\n\
         farrier-runtime = {runtime}\n\
         {dev_dependencies}",
        header = crate::format::header(plan),
        name = toml_string(&krate.name),
        description = toml_string(&krate.description),
        features = features(krate),
        runtime = runtime(krate, &krate.features),
        dev_dependencies = dev_dependencies(plan),
    )
}

/// What users of the crate choose, each a feature of the runtime.
fn features(krate: &Crate) -> String {
    let on: Vec<_> = krate.choices.iter().filter(|(_, on)| *on).map(|(name, _)| toml_string(name)).collect();
    let mut lines = format!("default = [{}]\n", on.join(", "));
    for (name, _) in &krate.choices {
        lines.push_str(&format!("{name} = [{}]\n", toml_string(&format!("farrier-runtime/{name}"))));
    }
    lines
}

/// What the tests need, where the crate has any.
fn dev_dependencies(plan: &Plan) -> String {
    if plan.protocol_tests.is_empty() && !super::endpoint_test::is_needed(plan) {
        return String::new();
    }
    format!("\n[dev-dependencies]\nfarrier-runtime = {}\n", runtime(&plan.krate, &["protocol-tests"]))
}

fn runtime(krate: &Crate, features: &[&str]) -> String {
    let place = match &krate.runtime {
        Runtime::Path(path) => format!("path = {}", toml_string(path)),
        Runtime::Version(version) => format!("version = {}", toml_string(version)),
    };
    let place = format!("{place}, default-features = false");
    if features.is_empty() {
        return format!("{{ {place} }}");
    }
    let features: Vec<_> = features.iter().map(|feature| toml_string(feature)).collect();
    format!("{{ {place}, features = [{}] }}", features.join(", "))
}

/// `rustfmt.toml`: the files are formatted already, and must stay as they were generated.
pub(super) fn rustfmt(plan: &Plan) -> String {
    format!("# {}\ndisable_all_formatting = true\n", crate::format::header(plan))
}

/// A basic string of TOML.
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
