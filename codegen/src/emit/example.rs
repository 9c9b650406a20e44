//! The example on the crate's first page and in its README, and what is said below it.

use crate::plan::{Example, Plan};

/// How to make calls without a runtime.
pub(super) const BLOCKING: &str = "\
With the feature `blocking`, `blocking::Client` has the same methods for programs without an async
runtime. Their calls end in `.send()` rather than `.await`.";

/// An async function that makes the call, as Rust source. Lines that rustdoc hides begin with `#` when
/// `hidden`.
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
    lines.push(format!("{indent}let client = Client::builder().{}.build()?;", example.setting));
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
