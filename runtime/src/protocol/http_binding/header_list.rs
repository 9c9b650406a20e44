//! Lists in one header: items joined by commas, quoted where they need it.

use crate::codec::ReadError;
use crate::types::TimestampFormat;
use std::borrow::Cow;

/// Adds an item to a list. Strings that hold a comma or a quote, that begin or end with a space, or that
/// are empty would be read as something else, and are quoted.
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

/// The items of a list of strings, numbers or booleans.
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

/// The items of a list of timestamps. Dates of HTTP hold a comma themselves.
pub(super) fn split_timestamps(list: &str, format: TimestampFormat) -> Vec<&str> {
    let commas_within = usize::from(format == TimestampFormat::HttpDate);
    let mut items = Vec::new();
    let mut rest = list.trim_ascii();
    while !rest.is_empty() {
        let end = rest.match_indices(',').nth(commas_within).map(|(at, _)| at);
        let (item, after) = end.map_or((rest, ""), |at| (&rest[..at], &rest[at + 1..]));
        items.push(item.trim_ascii());
        rest = after.trim_ascii_start();
    }
    items
}

/// An item whose opening quote is gone, and what follows the comma behind it, if there is one.
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
                    None => Err(ReadError::new("text after a quoted item of the list")),
                };
            }
            '\\' => item.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => item.push(character),
        }
    }
    Err(ReadError::new("a quoted item of the list does not end"))
}
