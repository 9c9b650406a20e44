//! Computes signatures with the crate `aws-sigv4`.

use super::payload::Payload;
use super::rules::SigningRules;
use crate::auth::{AuthError, Credentials};
use crate::percent::ESCAPED;
use crate::types::Body;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableRequest, SignatureLocation, SigningError,
    SigningInstructions, SigningParams, SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, EXPECT, HOST, HeaderName, TRANSFER_ENCODING, USER_AGENT,
};
use http::uri::Authority;
use http::{Request, Uri};
use percent_encoding::{percent_decode_str, percent_encode};
use std::time::{Duration, SystemTime};

/// Headers that are not signed: they are set later or changed by proxies.
const UNSIGNED: [HeaderName; 6] = [
    AUTHORIZATION,
    CONNECTION,
    EXPECT,
    TRANSFER_ENCODING,
    USER_AGENT,
    HeaderName::from_static("x-amzn-trace-id"),
];

/// The end of the year 9999, the last that the date format supports.
const END_OF_9999: Duration = Duration::from_secs(253_402_300_799);

/// The part of the request that carries the signature.
#[derive(Clone, Copy)]
pub(super) enum Location {
    Headers,
    /// The query of a presigned URL with this lifetime.
    Query(Duration),
}

pub(super) fn compute(
    rules: &SigningRules,
    credentials: &Credentials,
    request: &Request<Body>,
    payload: Payload<'_>,
    now: SystemTime,
    location: Location,
) -> Result<SigningInstructions, AuthError> {
    if now.duration_since(SystemTime::UNIX_EPOCH).is_err() || now > SystemTime::UNIX_EPOCH + END_OF_9999 {
        return Err(AuthError::Invalid("invalid system time: it must be between 1970 and 9999"));
    }
    let identity = credentials.for_signing().clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .name(&rules.service)
        .region(&rules.region)
        .time(now)
        .settings(settings(rules, payload.in_header, location))
        .build();
    let params =
        SigningParams::from(params.map_err(|_| AuthError::Invalid("incomplete signing parameters"))?);
    let host = host(request.uri())?;
    let headers = headers(request, &host, location)?;
    let method = request.method().as_str();
    // Disables tracing: `aws-sigv4` logs the headers and the URL of the request.
    let signed = tracing::dispatcher::with_default(&tracing::Dispatch::none(), || {
        let request =
            SignableRequest::new(method, uri(request.uri(), rules), headers.into_iter(), payload.body)?;
        Ok(sign(request, &params)?.into_parts().0)
    });
    // The error may contain parts of the request.
    signed.map_err(|_: SigningError| AuthError::Invalid("invalid request or credentials for signing"))
}

fn settings(rules: &SigningRules, hash_in_header: bool, location: Location) -> SigningSettings {
    let mut settings = SigningSettings::default();
    settings.percent_encoding_mode = match rules.double_encoding {
        true => PercentEncodingMode::Double,
        false => PercentEncodingMode::Single,
    };
    settings.uri_path_normalization_mode = UriPathNormalizationMode::from(rules.normalize_path);
    settings.payload_checksum_kind = match hash_in_header {
        true => PayloadChecksumKind::XAmzSha256,
        false => PayloadChecksumKind::NoHeader,
    };
    // `headers` already excludes the headers that must not be signed.
    settings.excluded_headers = None;
    if let Location::Query(expires_in) = location {
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(expires_in);
    }
    settings
}

/// Returns the headers to sign. `content-length` is not signed in presigned requests: the body is not known
/// yet.
fn headers<'r>(
    request: &'r Request<Body>,
    host: &'r str,
    location: Location,
) -> Result<Vec<(&'r str, &'r str)>, AuthError> {
    let is_presigned = matches!(location, Location::Query(_));
    let is_signed =
        |name: &HeaderName| !(UNSIGNED.contains(name) || (is_presigned && *name == CONTENT_LENGTH));
    let mut headers = Vec::with_capacity(request.headers().len() + 1);
    for (name, value) in request.headers().iter().filter(|(name, _)| is_signed(name)) {
        let text = std::str::from_utf8(value.as_bytes());
        let text = text.map_err(|_| AuthError::Invalid("cannot sign a header that is not UTF-8"))?;
        headers.push((name.as_str(), text));
    }
    if !request.headers().contains_key(HOST) {
        headers.push((HOST.as_str(), host));
    }
    Ok(headers)
}

/// Returns the URI to sign. Without double encoding, the path is re-encoded in canonical form, with all
/// reserved characters escaped, as the service does.
fn uri(uri: &Uri, rules: &SigningRules) -> String {
    if rules.double_encoding {
        return uri.to_string();
    }
    let segments = uri.path().split('/').map(|segment| {
        let decoded: Vec<u8> = percent_decode_str(segment).collect();
        percent_encode(&decoded, ESCAPED).to_string()
    });
    let path = segments.collect::<Vec<_>>().join("/");
    let (scheme, authority) =
        (uri.scheme_str().unwrap_or("https"), uri.authority().map_or("", Authority::as_str));
    format!("{scheme}://{authority}{path}?{}", uri.query().unwrap_or_default())
}

/// Returns the `host` header that transports send for a URI, without the default port of the scheme.
fn host(uri: &Uri) -> Result<String, AuthError> {
    let host = uri.host().filter(|host| !host.is_empty());
    let host = host.ok_or(AuthError::Invalid("the request URI has no host"))?;
    Ok(match (uri.scheme_str(), uri.port_u16()) {
        (_, None) | (Some("http"), Some(80)) | (Some("https"), Some(443)) => host.to_owned(),
        (_, Some(port)) => format!("{host}:{port}"),
    })
}
