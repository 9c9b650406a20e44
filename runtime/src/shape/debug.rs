//! Schema-driven `Debug` and `Display` of generated shapes, which redact sensitive values.

use super::{Active, List, Map, Structure, Union, View};
use crate::one_line::OneLine;
use crate::schema::{Member, Schema};
use std::fmt;

/// Replacement for a
/// [sensitive](https://smithy.io/2.0/spec/documentation-traits.html#sensitive-trait) value in output.
pub const REDACTED: &str = "** redacted **";

/// Formats a structure with its names in Rust and its sensitive members redacted. Unset members are omitted. Generated
/// code calls this for `Debug`.
pub fn structure(value: &dyn Structure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let schema = value.schema();
    let mut out = f.debug_struct(&schema.rust_name());
    for (index, member) in schema.members.iter().enumerate() {
        if let Some(view) = value.member(index).map(|v| v.view()).filter(|v| !matches!(v, View::Absent)) {
            let redacted = schema.is_sensitive() || member.is_sensitive();
            out.field(&member.field_name(), &MemberDebug { member, view, redacted });
        }
    }
    out.finish()
}

/// Formats an error structure as its name and message on one line. Generated code calls this for `Display`.
pub fn error(value: &dyn Structure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let schema = value.schema();
    f.write_str(schema.name())?;
    let message = schema.members.iter().enumerate().find(|(_, m)| m.name.eq_ignore_ascii_case("message"));
    let Some((index, member)) = message else { return Ok(()) };
    if schema.is_sensitive() || member.is_sensitive() {
        return write!(f, ": {REDACTED}");
    }
    match value.member(index).map(|v| v.view()) {
        Some(View::String(text)) if !text.is_empty() => write!(f, ": {}", OneLine(text)),
        _ => Ok(()),
    }
}

/// Formats a union with a sensitive member redacted. Generated code calls this for `Debug`.
pub fn union(value: &dyn Union, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    active(value.active(), f)
}

fn active(active: Active<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match active {
        Active::Known { schema, index, value } => {
            let Some(member) = schema.members.get(index) else { return f.write_str("Unknown") };
            let name = member.variant_name();
            if member.target.is_unit() {
                return f.write_str(&name);
            }
            let redacted = schema.is_sensitive() || member.is_sensitive();
            f.debug_tuple(&name).field(&MemberDebug { member, view: value.view(), redacted }).finish()
        }
        // An unknown member may be sensitive, so its value is redacted.
        Active::Unknown { variant, .. } => {
            f.debug_tuple("Unknown").field(&format_args!("{:?}: {REDACTED}", variant.name())).finish()
        }
    }
}

struct MemberDebug<'a> {
    member: &'static Member,
    view: View<'a>,
    redacted: bool,
}

impl fmt::Debug for MemberDebug<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.redacted {
            return f.write_str(REDACTED);
        }
        match self.view {
            View::Absent => f.write_str("null"),
            View::Blob(v) => write!(f, "{} bytes", v.len()),
            View::Body(v) => v.fmt(f),
            View::Boolean(v) => v.fmt(f),
            View::String(v) => v.fmt(f),
            View::Byte(v) => v.fmt(f),
            View::Short(v) => v.fmt(f),
            View::Integer(v) => v.fmt(f),
            View::Long(v) => v.fmt(f),
            View::Float(v) => v.fmt(f),
            View::Double(v) => v.fmt(f),
            View::BigInteger(v) => v.fmt(f),
            View::BigDecimal(v) => v.fmt(f),
            View::Timestamp(v) => v.fmt(f),
            View::Document(v) => v.fmt(f),
            View::List(v) => list(self.member.target, v, f),
            View::Map(v) => map(self.member.target, v, f),
            View::Structure(v) => structure(v, f),
            View::Union(v) => active(v, f),
        }
    }
}

fn list(schema: &'static Schema, value: &dyn List, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(member) = schema.members.first() else { return f.write_str("[]") };
    let items = (0..value.len()).filter_map(|index| value.item(index));
    let redacted = member.is_sensitive();
    f.debug_list().entries(items.map(|item| MemberDebug { member, view: item.view(), redacted })).finish()
}

fn map(schema: &'static Schema, value: &dyn Map, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let [key_member, member] = schema.members else { return f.write_str("{}") };
    let redacted = member.is_sensitive();
    let entries = value.entries().map(|(key, item)| {
        let key =
            MemberDebug { member: key_member, view: View::String(key), redacted: key_member.is_sensitive() };
        (key, MemberDebug { member, view: item.view(), redacted })
    });
    f.debug_map().entries(entries).finish()
}
