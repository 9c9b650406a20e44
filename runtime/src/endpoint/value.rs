//! What expressions evaluate to.

use super::params::ParamValue;
use super::partitions::Partition;
use super::rules::{StaticValue, Step};
use std::borrow::Cow;
use std::rc::Rc;

/// What expressions evaluate to. Cheap to clone, but for a text that was put together.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Bool(bool),
    Int(i64),
    String(Cow<'a, str>),
    List(Rc<[Value<'a>]>),
    Record(Rc<[(&'static str, Value<'a>)]>),
    Partition(&'static Partition),
}

impl<'a> Value<'a> {
    pub(super) fn of_param(value: &'a ParamValue) -> Self {
        match value {
            ParamValue::Boolean(value) => Self::Bool(*value),
            ParamValue::String(value) => Self::from(value.as_str()),
            ParamValue::StringArray(values) => {
                Self::List(values.iter().map(|value| Self::from(value.as_str())).collect())
            }
        }
    }

    pub(super) fn of_default(value: &StaticValue) -> Self {
        match value {
            StaticValue::Boolean(value) => Self::Bool(*value),
            StaticValue::String(value) => Self::from(*value),
            StaticValue::StringArray(values) => {
                Self::List(values.iter().map(|value| Self::from(*value)).collect())
            }
        }
    }

    /// The value at the end of a path, if there is one. The outer `None` is a path that no value of this type
    /// has.
    pub(super) fn at(&self, path: &[Step]) -> Option<Option<Self>> {
        let mut at = self.clone();
        for step in path {
            let next = match (step, &at) {
                (Step::Key(key), Value::Record(members)) => {
                    Some(members.iter().find(|(name, _)| name == key)?.1.clone())
                }
                (Step::Key(key), Value::Partition(partition)) => Some(partition.member(key)?),
                (Step::Index(index), Value::List(items)) => item(items, *index).cloned(),
                _ => return None,
            };
            match next {
                Some(next) => at = next,
                None => return Some(None),
            }
        }
        Some(Some(at))
    }
}

fn item<'v, 'a>(items: &'v [Value<'a>], index: i64) -> Option<&'v Value<'a>> {
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    match index < 0 {
        true => items.get(items.len().checked_sub(distance)?),
        false => items.get(distance),
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::String(Cow::Borrowed(value))
    }
}
