//! Comparison of percent-encoded query parameters.

use super::case::RequestCase;
use super::report::Report;

pub(super) fn compare(case: &RequestCase, query: &str, report: &mut Report) {
    let params: Vec<&str> = query.split('&').filter(|param| !param.is_empty()).collect();
    let mut remaining = params.clone();
    for expected in case.query_params {
        match remaining.iter().position(|param| param == expected) {
            Some(index) => drop(remaining.remove(index)),
            None => report.add("query", *expected, with_name(&params, expected)),
        }
    }
    for name in case.forbid_query_params {
        let found = with_name(&params, name);
        if !found.is_empty() {
            report.add("query", format!("no `{name}`"), found);
        }
    }
    for name in case.require_query_params {
        if with_name(&params, name).is_empty() {
            report.add("query", format!("`{name}` with any value"), "");
        }
    }
}

/// Returns the parameters with the same name as `param`, joined with `&`.
fn with_name(params: &[&str], param: &str) -> String {
    let name = |param: &'_ str| param.split_once('=').map_or(param, |(name, _)| name).to_owned();
    let same: Vec<&str> = params.iter().copied().filter(|other| name(other) == name(param)).collect();
    same.join("&")
}
