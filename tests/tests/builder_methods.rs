//! Methods that generated clients add to the runtime's builder do not collide with its own methods.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use farrier_codegen::{Settings, Source, generate};
use farrier_runtime::client::BUILDER_METHODS;

#[test]
fn parameters_named_like_builder_methods_get_a_suffix() {
    let parameters: Vec<_> =
        BUILDER_METHODS.iter().map(|name| format!(r#""{name}": {{"type": "string"}}"#)).collect();
    let parameters = parameters.join(", ");
    let model = format!(
        r##"{{"smithy": "2.0", "shapes": {{"a#S": {{"type": "service", "traits": {{
            "aws.protocols#restJson1": {{}}, "smithy.rules#clientContextParams": {{{parameters}}},
            "smithy.rules#endpointRuleSet": {{"parameters": {{{parameters}}}, "rules": []}}}}}}}}}}"##
    );
    let settings = Settings::default();
    let generated = generate(&[Source::new("model.json", model)], &settings).unwrap();
    let client = &generated.files["src/client.rs"];
    for name in BUILDER_METHODS {
        assert!(
            client.contains(&format!("fn {name}_param(self, ")),
            "`{name}` is missing in `codegen/src/plan/names.rs`"
        );
    }
}
