//! Comparison of values member by member. NaN equals NaN.

use super::report::Report;
use crate::shape::{Active, List, Map, Structure, Value, View};
use crate::types::Document;
use std::collections::BTreeMap;

/// Reports every member that differs, with its path.
pub(super) fn compare_structures(
    path: &str,
    expected: &dyn Structure,
    got: &dyn Structure,
    report: &mut Report,
) {
    for (index, member) in expected.schema().members.iter().enumerate() {
        let path = if path.is_empty() { member.name.to_owned() } else { format!("{path}.{}", member.name) };
        compare(&path, view(expected.member(index)), view(got.member(index)), report);
    }
}

fn view(value: Option<&dyn Value>) -> View<'_> {
    value.map_or(View::Absent, |value| value.view())
}

fn compare(path: &str, expected: View<'_>, got: View<'_>, report: &mut Report) {
    let is_same = match (expected, got) {
        (View::List(expected), View::List(got)) => return compare_lists(path, expected, got, report),
        (View::Map(expected), View::Map(got)) => return compare_maps(path, expected, got, report),
        (View::Structure(expected), View::Structure(got)) => {
            return compare_structures(path, expected, got, report);
        }
        (View::Union(expected), View::Union(got)) => return compare_unions(path, expected, got, report),
        (expected, got) => is_same_simple(expected, got),
    };
    if !is_same {
        report.add(path, format_value(expected), format_value(got));
    }
}

fn compare_lists(path: &str, expected: &dyn List, got: &dyn List, report: &mut Report) {
    if expected.len() != got.len() {
        return report.add(path, format_value(View::List(expected)), format_value(View::List(got)));
    }
    for index in 0..expected.len() {
        compare(&format!("{path}[{index}]"), view(expected.item(index)), view(got.item(index)), report);
    }
}

fn compare_maps(path: &str, expected: &dyn Map, got: &dyn Map, report: &mut Report) {
    let (expected, got) = (by_key(expected), by_key(got));
    let keys = expected.keys().chain(got.keys().filter(|key| !expected.contains_key(*key)));
    for key in keys {
        let path = format!("{path}[{key:?}]");
        match (expected.get(key), got.get(key)) {
            (Some(expected), Some(got)) => compare(&path, *expected, *got, report),
            (expected, got) => {
                let format =
                    |view: Option<&View<'_>>| view.map_or("no such key".to_owned(), |v| format_value(*v));
                report.add(path, format(expected), format(got));
            }
        }
    }
}

fn by_key(map: &dyn Map) -> BTreeMap<&str, View<'_>> {
    map.entries().map(|(key, value)| (key, value.view())).collect()
}

fn compare_unions(path: &str, expected: Active<'_>, got: Active<'_>, report: &mut Report) {
    match (expected, got) {
        (Active::Known { schema, index, value }, Active::Known { index: other, value: got, .. })
            if index == other =>
        {
            let name = schema.members.get(index).map_or("", |member| member.name);
            compare(&format!("{path}.{name}"), value.view(), got.view(), report);
        }
        (Active::Unknown { variant, .. }, Active::Unknown { variant: other, .. })
            if variant.name() == other.name() && same_document(variant.value(), other.value()) => {}
        _ => report.add(path, format_value(View::Union(expected)), format_value(View::Union(got))),
    }
}

