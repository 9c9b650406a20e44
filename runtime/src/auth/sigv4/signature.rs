//! The call into `aws-sigv4`.

use super::Rules;
use super::payload::Payload;
use crate::auth::{AuthError, Credentials, query};
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

/// Headers that are set later, or that proxies change.
const UNSIGNED: [HeaderName; 6] = [
    AUTHORIZATION,
    CONNECTION,
    EXPECT,
    TRANSFER_ENCODING,
    USER_AGENT,
    HeaderName::from_static("x-amzn-trace-id"),
];

/// The end of the year 9999, after which dates have no form.
const END_OF_TIME: Duration = Duration::from_secs(253_402_300_799);

/// Where the signature stands.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Headers,
    /// In the URL, which is good for so long.
    Query(Duration),
}

pub(super) fn compute(
    rules: &Rules,
    credentials: &Credentials,
    request: &Request<Body>,
    payload: Payload<'_>,
    now: SystemTime,
    form: Form,
) -> Result<SigningInstructions, AuthError> {
    if now.duration_since(SystemTime::UNIX_EPOCH).is_err() || now > SystemTime::UNIX_EPOCH + END_OF_TIME {
        return Err(AuthError::Invalid("the clock of this machine is off: no signature can name its time"));
    }
    let identity = credentials.clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .name(&rules.service)
        .region(&rules.region)
        .time(now)
        .settings(settings(rules, payload.in_header, form))
        .build();
    let params = SigningParams::from(params.map_err(|_| AuthError::Invalid("the signature lacks a part"))?);
    let host = host(request.uri())?;
    let headers = headers(request, &host, form)?;
    let method = request.method().as_str();
    // It would log headers and the URL of the request.
    let signed = tracing::dispatcher::with_default(&tracing::Dispatch::none(), || {
        let request =
            SignableRequest::new(method, uri(request.uri(), rules), headers.into_iter(), payload.body)?;
        Ok(sign(request, &params)?.into_parts().0)
    });
    // Its error may quote the request.
    signed.map_err(|_: SigningError| AuthError::Invalid("the request or the credentials cannot be signed"))
}

fn settings(rules: &Rules, hash_in_header: bool, form: Form) -> SigningSettings {
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
    // Those that must not be signed are not shown to it.
    settings.excluded_headers = None;
    if let Form::Query(expires_in) = form {
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(expires_in);
    }
    settings
}

/// The headers that are signed. The length of a presigned request is left to whoever sends it.
fn headers<'r>(
    request: &'r Request<Body>,
    host: &'r str,
    form: Form,
) -> Result<Vec<(&'r str, &'r str)>, AuthError> {
    let is_presigned = matches!(form, Form::Query(_));
    let is_left_out =
        |name: &HeaderName| UNSIGNED.contains(name) || (is_presigned && *name == CONTENT_LENGTH);
    let mut headers = Vec::with_capacity(request.headers().len() + 1);
    for (name, value) in request.headers().iter().filter(|(name, _)| !is_left_out(name)) {
        let text = std::str::from_utf8(value.as_bytes());
        let text = text.map_err(|_| AuthError::Invalid("a header that is to be signed is not UTF-8"))?;
        headers.push((name.as_str(), text));
    }
    if !request.headers().contains_key(HOST) {
        headers.push((HOST.as_str(), host));
    }
    Ok(headers)
}

/// The URI as it is signed. Where the path is encoded once, it is so in the form that the service comes to: with
/// each character escaped that can be.
fn uri(uri: &Uri, rules: &Rules) -> String {
    if rules.double_encoding {
        return uri.to_string();
    }
    let segments = uri.path().split('/').map(|segment| {
        let meant: Vec<u8> = percent_decode_str(segment).collect();
        percent_encode(&meant, query::ESCAPED).to_string()
    });
    let path = segments.collect::<Vec<_>>().join("/");
    let (scheme, authority) =
        (uri.scheme_str().unwrap_or("https"), uri.authority().map_or("", Authority::as_str));
    format!("{scheme}://{authority}{path}?{}", uri.query().unwrap_or_default())
}

/// The header `host` that transports send for a URI: the port is left out where it is the scheme's own.
fn host(uri: &Uri) -> Result<String, AuthError> {
    let host = uri.host().filter(|host| !host.is_empty());
    let host = host.ok_or(AuthError::Invalid("the URI of the request names no host"))?;
    Ok(match (uri.scheme_str(), uri.port_u16()) {
        (_, None) | (Some("http"), Some(80)) | (Some("https"), Some(443)) => host.to_owned(),
        (_, Some(port)) => format!("{host}:{port}"),
    })
}
