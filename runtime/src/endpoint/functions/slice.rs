//! Parts of strings that borrow where possible.

use crate::endpoint::value::Value;
use std::borrow::Cow;

/// Returns a substring, borrowed if `text` is borrowed. Not inlined: each function needs it several times.
#[inline(never)]
pub(super) fn slice<'a>(text: &Cow<'a, str>, range: std::ops::Range<usize>) -> Option<Cow<'a, str>> {
    match text {
        Cow::Borrowed(text) => text.get(range).map(Cow::Borrowed),
        Cow::Owned(text) => text.get(range).map(|slice| Cow::Owned(slice.to_owned())),
    }
}

/// Splits `text` into a list of strings, borrowed if `text` is borrowed.
pub(super) fn split_list<'a>(text: &Cow<'a, str>, split: &dyn Fn(&str) -> Vec<&str>) -> Value<'a> {
    match text {
        Cow::Borrowed(text) => Value::List(split(text).into_iter().map(Value::from).collect()),
        Cow::Owned(text) => {
            let owned = |item: &str| Value::String(Cow::Owned(item.to_owned()));
            Value::List(split(text).into_iter().map(owned).collect())
        }
    }
}
