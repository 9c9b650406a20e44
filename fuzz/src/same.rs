//! Equality of values, with floats compared by their bits.

use farrier_runtime::schema::Member;
use farrier_runtime::shape::{Active, List, Map, Structure, View};
use farrier_runtime::types::{Document, Timestamp, TimestampFormat};

/// Returns true if two structures are the same. Zeros differ by sign; all NaNs are the same.
pub(crate) fn same(left: &dyn Structure, right: &dyn Structure) -> bool {
    left.schema().members.iter().enumerate().all(|(index, member)| {
        match (left.member(index), right.member(index)) {
            (Some(left), Some(right)) => same_value(member, left.view(), right.view()),
            (left, right) => left.is_none() && right.is_none(),
        }
    })
}

fn same_value(member: &Member, left: View<'_>, right: View<'_>) -> bool {
    match left {
        View::Absent => matches!(right, View::Absent),
        View::Blob(left) => matches!(right, View::Blob(right) if left == right),
        View::Body(left) => matches!(right, View::Body(right) if left == right),
        View::Boolean(left) => matches!(right, View::Boolean(right) if left == right),
        View::String(left) => matches!(right, View::String(right) if left == right),
        View::Byte(left) => matches!(right, View::Byte(right) if left == right),
        View::Short(left) => matches!(right, View::Short(right) if left == right),
        View::Integer(left) => matches!(right, View::Integer(right) if left == right),
        View::Long(left) => matches!(right, View::Long(right) if left == right),
        View::Float(left) => matches!(right, View::Float(right) if same_float(left.into(), right.into())),
        View::Double(left) => matches!(right, View::Double(right) if same_float(left, right)),
        View::BigInteger(left) => matches!(right, View::BigInteger(right) if left == right),
        View::BigDecimal(left) => matches!(right, View::BigDecimal(right) if left == right),
        View::Timestamp(left) => matches!(right, View::Timestamp(right) if same_time(member, left, right)),
        View::Document(left) => matches!(right, View::Document(right) if same_document(left, right)),
        View::List(left) => matches!(right, View::List(right) if same_list(member, left, right)),
        View::Map(left) => matches!(right, View::Map(right) if same_map(member, left, right)),
        View::Structure(left) => matches!(right, View::Structure(right) if same(left, right)),
        View::Union(left) => matches!(right, View::Union(right) if same_variant(left, right)),
    }
}

/// Compares timestamps. HTTP dates are read with fractions of a second but written without.
fn same_time(member: &Member, left: Timestamp, right: Timestamp) -> bool {
    match member.timestamp_format() {
        Some(TimestampFormat::HttpDate) => left.secs() == right.secs(),
        _ => left == right,
    }
}

fn same_list(member: &Member, left: &dyn List, right: &dyn List) -> bool {
    let element = member.target.element().unwrap_or(member);
    left.len() == right.len()
        && (0..left.len()).all(|index| match (left.item(index), right.item(index)) {
            (Some(left), Some(right)) => same_value(element, left.view(), right.view()),
            _ => false,
        })
}

fn same_map(member: &Member, left: &dyn Map, right: &dyn Map) -> bool {
    let element = member.target.element().unwrap_or(member);
    left.len() == right.len()
        && left.entries().zip(right.entries()).all(|((left_key, left), (right_key, right))| {
            left_key == right_key && same_value(element, left.view(), right.view())
        })
}

fn same_float(left: f64, right: f64) -> bool {
    left.to_bits() == right.to_bits() || left.is_nan() && right.is_nan()
}

/// Compares the text of documents, in which zeros have a sign.
fn same_document(left: &Document, right: &Document) -> bool {
    let (left, right) = (left.to_string(), right.to_string());
    left == right
}

fn same_variant(left: Active<'_>, right: Active<'_>) -> bool {
    match (left, right) {
        (
            Active::Known { schema, index, value: left },
            Active::Known { index: right_index, value: right, .. },
        ) => index == right_index && same_value(&schema.members[index], left.view(), right.view()),
        (Active::Unknown { variant: left, .. }, Active::Unknown { variant: right, .. }) => {
            left.name() == right.name() && same_document(left.value(), right.value())
        }
        _ => false,
    }
}
