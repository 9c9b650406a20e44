//! UTF-8 decoding of model files.

use crate::{Diagnostic, Diagnostics, Span};

/// Decodes the bytes of a model file as UTF-8, without an optional byte order mark.
///
/// # Errors
/// Returns an error if the bytes are not valid UTF-8. Its span starts at the first invalid byte. The span is
/// also valid in the result of [`String::from_utf8_lossy`], which does not change the text before it.
pub fn decode_utf8(bytes: &[u8]) -> Result<&str, Diagnostics> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let start = error.valid_up_to();
        let end = start.saturating_add(error.error_len().unwrap_or(1)).min(bytes.len());
        Diagnostic::new(Span { start, end }, "the model is not valid UTF-8")
            .label("invalid UTF-8")
            .help("save the file as UTF-8, which JSON requires")
            .into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_a_byte_order_mark() {
        assert_eq!(decode_utf8(b"\xEF\xBB\xBF{}"), Ok("{}"));
        assert_eq!(decode_utf8(b""), Ok(""));
    }

    #[test]
    fn reports_the_span_of_invalid_utf8() {
        let diagnostics = decode_utf8(b"{\"a\":\xFF}").unwrap_err();
        let first = diagnostics.iter().next().unwrap();
        assert_eq!(first.span, Span { start: 5, end: 6 });
        let truncated = decode_utf8("{\"é".as_bytes().split_last().unwrap().1).unwrap_err();
        assert_eq!(truncated.iter().next().unwrap().span, Span { start: 2, end: 3 });
    }
}
