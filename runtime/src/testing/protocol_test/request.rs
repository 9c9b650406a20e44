//! A request, compared with its case.

use super::report::Report;
use super::{RequestCase, body, headers, query};
use bytes::Bytes;

/// What clients are given where a case does not say.
const HOST: &str = "example.com";

/// The endpoint that a case gives its client.
pub(super) fn endpoint(case: &RequestCase) -> Result<http::Uri, String> {
    let host = case.host.unwrap_or(HOST);
    let url = if host.contains("://") { host.to_owned() } else { format!("https://{host}") };
    url.parse().map_err(|error| format!("{host}: {error}"))
}

/// Everything in which a request is not what its case asks for.
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
        let own_type = content_type.and_then(|value| value.to_str().ok());
        let media_type = case.body_media_type.or(own_type).unwrap_or_default();
        body::compare(expected, media_type, request.body(), &mut report);
    }
    report
}

/// What stands in the header `Host`: where it is not set, the transport takes it from the URI.
fn host(request: &http::Request<Bytes>) -> String {
    let header = request.headers().get(http::header::HOST).and_then(|value| value.to_str().ok());
    let authority = request.uri().authority().map(http::uri::Authority::as_str);
    header.or(authority).unwrap_or_default().to_owned()
}
