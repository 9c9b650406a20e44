//! The example in the crate's documentation and README, and the paragraph on blocking calls.

use crate::plan::{Example, Plan};

/// The paragraph on blocking calls.
pub(super) const BLOCKING: &str = "\
With the `blocking` feature, `blocking::Client` has the same methods for use without an async
runtime. End each call with `.send()` instead of `.await`.";

/// Returns an async function that makes the call, as Rust source. If `hidden`, rustdoc shows only its body.
pub(super) fn source(plan: &Plan, example: &Example, hidden: bool) -> String {
    let krate = plan.krate.name.replace('-', "_");
    let mut lines = vec![format!("use {krate}::Client;")];
    match &example.imports[..] {
        [] => {}
        [one] => lines.push(format!("use {krate}::types::{one};")),
        many => lines.push(format!("use {krate}::types::{{{}}};", many.join(", "))),
    }
    let mark = if hidden { "# " } else { "" };
    lines.push(String::new());
    lines.push(format!("{mark}async fn example() -> Result<(), Box<dyn std::error::Error>> {{"));
    let indent = if hidden { "" } else { "    " };
    lines.push(format!("{indent}let client = Client::builder().{}.build()?;", example.endpoint_setter));
    lines.push(format!("{indent}let output = {}.await?;", example.call));
    lines.push(format!("{indent}println!(\"{{output:?}}\");"));
    lines.push(format!("{mark}Ok(())"));
    lines.push(format!("{mark}}}"));
    if !hidden {
        let last = lines.len() - 2;
        lines[last] = "    Ok(())".to_owned();
    }
    lines.join("\n")
}
