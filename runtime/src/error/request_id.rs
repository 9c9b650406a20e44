//! Request ids of AWS services.

use http::HeaderMap;

/// Returns the AWS request id.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"]
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
}

/// Returns the AWS extended request id.
pub(crate) fn extended_request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-amz-id-2")?.to_str().ok()
}
