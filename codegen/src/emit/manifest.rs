//! `Cargo.toml` and `rustfmt.toml` of the generated crate.

use crate::plan::Plan;

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
         readme = \"README.md\"\n\
         license = \"Apache-2.0\"\n\n\
         [dependencies]\n\
         farrier-runtime = {runtime}\n",
        header = crate::format::header(plan),
        name = toml_string(&krate.name),
        description = toml_string(&krate.description),
        runtime = with_features(&krate.runtime_dependency, krate.runtime_features),
    )
}

/// `rustfmt.toml`: the files are formatted already, and must stay as they were generated.
pub(super) fn rustfmt(plan: &Plan) -> String {
    format!("# {}\ndisable_all_formatting = true\n", crate::format::header(plan))
}

/// A dependency, a version or an inline table, with features.
fn with_features(dependency: &str, features: &[&str]) -> String {
    if features.is_empty() {
        return dependency.to_owned();
    }
    let features = features.iter().map(|feature| toml_string(feature)).collect::<Vec<_>>().join(", ");
    match dependency.trim_end().strip_suffix('}') {
        Some(table) => format!("{}, features = [{features}] }}", table.trim_end()),
        None => format!("{{ version = {dependency}, features = [{features}] }}"),
    }
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

#[cfg(test)]
mod tests {
    use super::with_features;

    #[test]
    fn features_join_a_version_or_a_table() {
        assert_eq!(with_features("\"0.1\"", &[]), "\"0.1\"");
        assert_eq!(with_features("\"0.1\"", &["a", "b"]), r#"{ version = "0.1", features = ["a", "b"] }"#);
        assert_eq!(with_features("{ path = \"x\" }", &["a"]), r#"{ path = "x", features = ["a"] }"#);
    }
}
