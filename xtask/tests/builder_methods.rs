//! Methods that generated clients add to the runtime's builder do not collide with its own methods.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use farrier_codegen::{Runtime, Settings, Source, generate};
use std::path::Path;

/// Returns the names of the builder's own methods, from its source.
fn own_methods() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let source = std::fs::read_to_string(root.join("runtime/src/client/builder.rs")).unwrap();
    let names = source.split("    pub fn ").skip(1).map(|text| text.split(['(', '<']).next().unwrap());
    names.map(str::to_owned).collect()
}

#[test]
fn parameters_named_like_builder_methods_get_a_suffix() {
    let own = own_methods();
    assert!(own.iter().any(|name| name == "endpoint_param"), "{own:?}");
    let parameters: Vec<_> = own.iter().map(|name| format!(r#""{name}": {{"type": "string"}}"#)).collect();
    let parameters = parameters.join(", ");
    let model = format!(
        r##"{{"smithy": "2.0", "shapes": {{"a#S": {{"type": "service", "traits": {{
            "aws.protocols#restJson1": {{}}, "smithy.rules#clientContextParams": {{{parameters}}},
            "smithy.rules#endpointRuleSet": {{"parameters": {{{parameters}}}, "rules": []}}}}}}}}}}"##
    );
    let settings = Settings {
        service: None,
        protocol: None,
        crate_name: None,
        runtime: Runtime::Version("0.1".to_owned()),
        command: "test".to_owned(),
    };
    let generated = generate(&[Source::new("model.json", model)], &settings).unwrap();
    let client = &generated.files["src/client.rs"];
    for name in own {
        assert!(
            client.contains(&format!("fn {name}_param(self, ")),
            "`{name}` is missing in `plan/names.rs`"
        );
    }
}
