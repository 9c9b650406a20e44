//! Lone surrogates in JSON text. [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259#section-8.2) allows them in
//! escapes, and services send them, for example in text that was cut in the middle of a character. `serde_json`
//! rejects them.

use std::borrow::Cow;

/// The number of bytes of an escape such as `\ud800`.
const ESCAPE_LEN: usize = 6;

/// Replaces each escape of a surrogate that is not part of a pair with `\ufffd`. Positions in the text stay the
/// same.
pub(super) fn replace_lone_surrogates(text: &str) -> Cow<'_, str> {
    let mut replaced = String::new();
    let (mut copied, mut position) = (0, 0);
    while let Some(backslash) = text.get(position..).and_then(|rest| rest.find('\\')) {
        let escape = position + backslash;
        position = match surrogate(text, escape) {
            None => after_escape(text, escape),
            Some(Surrogate::High) if surrogate(text, escape + ESCAPE_LEN) == Some(Surrogate::Low) => {
                escape + 2 * ESCAPE_LEN
            }
            Some(_) => {
                replaced.push_str(text.get(copied..escape).unwrap_or_default());
                replaced.push_str("\\ufffd");
                copied = escape + ESCAPE_LEN;
                copied
            }
        };
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    replaced.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(replaced)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Surrogate {
    High,
    Low,
}

/// Returns the surrogate that is escaped at this position, if there is one.
fn surrogate(text: &str, position: usize) -> Option<Surrogate> {
    let digits = text.get(position..position.checked_add(ESCAPE_LEN)?)?.strip_prefix("\\u")?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xd800..=0xdbff => Some(Surrogate::High),
        0xdc00..=0xdfff => Some(Surrogate::Low),
        _ => None,
    }
}

/// Returns the position after a backslash and the character after it.
fn after_escape(text: &str, backslash: usize) -> usize {
    let escaped = text.get(backslash + 1..).and_then(|rest| rest.chars().next());
    backslash + 1 + escaped.map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::replace_lone_surrogates;
    use std::borrow::Cow;

    #[test]
    fn replaces_only_lone_surrogates() {
        for (text, expected) in [
            (r#""\ud83d\ude00""#, r#""\ud83d\ude00""#),
            (r#""\ud83d""#, r#""\ufffd""#),
            (r#""\ud83dx\ude00""#, r#""\ufffdx\ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\uDE00\uD83D\n""#, r#""\ufffd\ufffd\n""#),
            (r#""\\ud83d""#, r#""\\ud83d""#),
            (r#""\\\ud83d""#, r#""\\\ufffd""#),
            (r#""\u00e9\"\ud83d\\""#, r#""\u00e9\"\ufffd\\""#),
            (r#"\ud83"#, r#"\ud83"#),
            (r#"\u+d83"#, r#"\u+d83"#),
            ("\\é\\", "\\é\\"),
        ] {
            assert_eq!(replace_lone_surrogates(text), expected, "{text}");
        }
    }

    #[test]
    fn text_without_lone_surrogates_is_not_copied() {
        assert!(matches!(replace_lone_surrogates(r#"{"a\n": "\ud83d\ude00"}"#), Cow::Borrowed(_)));
    }
}
