//! Text of a model, made safe for comments, documentation, manifests and messages.
//!
//! A model is untrusted input. Its names are checked when it is read (`shape_id::is_identifier`); documentation is
//! converted by `docs`; every other text passes through a function of this module. String literals escape the
//! same characters by themselves (`Literal::string`).

use std::borrow::Cow;
use std::fmt::Write;

/// Maximum length of a code span, in characters. The rest of a longer text is replaced by `…`.
const MAX_CODE: usize = 1_000;

/// Returns the text without characters that are invisible or change how a line is displayed: tabs and line
/// separators become spaces, control characters and those with the property
/// [Bidi_Control](https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters) become escapes such as
/// `\u{202e}`. Line feeds are kept.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_replaced) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            c if !is_replaced(c) => out.push(c),
            c if c.is_whitespace() => out.push(' '),
            c => {
                let _ = write!(out, "{}", c.escape_unicode());
            }
        }
    }
    Cow::Owned(out)
}

/// Returns the [`visible`] text in one line, without repeated, leading and trailing white space.
pub(crate) fn one_line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the [`visible`] text of a message in one line, shortened to 2,000 characters.
pub(crate) fn message(text: String) -> String {
    const MAX_LEN: usize = 2_000;
    let mut text = match text.contains(is_hidden) {
        true => visible(&text).replace('\n', " "),
        false => text,
    };
    truncate(&mut text, MAX_LEN);
    text
}

fn truncate(text: &mut String, max_chars: usize) {
    if text.len() > max_chars
        && let Some((end, _)) = text.char_indices().nth(max_chars)
    {
        text.truncate(end);
        text.push('…');
    }
}

/// Returns a Markdown code span of the [`visible`] text in one line. The text may contain backticks.
pub(crate) fn code_span(text: &str) -> String {
    let mut text = visible(text).replace('\n', " ");
    truncate(&mut text, MAX_CODE);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let edge = text.starts_with('`') || text.ends_with('`') || text.trim().is_empty();
    if edge { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// Returns true for control characters, separators of lines and paragraphs, and bidirectional characters.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_bidirectional(c)
}

fn is_replaced(c: char) -> bool {
    is_hidden(c) && c != '\n'
}

fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_bidirectional_characters_are_escaped() {
        assert_eq!(visible("a\u{202e}b\u{1b}[1m\0\u{85}\u{200f}"), "a\\u{202e}b\\u{1b}[1m\\u{0} \\u{200f}");
        assert_eq!(visible("a\r\n\tb\u{2028}c"), "a \n b c");
        assert!(matches!(visible("é\u{5d0}\u{1f600}\n`*/\"#"), Cow::Borrowed(_)));
    }

    #[test]
    fn one_line_has_no_line_breaks() {
        assert_eq!(one_line(" a\n\r\n b\u{2029}c\u{2066} "), "a b c\\u{2066}");
    }

    #[test]
    fn code_spans_may_contain_backticks() {
        assert_eq!(code_span("a"), "`a`");
        assert_eq!(code_span("a`b"), "``a`b``");
        assert_eq!(code_span("`"), "`` ` ``");
        assert_eq!(code_span("a\n```\nb"), "````a ``` b````");
    }

    #[test]
    fn messages_are_one_line_of_limited_length() {
        assert_eq!(message("a\nb\u{202e}".to_owned()), "a b\\u{202e}");
        assert_eq!(message("é".repeat(5_000)).chars().count(), 2_001);
    }

    #[test]
    fn long_code_spans_end_with_an_ellipsis() {
        let span = code_span(&"é".repeat(MAX_CODE + 1));
        assert_eq!(span, format!("`{}…`", "é".repeat(MAX_CODE)));
        assert_eq!(code_span(&"x".repeat(MAX_CODE)).len(), MAX_CODE + 2);
    }
}
