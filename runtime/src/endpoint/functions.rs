//! Functions of the
//! [standard library](https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html) and of the
//! [AWS library](https://smithy.io/2.0/aws/rules-engine/library-functions.html).

mod arn;
mod host;
mod slice;
mod text;
mod url;

use super::error::EndpointError;
use super::partitions::{self, Partition};
use super::rules::Function;
use super::value::Value;
use std::borrow::Cow;

/// Calls a function.
pub(super) fn call<'a>(
    function: Function,
    arguments: &[Value<'a>],
    partitions: &'static [Partition],
) -> Result<Option<Value<'a>>, EndpointError> {
    use Value::{Bool, Int, String};
    Ok(match (function, arguments) {
        (Function::Not, [Bool(value)]) => Some(Bool(!value)),
        (Function::BooleanEquals, [Bool(left), Bool(right)]) => Some(Bool(left == right)),
        (Function::StringEquals, [String(left), String(right)]) => Some(Bool(left == right)),
        (Function::IsValidHostLabel, [String(label), Bool(allow_dots)]) => {
            Some(Bool(host::is_valid_label(label, *allow_dots)))
        }
        (Function::ParseUrl, [String(url)]) => url::parse(url),
        (Function::Split, [String(text), String(delimiter), Int(limit)]) => {
            Some(text::split(text, delimiter, *limit)?)
        }
        (Function::Substring, [String(text), Int(start), Int(end), Bool(reverse)]) => {
            text::substring(text, *start, *end, *reverse).map(String)
        }
        (Function::UriEncode, [String(text)]) => Some(String(Cow::Owned(text::uri_encode(text)))),
        (Function::AwsPartition, [String(region)]) => {
            partitions::of_region(region, partitions).map(Value::Partition)
        }
        (Function::AwsParseArn, [String(arn)]) => arn::parse(arn),
        (Function::AwsIsVirtualHostableS3Bucket, [String(bucket), Bool(allow_dots)]) => {
            Some(Bool(host::is_virtual_hostable_bucket(bucket, *allow_dots)))
        }
        _ => return Err(EndpointError::InvalidRules("a function has invalid arguments")),
    })
}
