//! Bodies, compared by what they mean in their format.

#[cfg(feature = "cbor")]
mod cbor;
mod json;

use super::report::Report;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How a body is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// As documents.
    Json,
    /// As items. Cases have it in base64.
    Cbor,
    /// As a set of parameters.
    Form,
    /// Byte by byte.
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
            // XML, too: what it means is compared once a protocol here speaks it.
            _ => Self::Bytes,
        }
    }
}

/// The bytes of a case's body.
pub(super) fn bytes(body: &str, media_type: &str) -> Result<Vec<u8>, String> {
    match Format::of(media_type) {
        Format::Cbor => STANDARD.decode(body).map_err(|error| format!("the case's base64: {error}")),
        Format::Json | Format::Form | Format::Bytes => Ok(body.into()),
    }
}

/// Compares a body with that of a case. An empty one of a case asks for no body.
pub(super) fn compare(expected: &str, media_type: &str, got: &[u8], report: &mut Report) {
    let decoded = match bytes(expected, media_type) {
        Ok(decoded) => decoded,
        Err(mistake) => return report.add("body", "a body", mistake),
    };
    let same = decoded == got
        || !decoded.is_empty()
            && !got.is_empty()
            && match Format::of(media_type) {
                Format::Json => json::same(&decoded, got),
                Format::Cbor => same_cbor(&decoded, got),
                Format::Form => same_form(&decoded, got),
                Format::Bytes => false,
            };
    if !same {
        report.add("body", shown(&decoded), shown(got));
    }
}

#[cfg(feature = "cbor")]
fn same_cbor(expected: &[u8], got: &[u8]) -> bool {
    cbor::same(expected, got)
}

/// Without the codec, bodies are told apart that differ in their bytes only.
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

fn shown(body: &[u8]) -> String {
    match std::str::from_utf8(body) {
        Ok(text) if !text.contains(|c: char| c.is_control() && !c.is_whitespace()) => text.to_owned(),
        _ => format!("{} (base64)", STANDARD.encode(body)),
    }
}
