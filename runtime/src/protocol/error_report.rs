//! Error code and message of an error response, independent of the declared error.

use crate::codec::Codec;
use crate::service::ErrorReport;
use bytes::Bytes;
use http::Response;

/// A location of the error code in an error response.
#[derive(Clone, Copy, Debug)]
pub(super) enum CodeLocation {
    /// The header `x-amzn-errortype`.
    Header,
    /// The field `code` or `Code` of the document.
    Code,
    /// The field `__type` of the document.
    Type,
}

/// The locations of
/// [restJson1](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization).
pub(super) const REST_JSON: &[CodeLocation] = &[CodeLocation::Header, CodeLocation::Code, CodeLocation::Type];

/// The locations of
/// [awsJson1_0](https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization) and
/// awsJson1_1. `__type` precedes `code`, because errors of several services have a member `code` that is more
/// specific than the error.
pub(super) const AWS_JSON: &[CodeLocation] = &[CodeLocation::Header, CodeLocation::Type, CodeLocation::Code];

/// Returns the error report of a response. Its code is the first that is a valid shape name.
pub(super) fn error_report(
    codec: &dyn Codec,
    locations: &[CodeLocation],
    response: &Response<Bytes>,
) -> ErrorReport {
    let body = codec.read_error_body(response.body());
    let header = response.headers().get("x-amzn-errortype").and_then(|value| value.to_str().ok());
    let codes = locations.iter().filter_map(|location| match location {
        CodeLocation::Header => header,
        CodeLocation::Code => body.code.as_deref(),
        CodeLocation::Type => body.r#type.as_deref(),
    });
    let name = codes.filter_map(shape_name).next();
    let name = name.map(str::to_owned);
    ErrorReport { code: name.clone(), shape: name, message: body.message }
}

/// Maximum length of a shape name. Longer values are ignored.
const MAX_NAME_LEN: usize = 128;

/// Returns `Name` of `namespace#Name:http://…`, if it is a valid name. A body that is not the service's, such
/// as one that echoes the request, may contain any value there.
fn shape_name(code: &str) -> Option<&str> {
    let code = code.split(':').next().unwrap_or(code);
    let name = code.split_once('#').map_or(code, |(_, name)| name).trim_ascii();
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b"_.-".contains(&b);
    ((1..=MAX_NAME_LEN).contains(&name.len()) && name.bytes().all(is_name)).then_some(name)
}
