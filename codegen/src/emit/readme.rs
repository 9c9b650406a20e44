//! `README.md` of the generated crate.

use super::example;
use crate::plan::Plan;

/// Returns the README: a description, an example, the operations, and how to regenerate the crate.
pub(super) fn readme(plan: &Plan) -> String {
    let krate = &plan.krate;
    let mut text = format!("# {}\n\nClient for {}.\n", krate.name, krate.title);
    if let Some(source) = example::call(plan).and_then(|snippet| snippet.function()) {
        text.push_str(&format!("\n```rust\n{source}\n```\n"));
    }
    text.push_str(&format!("\n{}\n", example::BLOCKING));
    text.push_str("\n| operation | method |\n|---|---|\n");
    for operation in &plan.operations {
        text.push_str(&format!("| `{}` | `Client::{}` |\n", operation.name, operation.method));
    }
    if !krate.skipped.is_empty() {
        text.push_str(&format!("\n## Skipped\n\n{}\n", skipped(plan)));
    }
    text.push_str(&format!("\n{}\n", krate.header));
    text
}

/// Returns the list of skipped parts of the service.
pub(super) fn skipped(plan: &Plan) -> String {
    let lines = plan.krate.skipped.iter().map(|line| format!("- {line}"));
    let lines: Vec<_> = lines.collect();
    format!("This crate does not support these parts of the service:\n\n{}", lines.join("\n"))
}
