//! String functions.

use super::slice::{slice, split_list};
use crate::endpoint::error::EndpointError;
use crate::endpoint::value::Value;
use crate::percent::ESCAPED;
use percent_encoding::utf8_percent_encode;
use std::borrow::Cow;

/// [`uriEncode`](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#uriencode-function).
pub(super) fn uri_encode(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// [`substring`](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#substring-function).
/// Returns `None` if the range is invalid or the text is not ASCII.
pub(super) fn substring<'a>(
    text: &Cow<'a, str>,
    start: i64,
    end: i64,
    reverse: bool,
) -> Option<Cow<'a, str>> {
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    if start >= end || end > text.len() || !text.is_ascii() {
        return None;
    }
    slice(text, if reverse { text.len() - end..text.len() - start } else { start..end })
}

/// [`split`](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#split-function), with
/// at most `limit` parts if `limit` is not 0.
pub(super) fn split<'a>(
    text: &Cow<'a, str>,
    delimiter: &str,
    limit: i64,
) -> Result<Value<'a>, EndpointError> {
    if delimiter.is_empty() {
        return Err(EndpointError::InvalidRules("the delimiter of `split` is empty"));
    }
    let limit = usize::try_from(limit)
        .map_err(|_| EndpointError::InvalidRules("the limit of `split` is negative"))?;
    Ok(split_list(text, &|text| match limit {
        0 => text.split(delimiter).collect(),
        limit => text.splitn(limit, delimiter).collect(),
    }))
}

#[cfg(test)]
mod tests {
    use super::{split, substring, uri_encode};
    use crate::endpoint::value::Value;
    use std::borrow::Cow;

    #[test]
    fn uri_encode_encodes_all_but_unreserved_characters() {
        assert_eq!(uri_encode("azAZ09-_.~"), "azAZ09-_.~");
        assert_eq!(
            uri_encode("/:,?#[]{}|@! $&'()*+;=%<>\"^`\\"),
            "%2F%3A%2C%3F%23%5B%5D%7B%7D%7C%40%21%20%24%26%27%28%29%2A%2B%3B%3D%25%3C%3E%22%5E%60%5C"
        );
        assert_eq!(uri_encode("\u{e9}\n"), "%C3%A9%0A");
    }

    #[test]
    fn substring_counts_from_either_end() {
        let of =
            |text: &'static str, start, end, reverse| substring(&Cow::Borrowed(text), start, end, reverse);
        assert_eq!(of("abcdefgh", 0, 4, false).as_deref(), Some("abcd"));
        assert_eq!(of("abcdefgh", 0, 4, true).as_deref(), Some("efgh"));
        assert_eq!(of("abcdefgh", 1, 3, true).as_deref(), Some("fg"));
        assert_eq!(of("abcd", 0, 4, false).as_deref(), Some("abcd"));
        assert!(matches!(of("abcd", 0, 4, true), Some(Cow::Borrowed("abcd"))));
    }

    #[test]
    fn substring_is_none_for_invalid_ranges_and_non_ascii_text() {
        let of = |text: &'static str, start, end| substring(&Cow::Borrowed(text), start, end, false);
        assert_eq!(of("abc", 0, 4), None);
        assert_eq!(of("", 0, 1), None);
        assert_eq!(of("abc", 2, 2), None);
        assert_eq!(of("abc", 2, 1), None);
        assert_eq!(of("abc", -1, 2), None);
        assert_eq!(of("abc", 0, i64::MAX), None);
        assert_eq!(of("ab\u{e9}d", 0, 2), None);
    }

    #[test]
    fn split_returns_at_most_limit_parts() {
        let parts = |text: &'static str, limit| match split(&Cow::Borrowed(text), "--", limit).unwrap() {
            Value::List(items) => items
                .iter()
                .map(|item| match item {
                    Value::String(Cow::Borrowed(text)) => *text,
                    _ => panic!("part is not borrowed"),
                })
                .collect::<Vec<_>>(),
            _ => panic!("not a list"),
        };
        assert_eq!(parts("a--b--c", 0), ["a", "b", "c"]);
        assert_eq!(parts("a--b--c", 2), ["a", "b--c"]);
        assert_eq!(parts("a--b--c", 1), ["a--b--c"]);
        assert_eq!(parts("", 0), [""]);
        assert_eq!(parts("--", 0), ["", ""]);
        assert_eq!(parts("----", 0), ["", "", ""]);
        assert_eq!(parts("--b--", 0), ["", "b", ""]);
        assert_eq!(parts("--x-s3--azid--suffix", 0), ["", "x-s3", "azid", "suffix"]);
        assert_eq!(parts("--x-s3--azid--suffix", 2), ["", "x-s3--azid--suffix"]);
        assert_eq!(parts("abc", 0), ["abc"]);
        assert_eq!(parts("mybucket", 1), ["mybucket"]);
    }

    #[test]
    fn split_rejects_empty_delimiters_and_negative_limits() {
        assert!(split(&Cow::Borrowed("abc"), "", 0).is_err());
        assert!(split(&Cow::Borrowed("abc"), "b", -1).is_err());
    }
}
