//! Comparison of bodies by value in their format.

#[cfg(feature = "cbor")]
mod cbor;
mod json;

use super::report::Report;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The format that a body is compared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// JSON values.
    Json,
    /// CBOR items. Cases encode the body as base64.
    Cbor,
    /// Form parameters in any order.
    Form,
    /// Bytes.
    Bytes,
}

impl Format {
    fn of(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/json" | "application/x-amz-json-1.0" | "application/x-amz-json-1.1" => Self::Json,
            "application/cbor" => Self::Cbor,
            "application/x-www-form-urlencoded" => Self::Form,
            other if other.ends_with("+json") => Self::Json,
            other if other.ends_with("+cbor") => Self::Cbor,
            // Includes XML, because no supported protocol uses it yet.
            _ => Self::Bytes,
        }
    }
}

/// Decodes the body of a case.
pub(super) fn bytes(body: &str, media_type: &str) -> Result<Vec<u8>, String> {
    match Format::of(media_type) {
        Format::Cbor => STANDARD.decode(body).map_err(|error| format!("invalid base64 in the case: {error}")),
        Format::Json | Format::Form | Format::Bytes => Ok(body.into()),
    }
}

/// Compares a body with the expected one. An empty expected body matches only an empty body.
pub(super) fn compare(expected: &str, media_type: &str, got: &[u8], report: &mut Report) {
    let decoded = match bytes(expected, media_type) {
        Ok(decoded) => decoded,
        Err(error) => return report.add("body", "a valid body", error),
    };
    let is_same = decoded == got
        || !decoded.is_empty()
            && !got.is_empty()
            && match Format::of(media_type) {
                Format::Json => json::same(&decoded, got),
                Format::Cbor => same_cbor(&decoded, got),
                Format::Form => same_form(&decoded, got),
                Format::Bytes => false,
            };
    if !is_same {
        let format = Format::of(media_type);
        report.add("body", format_body(&decoded, format), format_body(got, format));
    }
}

#[cfg(feature = "cbor")]
fn same_cbor(expected: &[u8], got: &[u8]) -> bool {
    cbor::same(expected, got)
}

/// Compares bytes only, because the codec is not enabled.
#[cfg(not(feature = "cbor"))]
fn same_cbor(expected: &[u8], got: &[u8]) -> bool {
    expected == got
}

fn same_form(expected: &[u8], got: &[u8]) -> bool {
    let params = |body: &[u8]| {
        let body = body.trim_ascii();
        let mut params: Vec<Vec<u8>> = body.split(|byte| *byte == b'&').map(<[u8]>::to_vec).collect();
        params.sort();
        params
    };
    params(expected) == params(got)
}

/// Returns a body for a report: text with escaped control characters, or base64 of other bytes.
fn format_body(body: &[u8], format: Format) -> String {
    let is_hidden = |c: char| c.is_control() && !c.is_whitespace();
    match std::str::from_utf8(body) {
        Ok(text) if !text.contains(is_hidden) => text.to_owned(),
        Ok(text) if matches!(format, Format::Json | Format::Form) => {
            let escaped = |c: char| if is_hidden(c) { c.escape_unicode().to_string() } else { c.to_string() };
            text.chars().map(escaped).collect()
        }
        _ => format!("{} (base64)", STANDARD.encode(body)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_with_control_characters_is_shown_as_text() {
        assert_eq!(format_body(b"{\"a\":\"\x01\\u0002\"}\n", Format::Json), "{\"a\":\"\\u{1}\\u0002\"}\n");
        assert_eq!(format_body(b"a=\x07", Format::Form), "a=\\u{7}");
        assert_eq!(format_body(b"\x01", Format::Bytes), "AQ== (base64)");
        assert_eq!(format_body(b"\xff", Format::Json), "/w== (base64)");
    }
}
