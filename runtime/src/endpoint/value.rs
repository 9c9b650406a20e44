//! Values of expressions.

use super::params::ParamValue;
use super::partitions::Partition;
use super::rules::{StaticValue, Step};
use std::borrow::Cow;
use std::rc::Rc;

/// The value of an expression. Cheap to clone, except for owned strings.
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
    pub(super) fn from_param(value: &'a ParamValue) -> Self {
        match value {
            ParamValue::Boolean(value) => Self::Bool(*value),
            ParamValue::String(value) => Self::from(value.as_str()),
            ParamValue::StringArray(values) => {
                Self::List(values.iter().map(|value| Self::from(value.as_str())).collect())
            }
        }
    }

    pub(super) fn from_static(value: &StaticValue) -> Self {
        match value {
            StaticValue::Boolean(value) => Self::Bool(*value),
            StaticValue::String(value) => Self::from(*value),
            StaticValue::StringArray(values) => {
                Self::List(values.iter().map(|value| Self::from(*value)).collect())
            }
        }
    }

    /// Returns the value at a path, or `Some(None)` if a list on the path has no such index. Returns `None`
    /// if the path is invalid for the type of the value.
    pub(super) fn get_path(&self, path: &[Step]) -> Option<Option<Self>> {
        let mut current = self.clone();
        for step in path {
            let next = match (step, &current) {
                (Step::Key(key), Value::Record(members)) => {
                    Some(members.iter().find(|(name, _)| name == key)?.1.clone())
                }
                (Step::Key(key), Value::Partition(partition)) => Some(partition_member(partition, key)?),
                (Step::Index(index), Value::List(items)) => item(items, *index).cloned(),
                _ => return None,
            };
            match next {
                Some(next) => current = next,
                None => return Some(None),
            }
        }
        Some(Some(current))
    }
}

/// Returns the member of a partition with this name, if partitions have one.
fn partition_member(partition: &'static Partition, name: &str) -> Option<Value<'static>> {
    Some(match name {
        "name" => Value::from(partition.name),
        "dnsSuffix" => Value::from(partition.dns_suffix),
        "dualStackDnsSuffix" => Value::from(partition.dual_stack_dns_suffix),
        "supportsFIPS" => Value::Bool(partition.supports_fips),
        "supportsDualStack" => Value::Bool(partition.supports_dual_stack),
        "implicitGlobalRegion" => Value::from(partition.implicit_global_region),
        _ => return None,
    })
}

/// Returns the item at an index. Negative indexes count from the end.
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

#[cfg(test)]
mod tests {
    use super::{Value, partition_member};
    use crate::endpoint::partitions::{PARTITIONS, of_region};

    #[test]
    fn partitions_have_the_members_of_the_specification() {
        let china = of_region("cn-north-1", PARTITIONS).unwrap();
        let member = |name| partition_member(china, name);
        assert_eq!(member("name"), Some(Value::from("aws-cn")));
        assert_eq!(member("dnsSuffix"), Some(Value::from("amazonaws.com.cn")));
        assert_eq!(member("dualStackDnsSuffix"), Some(Value::from("api.amazonwebservices.com.cn")));
        assert_eq!(member("implicitGlobalRegion"), Some(Value::from("cn-northwest-1")));
        assert_eq!(member("supportsFIPS"), Some(Value::Bool(true)));
        assert_eq!(member("supportsDualStack"), Some(Value::Bool(true)));
        assert_eq!(member("color"), None);
    }
}
