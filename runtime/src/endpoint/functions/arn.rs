//! Amazon Resource Name (ARN) functions.

use super::slice::{slice, split_list};
use crate::endpoint::value::Value;
use std::borrow::Cow;
use std::rc::Rc;

/// [`aws.parseArn`](https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-parsearn-function).
/// Returns `None` if the text has fewer than six parts, or an empty partition, service or resource.
pub(super) fn parse<'a>(arn: &Cow<'a, str>) -> Option<Value<'a>> {
    let mut at = 0;
    let mut parts = [const { Cow::Borrowed("") }; 5];
    for part in &mut parts {
        let end = at + arn.get(at..)?.find(':')?;
        *part = slice(arn, at..end)?;
        at = end + 1;
    }
    let [prefix, partition, service, region, account] = parts;
    let resource = slice(arn, at..arn.len())?;
    if prefix != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(Value::Record(Rc::new([
        ("partition", Value::String(partition)),
        ("service", Value::String(service)),
        ("region", Value::String(region)),
        ("accountId", Value::String(account)),
        ("resourceId", split_list(&resource, &|resource| resource.split([':', '/']).collect())),
    ])))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::endpoint::value::Value;
    use std::borrow::Cow;

    /// Returns the parts joined with `|`, and the parts of the resource joined with `,`.
    fn parts(arn: &str) -> Option<String> {
        let Value::Record(members) = parse(&Cow::Borrowed(arn))? else { panic!("not a record") };
        let text = |value: &Value<'_>| match value {
            Value::String(text) => text.to_string(),
            _ => panic!("not a string"),
        };
        let parts: Vec<String> = members
            .iter()
            .map(|(_, value)| match value {
                Value::List(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
                value => text(value),
            })
            .collect();
        Some(parts.join("|"))
    }

    #[test]
    fn parses_arns() {
        for (arn, expected) in [
            (
                "arn:aws:sns:us-west-2:012345678910:example-sns-topic-name",
                "aws|sns|us-west-2|012345678910|example-sns-topic-name",
            ),
            (
                "arn:aws:ec2:us-east-1:012345678910:vpc/vpc-0e9801d129EXAMPLE",
                "aws|ec2|us-east-1|012345678910|vpc,vpc-0e9801d129EXAMPLE",
            ),
            ("arn:aws:iam::012345678910:user/johndoe", "aws|iam||012345678910|user,johndoe"),
            ("arn:aws:s3:::bucket_name", "aws|s3|||bucket_name"),
            ("arn:aws:s3:r:a:x:y/z::w", "aws|s3|r|a|x,y,z,,w"),
        ] {
            assert_eq!(parts(arn).as_deref(), Some(expected), "{arn}");
        }
    }

    #[test]
    fn rejects_invalid_arns() {
        for arn in [
            "11111111-2222-3333-4444-555555555555",
            "",
            "arn:",
            "arn:aws:s3:::",
            "arn::s3:::bucket",
            "arn:aws::::bucket",
            "arn:aws:s3::bucket",
            "ARN:aws:s3:::bucket",
            "\u{e9}:::::",
        ] {
            assert_eq!(parts(arn), None, "{arn}");
        }
    }
}