/// Returns true if two simple values are equal.
fn is_same_simple(expected: View<'_>, got: View<'_>) -> bool {
    match expected {
        View::Absent => matches!(got, View::Absent),
        View::Blob(a) => matches!(got, View::Blob(b) if a == b),
        View::Body(a) => matches!(got, View::Body(b) if a == b),
        View::Boolean(a) => matches!(got, View::Boolean(b) if a == b),
        View::String(a) => matches!(got, View::String(b) if a == b),
        View::Byte(a) => matches!(got, View::Byte(b) if a == b),
        View::Short(a) => matches!(got, View::Short(b) if a == b),
        View::Integer(a) => matches!(got, View::Integer(b) if a == b),
        View::Long(a) => matches!(got, View::Long(b) if a == b),
        View::Float(a) => matches!(got, View::Float(b) if a == b || a.is_nan() && b.is_nan()),
        View::Double(a) => matches!(got, View::Double(b) if a == b || a.is_nan() && b.is_nan()),
        View::BigInteger(a) => matches!(got, View::BigInteger(b) if a == b),
        View::BigDecimal(a) => matches!(got, View::BigDecimal(b) if a == b),
        View::Timestamp(a) => matches!(got, View::Timestamp(b) if a == b),
        View::Document(a) => matches!(got, View::Document(b) if same_document(a, b)),
        View::List(_) | View::Map(_) | View::Structure(_) | View::Union(_) => false,
    }
}

/// Returns true if two documents are equal. `1` equals `1.0`.
fn same_document(expected: &Document, got: &Document) -> bool {
    match (expected, got) {
        (Document::Number(a), Document::Number(b)) => {
            let is_integer = |n: &serde_json::Number| n.is_i64() || n.is_u64();
            a == b || !(is_integer(a) && is_integer(b)) && a.as_f64() == b.as_f64()
        }
        (Document::Array(a), Document::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_document(a, b))
        }
        (Document::Object(a), Document::Object(b)) => {
            let same = |(key, value): (&String, &Document)| {
                b.get(key).is_some_and(|other| same_document(value, other))
            };
            a.len() == b.len() && a.iter().all(same)
        }
        _ => expected == got,
    }
}

/// Formats a value for a report. Sensitive members are not redacted, because the values are test data.
fn format_value(view: View<'_>) -> String {
    match view {
        View::Absent => "absent".to_owned(),
        View::Blob(v) => format!("b\"{}\"", v.escape_ascii()),
        View::Body(v) => {
            v.as_bytes().map_or_else(|| format!("{v:?}"), |bytes| format!("b\"{}\"", bytes.escape_ascii()))
        }
        View::Boolean(v) => v.to_string(),
        View::String(v) => format!("{v:?}"),
        View::Byte(v) => v.to_string(),
        View::Short(v) => v.to_string(),
        View::Integer(v) => v.to_string(),
        View::Long(v) => v.to_string(),
        View::Float(v) => v.to_string(),
        View::Double(v) => v.to_string(),
        View::BigInteger(v) => v.as_str().to_owned(),
        View::BigDecimal(v) => v.as_str().to_owned(),
        View::Timestamp(v) => v.to_string(),
        View::Document(v) => v.to_string(),
        View::List(v) => {
            format_list((0..v.len()).filter_map(|index| v.item(index)).map(|i| format_value(i.view())), "[]")
        }
        View::Map(v) => {
            format_list(v.entries().map(|(key, v)| format!("{key:?}: {}", format_value(v.view()))), "{}")
        }
        View::Structure(v) => format_structure(v),
        View::Union(Active::Known { schema, index, value }) => {
            let name = schema.members.get(index).map_or("", |member| member.name);
            format!("{{{name}: {}}}", format_value(value.view()))
        }
        View::Union(Active::Unknown { variant, .. }) => {
            format!("{{unknown {:?}: {}}}", variant.name(), variant.value())
        }
    }
}

fn format_structure(structure: &dyn Structure) -> String {
    let members = structure.schema().members.iter().enumerate();
    let present = members.filter_map(|(index, member)| match view(structure.member(index)) {
        View::Absent => None,
        view => Some(format!("{}: {}", member.name, format_value(view))),
    });
    format_list(present, "{}")
}

fn format_list(items: impl Iterator<Item = String>, brackets: &str) -> String {
    let (open, close) = brackets.split_at(1);
    format!("{open}{}{close}", items.collect::<Vec<_>>().join(", "))
}
