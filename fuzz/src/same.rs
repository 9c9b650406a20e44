//! Equality of values, with floats compared by their bits.

use farrier_runtime::schema::Member;
use farrier_runtime::shape::{Active, Structure, View};
use farrier_runtime::types::{Document, TimestampFormat};

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
    // The member of a list or map.
    let element = member.target.element().unwrap_or(member);
    match (left, right) {
        (View::Absent, View::Absent) => true,
        (View::Blob(left), View::Blob(right)) => left == right,
        (View::Boolean(left), View::Boolean(right)) => left == right,
        (View::String(left), View::String(right)) => left == right,
        (View::Byte(left), View::Byte(right)) => left == right,
        (View::Short(left), View::Short(right)) => left == right,
        (View::Integer(left), View::Integer(right)) => left == right,
        (View::Long(left), View::Long(right)) => left == right,
        (View::Float(left), View::Float(right)) => same_float(left.into(), right.into()),
        (View::Double(left), View::Double(right)) => same_float(left, right),
        (View::BigInteger(left), View::BigInteger(right)) => left == right,
        (View::BigDecimal(left), View::BigDecimal(right)) => left == right,
        // HTTP dates are read with fractions of a second but written without.
        (View::Timestamp(left), View::Timestamp(right))
            if member.timestamp_format() == Some(TimestampFormat::HttpDate) =>
        {
            left.secs() == right.secs()
        }
        (View::Timestamp(left), View::Timestamp(right)) => left == right,
        (View::Document(left), View::Document(right)) => same_document(left, right),
        (View::List(left), View::List(right)) => {
            left.len() == right.len()
                && (0..left.len()).all(|index| match (left.item(index), right.item(index)) {
                    (Some(left), Some(right)) => same_value(element, left.view(), right.view()),
                    _ => false,
                })
        }
        (View::Map(left), View::Map(right)) => {
            left.len() == right.len()
                && left.entries().zip(right.entries()).all(|((left_key, left), (right_key, right))| {
                    left_key == right_key && same_value(element, left.view(), right.view())
                })
        }
        (View::Structure(left), View::Structure(right)) => same(left, right),
        (View::Union(left), View::Union(right)) => same_variant(left, right),
        _ => false,
    }
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
