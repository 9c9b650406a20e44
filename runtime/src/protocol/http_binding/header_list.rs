//! Lists in a header: items separated by commas, quoted if necessary.

use crate::codec::ReadError;
use crate::types::TimestampFormat;
use std::borrow::Cow;

/// Appends an item to a list. Quotes strings that are empty, contain a comma or a quote, or start or end with
/// whitespace.
pub(super) fn push_item(list: &mut String, is_first: bool, item: &str, may_quote: bool) {
    if !is_first {
        list.push_str(", ");
    }
    let needs_quotes = item.is_empty() || item.contains([',', '"']) || item.trim_ascii() != item;
    if !(may_quote && needs_quotes) {
        list.push_str(item);
        return;
    }
    list.push('"');
    for character in item.chars() {
        if matches!(character, '"' | '\\') {
            list.push('\\');
        }
        list.push(character);
    }
    list.push('"');
}

/// Splits a list of strings, numbers or booleans into its items.
pub(super) fn split_items(list: &str) -> Result<Vec<Cow<'_, str>>, ReadError> {
    let mut items = Vec::new();
    let mut rest = list.trim_ascii();
    if rest.is_empty() {
        return Ok(items);
    }
    loop {
        let (item, after) = match rest.strip_prefix('"') {
            Some(quoted) => unquote(quoted)?,
            None => match rest.split_once(',') {
                Some((item, after)) => (Cow::Borrowed(item.trim_ascii_end()), Some(after)),
                None => (Cow::Borrowed(rest), None),
            },
        };
        items.push(item);
        match after {
            Some(after) => rest = after.trim_ascii_start(),
            None => return Ok(items),
        }
    }
}

/// Splits a list of timestamps into its items. An HTTP date contains a comma itself.
pub(super) fn split_timestamps(list: &str, format: TimestampFormat) -> Vec<&str> {
    let commas_per_item = usize::from(format == TimestampFormat::HttpDate);
    let mut items = Vec::new();
    let mut rest = list.trim_ascii();
    while !rest.is_empty() {
        let end = rest.match_indices(',').nth(commas_per_item).map(|(at, _)| at);
        let (item, after) = end.map_or((rest, ""), |at| (&rest[..at], &rest[at + 1..]));
        items.push(item.trim_ascii());
        rest = after.trim_ascii_start();
    }
    items
}

/// Returns the item that starts after an opening quote, and the text after the next comma, if there is one.
fn unquote(quoted: &str) -> Result<(Cow<'_, str>, Option<&str>), ReadError> {
    let mut item = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => {
                let after = quoted[at + 1..].trim_ascii_start();
                return match after.strip_prefix(',') {
                    Some(after) => Ok((Cow::Owned(item), Some(after))),
                    None if after.is_empty() => Ok((Cow::Owned(item), None)),
                    None => Err(ReadError::new("unexpected text after a quoted item of a header list")),
                };
            }
            '\\' => item.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => item.push(character),
        }
    }
    Err(ReadError::new("unterminated quoted item of a header list"))
}
