//! The crate's documentation: what it is, and examples of its use.

use super::example::{self, Snippet};
use super::readme;
use crate::Layout;
use crate::plan::Plan;

/// Returns the documentation of the crate, in Markdown.
pub(super) fn front_page(plan: &Plan) -> String {
    let mut text = format!("Client for {}.", plan.krate.title);
    let limit = plan.krate.recursion_limit;
    let doctest = |snippet: Option<Snippet>| snippet.and_then(|snippet| snippet.doctest(limit));
    if let Some(call) = doctest(example::call(plan)) {
        text.push_str(&format!("\n\n{call}"));
    }
    if !matches!(plan.krate.layout, Layout::Module { blocking: false }) {
        text.push_str(&format!("\n\n{}", example::BLOCKING));
    }
    text.push_str(
        "\n\nThe [guide](runtime::guide) explains configuration, errors, retries, limits and tests.",
    );
    if let Some(limit) = limit {
        text.push_str(&format!(
            "\n\nThe types of this crate are deeply nested: a crate that uses them in futures needs\n\
             `#![recursion_limit = \"{limit}\"]`."
        ));
    }
    let sections = [
        ("Credentials", doctest(example::credentials(plan))),
        ("Errors", doctest(example::errors(plan))),
        ("Tests without the service", doctest(example::mock(plan))),
        ("Skipped", (!plan.krate.skipped.is_empty()).then(|| readme::skipped(plan))),
        ("Service", Some(plan.krate.docs.clone()).filter(|docs| !docs.is_empty())),
    ];
    for (title, section) in sections {
        if let Some(section) = section {
            text.push_str(&format!("\n\n# {title}\n\n{section}"));
        }
    }
    text
}
