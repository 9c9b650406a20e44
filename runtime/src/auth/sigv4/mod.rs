//! AWS signatures ([sigv4](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait)). The signature
//! itself is computed by the crate `aws-sigv4`.

mod credentials;
mod payload;
mod signature;

pub(super) use credentials::CredentialsCache;

use super::cache::Expiring;
use super::choose::Context;
use super::header::set_sensitive_header;
use super::secret::Secret;
use super::{AuthError, Credentials, IdentityKind, SigningTimes, query};
use crate::schema::OperationTrait;
use crate::types::{Body, Document};
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Request};
use signature::Location;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

const MAX_EXPIRES_IN: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The signing names of services whose paths are object keys, which are signed without normalization.
const S3_FAMILY: [&str; 4] = ["s3", "s3-object-lambda", "s3-outposts", "s3express"];

/// Signs requests with AWS Signature Version 4.
#[derive(Clone)]
pub(super) struct SigV4 {
    credentials: Arc<CredentialsCache>,
    rules: SigningRules,
}

/// The parameters of a signature besides credentials, time and request.
#[derive(Clone, Debug)]
struct SigningRules {
    service: String,
    region: String,
    /// Percent-encodes the path twice.
    double_encoding: bool,
    /// Removes dot segments and empty segments from the path.
    normalize_path: bool,
    /// Sends the payload hash in a header, and leaves the payload of presigned requests unsigned.
    s3: bool,
    unsigned_payload: bool,
}

impl SigV4 {
    pub(super) fn new(context: &Context<'_>, name: &'static str) -> Result<Self, AuthError> {
        let endpoint = endpoint_scheme(context.endpoint_schemes)?;
        let missing = AuthError::NoIdentity(IdentityKind::Credentials);
        let credentials = context.identities.credentials.clone().ok_or(missing)?;
        Ok(Self { credentials, rules: SigningRules::new(context, name, endpoint)? })
    }

    /// Signs a request and returns the time in the signature.
    pub(super) async fn sign(
        &self,
        request: &mut Request<Body>,
        times: SigningTimes,
    ) -> Result<SystemTime, AuthError> {
        let credentials = self.credentials.get(times.local).await?;
        let now = signing_time(&credentials, times);
        let payload = payload::for_headers(request, &self.rules)?;
        let signature =
            signature::compute(&self.rules, &credentials, request, payload, now, Location::Headers)?;
        let (headers, _) = signature.into_parts();
        for header in headers {
            set_header(request, header.name(), header.value())?;
        }
        Ok(now)
    }

    pub(super) async fn presign(
        &self,
        request: &mut Request<Body>,
        times: SigningTimes,
        expires_in: Duration,
    ) -> Result<(), AuthError> {
        if expires_in < Duration::from_secs(1) || expires_in > MAX_EXPIRES_IN {
            return Err(AuthError::InvalidExpiresIn(expires_in));
        }
        let credentials = self.credentials.get(times.local).await?;
        let now = signing_time(&credentials, times);
        let payload = payload::for_presigning(request, &self.rules)?;
        let location = Location::Query(expires_in);
        let signature = signature::compute(&self.rules, &credentials, request, payload, now, location)?;
        let parameters = signature.params().iter().map(|(name, value)| (*name, &**value));
        query::append(request.uri_mut(), parameters)
    }
}

/// Returns the time to sign with: that of the service, unless the credentials would have expired by it. Then
/// the service's clock is not credible, since the provider considers them valid.
fn signing_time(credentials: &Credentials, times: SigningTimes) -> SystemTime {
    if credentials.is_expired(times.service) { times.local } else { times.service }
}

impl SigningRules {
    fn new(context: &Context<'_>, name: &str, endpoint: Option<&Document>) -> Result<Self, AuthError> {
        let text = |key: &str| endpoint?.get(key)?.as_str().filter(|text| !text.is_empty());
        let is_set = |key: &str| endpoint.and_then(|scheme| scheme.get(key)?.as_bool()) == Some(true);
        let service = text("signingName").unwrap_or(name).to_owned();
        let region = text("signingRegion").or(context.region).filter(|region| !region.is_empty());
        let s3 = S3_FAMILY.contains(&service.as_str());
        Ok(Self {
            region: region.ok_or(AuthError::NoRegion)?.to_owned(),
            double_encoding: !s3 && !is_set("disableDoubleEncoding"),
            normalize_path: !s3 && !is_set("disableNormalizePath"),
            unsigned_payload: context.operation.traits.contains(&OperationTrait::UnsignedPayload),
            service,
            s3,
        })
    }
}

/// Returns the `sigv4` auth scheme of an endpoint, if any.
///
/// # Errors
/// Returns an error if the endpoint supports only other AWS signature algorithms, such as `sigv4a`.
fn endpoint_scheme(schemes: &[Document]) -> Result<Option<&Document>, AuthError> {
    let name = |scheme: &Document| scheme.get("name").and_then(Document::as_str).map(str::to_owned);
    if let Some(found) = schemes.iter().find(|scheme| name(scheme).as_deref() == Some("sigv4")) {
        return Ok(Some(found));
    }
    match schemes.iter().filter_map(name).find(|name| name.starts_with("sigv4")) {
        Some(other) => Err(AuthError::UnsupportedScheme(other)),
        None => Ok(None),
    }
}

fn set_header(request: &mut Request<Body>, name: &'static str, value: &str) -> Result<(), AuthError> {
    let name = HeaderName::from_static(name);
    let invalid = "invalid AWS credentials: they contain a character that is not allowed in a header";
    if name == AUTHORIZATION || name == "x-amz-security-token" {
        return set_sensitive_header(request, name, Secret::concat(&[value]), invalid);
    }
    let value = HeaderValue::from_str(value).map_err(|_| AuthError::Invalid(invalid))?;
    request.headers_mut().insert(name, value);
    Ok(())
}

impl fmt::Debug for SigV4 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigV4").field("rules", &self.rules).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
