//! From bytes to text.

use crate::{Diagnostic, Diagnostics, Span};

/// Reads the bytes of a model file as UTF-8 text; a byte order mark is left out.
///
/// # Errors
/// Where the bytes stop being UTF-8. What comes before that place is the same in a lossy conversion, so
/// that the span can be shown in one.
pub fn text(bytes: &[u8]) -> Result<&str, Diagnostics> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let start = error.valid_up_to();
        let end = start.saturating_add(error.error_len().unwrap_or(1)).min(bytes.len());
        Diagnostic::new(Span { start, end }, "the model is not UTF-8 text")
            .label("not UTF-8")
            .help("save the file in UTF-8, as JSON requires")
            .into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_left_out() {
        assert_eq!(text(b"\xEF\xBB\xBF{}"), Ok("{}"));
        assert_eq!(text(b""), Ok(""));
    }

    #[test]
    fn bytes_that_are_not_utf8_are_pointed_at() {
        let diagnostics = text(b"{\"a\":\xFF}").unwrap_err();
        let first = diagnostics.iter().next().unwrap();
        assert_eq!(first.span, Span { start: 5, end: 6 });
        let cut = text("{\"é".as_bytes().split_last().unwrap().1).unwrap_err();
        assert_eq!(cut.iter().next().unwrap().span, Span { start: 2, end: 3 });
    }
}
