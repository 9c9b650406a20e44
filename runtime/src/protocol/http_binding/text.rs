//! Text form of simple values in labels, query parameters and headers.

use crate::codec::{ReadError, WriteError};
use crate::schema::{Kind, Member};
use crate::shape::{Slot, View};
use crate::types::{Timestamp, TimestampFormat, non_finite};
use std::borrow::Cow;

/// Returns the text of a simple value, or `None` if it is unset. `default_format` is the format of timestamps
/// whose member does not set one.
pub(super) fn to_text<'a>(
    view: View<'a>,
    member: &Member,
    default_format: TimestampFormat,
) -> Result<Option<Cow<'a, str>>, WriteError> {
    Ok(Some(match view {
        View::Absent => return Ok(None),
        View::Boolean(value) => Cow::Borrowed(if value { "true" } else { "false" }),
        View::String(value) => Cow::Borrowed(value),
        View::Byte(value) => Cow::Owned(value.to_string()),
        View::Short(value) => Cow::Owned(value.to_string()),
        View::Integer(value) => Cow::Owned(value.to_string()),
        View::Long(value) => Cow::Owned(value.to_string()),
        // `Debug` writes very large and very small numbers with an exponent.
        View::Float(value) if value.is_finite() => Cow::Owned(format!("{value:?}")),
        View::Float(value) => Cow::Borrowed(non_finite::name(value.into())),
        View::Double(value) if value.is_finite() => Cow::Owned(format!("{value:?}")),
        View::Double(value) => Cow::Borrowed(non_finite::name(value)),
        View::BigInteger(value) => Cow::Borrowed(value.as_str()),
        View::BigDecimal(value) => Cow::Borrowed(value.as_str()),
        View::Timestamp(value) => {
            let format = member.timestamp_format().unwrap_or(default_format);
            Cow::Owned(value.format(format).map_err(|error| WriteError::new(error.to_string()))?)
        }
        View::Blob(_)
        | View::Body(_)
        | View::Document(_)
        | View::List(_)
        | View::Map(_)
        | View::Structure(_)
        | View::Union(_) => return Err(WriteError::new("only simple values have a text form")),
    }))
}

/// Parses the text of a simple value into its slot.
pub(super) fn from_text(
    text: &str,
    member: &Member,
    default_format: TimestampFormat,
    slot: Slot<'_>,
) -> Result<(), ReadError> {
    let is_valid = match slot {
        Slot::Boolean(slot) => store(slot, parse_boolean(text)),
        Slot::String(slot) => {
            text.clone_into(slot);
            true
        }
        Slot::Enum(slot) => {
            slot.set(text.to_owned());
            true
        }
        Slot::Byte(slot) => store(slot, text.parse().ok()),
        Slot::Short(slot) => store(slot, text.parse().ok()),
        Slot::Integer(slot) => store(slot, text.parse().ok()),
        Slot::IntEnum(slot) => text.parse().map(|value| slot.set(value)).is_ok(),
        Slot::Long(slot) => store(slot, text.parse().ok()),
        // `FromStr` accepts Smithy's names of NaN and the infinities.
        Slot::Float(slot) => store(slot, text.parse().ok()),
        Slot::Double(slot) => store(slot, text.parse().ok()),
        Slot::BigInteger(slot) => store(slot, text.parse().ok()),
        Slot::BigDecimal(slot) => store(slot, text.parse().ok()),
        Slot::Timestamp(slot) => {
            let format = member.timestamp_format().unwrap_or(default_format);
            *slot = Timestamp::parse(text, format).map_err(|error| ReadError::new(error.to_string()))?;
            true
        }
        Slot::Unit => true,
        Slot::Blob(_)
        | Slot::Body(_)
        | Slot::Document(_)
        | Slot::List(_)
        | Slot::Map(_)
        | Slot::Structure(_)
        | Slot::Union(_) => false,
    };
    if is_valid { Ok(()) } else { Err(ReadError::new(format!("invalid {}", kind_name(member)))) }
}

fn store<T>(slot: &mut T, value: Option<T>) -> bool {
    value.map(|value| *slot = value).is_some()
}

fn parse_boolean(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn kind_name(member: &Member) -> &'static str {
    match member.target.kind {
        Kind::Boolean => "boolean",
        Kind::Byte => "byte",
        Kind::Short => "short",
        Kind::Integer => "integer",
        Kind::Long => "long",
        Kind::Float | Kind::Double => "number",
        Kind::BigInteger => "big integer",
        Kind::BigDecimal => "big decimal",
        _ => "value",
    }
}
