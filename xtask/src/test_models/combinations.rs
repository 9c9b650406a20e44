//! The combinations of a crate's features.

use farrier_codegen::Files;
use std::collections::BTreeSet;

/// Returns the combinations to test: those of the features in the crate's code, and all features. The other features
/// only configure the runtime.
pub(super) fn combinations(files: &Files) -> BTreeSet<Vec<String>> {
    let features = features(files.get("Cargo.toml").map_or("", String::as_str));
    let is_in_code = |feature: &str| {
        let attribute = format!("feature = \"{feature}\"");
        files.iter().any(|(path, text)| path.ends_with(".rs") && text.contains(&attribute))
    };
    let in_code: Vec<String> = features.iter().filter(|feature| is_in_code(feature)).cloned().collect();
    let mut combinations = BTreeSet::from([features]);
    for bits in 0..1_usize << in_code.len().min(8) {
        let chosen = in_code.iter().enumerate().filter(|(index, _)| bits >> index & 1 == 1);
        combinations.insert(chosen.map(|(_, feature)| feature.clone()).collect());
    }
    combinations
}

/// Returns the names in the table `[features]` of a manifest, except `default`.
fn features(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = toml::from_str(manifest).unwrap_or_default();
    let features = manifest.get("features").and_then(toml::Value::as_table);
    let names = features.into_iter().flat_map(toml::Table::keys);
    names.filter(|name| *name != "default").cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combines_features_in_code() {
        let manifest = "[features]\ndefault = [\"a\"]\na = []\nb = []\nc = []\n";
        let code = "#[cfg(feature = \"a\")] fn a() {} #[cfg(feature = \"b\")] fn b() {}";
        let files = [("Cargo.toml", manifest), ("src/lib.rs", code)];
        let files: Files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        let found: Vec<String> = combinations(&files).iter().map(|features| features.join(",")).collect();
        assert_eq!(found, ["", "a", "a,b", "a,b,c", "b"]);
    }
}
