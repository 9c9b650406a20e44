//! Text of a service or a user in messages: on one line, of limited length, and harmless for terminals.

use std::fmt::{self, Write};

/// The longest text in characters. Longer text ends with an ellipsis.
const MAX_LEN: usize = 1000;

/// Displays text as [`LineWriter`] writes it.
#[derive(Clone, Copy)]
pub(crate) struct OneLine<'t>(pub(crate) &'t str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        LineWriter::new(f).write_str(self.0)
    }
}

/// Displays the text in quotes.
impl fmt::Debug for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_string(), f)
    }
}

/// Writes text as one line of at most [`MAX_LEN`] characters. Line breaks become spaces. Other control
/// characters and those that change the direction of text are escaped, since they can make a terminal or a
/// log viewer show another text.
pub(crate) struct LineWriter<'w, W: ?Sized> {
    out: &'w mut W,
    left: usize,
}

impl<'w, W: Write + ?Sized> LineWriter<'w, W> {
    pub(crate) fn new(out: &'w mut W) -> Self {
        Self { out, left: MAX_LEN }
    }

    fn write_line_char(&mut self, c: char) -> fmt::Result {
        let escaped = needs_escape(c).then(|| c.escape_unicode());
        let len = escaped.as_ref().map_or(1, ExactSizeIterator::len);
        if len >= self.left {
            self.left = 0;
            return self.out.write_char('\u{2026}');
        }
        self.left -= len;
        match escaped {
            Some(escaped) => write!(self.out, "{escaped}"),
            None if is_line_break(c) => self.out.write_char(' '),
            None => self.out.write_char(c),
        }
    }
}

impl<W: Write + ?Sized> Write for LineWriter<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            if self.left == 0 {
                break;
            }
            self.write_line_char(c)?;
        }
        Ok(())
    }
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn needs_escape(c: char) -> bool {
    (c.is_control() && !is_line_break(c)) || is_bidirectional(c)
}

/// Returns true for a character with the property
/// [Bidi_Control](https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_become_spaces_and_control_characters_are_escaped() {
        let text = "a\r\nb\tc\u{2028}d\u{1b}[31m\u{0}\u{7f}\u{9b}";
        assert_eq!(OneLine(text).to_string(), r"a  b c d\u{1b}[31m\u{0}\u{7f}\u{9b}");
    }

    #[test]
    fn bidirectional_characters_are_escaped_and_other_text_is_not() {
        let text = "\u{202e}\u{2066}\u{200f}\u{61c} \u{e9}\u{5d0}\u{1f600}";
        let expected = "\\u{202e}\\u{2066}\\u{200f}\\u{61c} \u{e9}\u{5d0}\u{1f600}";
        assert_eq!(OneLine(text).to_string(), expected);
    }

    #[test]
    fn long_text_ends_with_an_ellipsis() {
        let long = "\u{e9}".repeat(MAX_LEN + 1);
        let text = OneLine(&long).to_string();
        assert_eq!(text.chars().count(), MAX_LEN);
        assert!(text.ends_with("\u{e9}\u{2026}"));
        let escaped = OneLine(&"\u{202e}".repeat(MAX_LEN)).to_string();
        assert!((MAX_LEN - 8..=MAX_LEN).contains(&escaped.chars().count()), "{}", escaped.len());
    }
}
