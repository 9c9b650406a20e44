//! Functions of Amazon Resource Names.

use super::super::value::Value;
use super::{part, pieces};
use std::borrow::Cow;
use std::rc::Rc;

/// [`aws.parseArn`](https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-parsearn-function): none of
/// what has too few parts, or no partition, service or resource.
pub(super) fn parse<'a>(arn: &Cow<'a, str>) -> Option<Value<'a>> {
    let mut at = 0;
    let mut next = || {
        let start = at;
        let end = start + arn.get(start..)?.find(':')?;
        at = end + 1;
        part(arn, start..end)
    };
    let (prefix, partition, service, region, account) = (next()?, next()?, next()?, next()?, next()?);
    let resource = part(arn, at..arn.len())?;
    if prefix != "arn" || partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    Some(Value::Record(Rc::new([
        ("partition", Value::String(partition)),
        ("service", Value::String(service)),
        ("region", Value::String(region)),
        ("accountId", Value::String(account)),
        ("resourceId", pieces(&resource, |resource| resource.split([':', '/']).collect())),
    ])))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::endpoint::value::Value;
    use std::borrow::Cow;

    /// The parts with `|` between them, those of the resource with `,`.
    fn parts(arn: &str) -> Option<String> {
        let Value::Record(members) = parse(&Cow::Borrowed(arn))? else { panic!("no record") };
        let text = |value: &Value<'_>| match value {
            Value::String(text) => text.to_string(),
            _ => panic!("no text"),
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
    fn arns_have_their_parts() {
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
    fn what_is_no_arn_is_nothing() {
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
