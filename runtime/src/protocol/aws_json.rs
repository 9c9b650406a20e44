//! [AWS JSON 1.0](https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html) and
//! [1.1](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). They differ only in their media
//! types.

use super::error_report::AWS_JSON;
use super::rpc::{Route, RpcProtocol};
use crate::codec::json::Json;
use crate::schema::NameKind;

/// The protocol `aws.protocols#awsJson1_0`.
pub static AWS_JSON_1_0: RpcProtocol<Json> =
    aws_json("aws.protocols#awsJson1_0", "application/x-amz-json-1.0");

/// The protocol `aws.protocols#awsJson1_1`.
pub static AWS_JSON_1_1: RpcProtocol<Json> =
    aws_json("aws.protocols#awsJson1_1", "application/x-amz-json-1.1");

const fn aws_json(id: &'static str, media_type: &'static str) -> RpcProtocol<Json> {
    let name_kind = NameKind::Member;
    let codec = Json { media_type, name_kind, timestamp_formats: true, big_numbers_as_text: false };
    RpcProtocol { id, codec, route: Route::Target, error_code: AWS_JSON }
}

#[cfg(test)]
mod tests;
