//! Comparison of requests.

use super::case::RequestCase;
use super::report::Report;
use super::{body, headers, query};
use bytes::Bytes;

/// The host of the client endpoint if the case does not set one.
const DEFAULT_HOST: &str = "example.com";

/// Returns the endpoint of the client.
pub(super) fn endpoint(case: &RequestCase) -> Result<http::Uri, String> {
    let host = case.host.unwrap_or(DEFAULT_HOST);
    let url = if host.contains("://") { host.to_owned() } else { format!("https://{host}") };
    url.parse().map_err(|error| format!("{host}: {error}"))
}

/// Returns the differences between a request and the expected one.
pub(super) fn compare(case: &RequestCase, request: &http::Request<Bytes>) -> Report {
    let mut report = Report::default();
    let uri = request.uri();
    report.compare("method", case.method, request.method().as_str());
    report.compare("path", case.uri, uri.path());
    query::compare(case, uri.query().unwrap_or_default(), &mut report);
    headers::compare(case, request.headers(), &mut report);
    if let Some(expected) = case.resolved_host {
        report.compare("host", expected, &host(request));
    }
    if let Some(expected) = case.body {
        let content_type = request.headers().get(http::header::CONTENT_TYPE);
        let request_type = content_type.and_then(|value| value.to_str().ok());
        let media_type = case.body_media_type.or(request_type).unwrap_or_default();
        body::compare(expected, media_type, request.body(), &mut report);
    }
    report
}

/// Returns the `Host` header, or the authority of the URI, which the transport uses if the header is not set.
fn host(request: &http::Request<Bytes>) -> String {
    let header = request.headers().get(http::header::HOST).and_then(|value| value.to_str().ok());
    let authority = request.uri().authority().map(http::uri::Authority::as_str);
    header.or(authority).unwrap_or_default().to_owned()
}
