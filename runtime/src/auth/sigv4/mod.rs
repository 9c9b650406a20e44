//! AWS signatures ([sigv4](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait)): what is signed, for
//! which service and region. The signature itself is computed by the crate `aws-sigv4`.

mod credentials;
mod payload;
mod signature;

pub(super) use credentials::CredentialsCache;

use super::choose::Context;
use super::header::set_secret;
use super::{AuthError, IdentityKind, query};
use crate::schema::OperationTrait;
use crate::types::{Body, Document};
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Request};
use signature::Form;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

const MAX_EXPIRES_IN: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Services that know objects by paths, and sign paths as they are: the names by which they are signed for.
const S3_FAMILY: [&str; 4] = ["s3", "s3-object-lambda", "s3-outposts", "s3express"];

/// How the requests of a call are signed.
#[derive(Clone)]
pub(super) struct SigV4 {
    credentials: Arc<CredentialsCache>,
    rules: Rules,
}

/// What a signature depends on besides credentials, time and request.
#[derive(Clone, Debug)]
struct Rules {
    service: String,
    region: String,
    /// Whether the path is percent-encoded once more.
    double_encoding: bool,
    /// Whether dot segments and empty segments of the path are left out.
    normalize_path: bool,
    /// Whether the hash of the body is also a header, and presigned requests leave the body open.
    s3: bool,
    unsigned_payload: bool,
}

impl SigV4 {
    pub(super) fn choose(context: &Context<'_>, name: &'static str) -> Result<Self, AuthError> {
        let endpoint = endpoint_scheme(context.endpoint_schemes)?;
        let missing = AuthError::NoIdentity(IdentityKind::Credentials);
        let credentials = context.identities.credentials.clone().ok_or(missing)?;
        Ok(Self { credentials, rules: Rules::new(context, name, endpoint)? })
    }

    pub(super) async fn sign(&self, request: &mut Request<Body>, now: SystemTime) -> Result<(), AuthError> {
        let credentials = self.credentials.get(now).await?;
        let payload = payload::of(request, &self.rules)?;
        let signature = signature::compute(&self.rules, &credentials, request, payload, now, Form::Headers)?;
        let (headers, _) = signature.into_parts();
        for header in headers {
            set_header(request, header.name(), header.value())?;
        }
        Ok(())
    }

    pub(super) async fn presign(
        &self,
        request: &mut Request<Body>,
        now: SystemTime,
        expires_in: Duration,
    ) -> Result<(), AuthError> {
        if expires_in < Duration::from_secs(1) || expires_in > MAX_EXPIRES_IN {
            return Err(AuthError::InvalidExpiresIn(expires_in));
        }
        let credentials = self.credentials.get(now).await?;
        let payload = payload::of_presigned(request, &self.rules)?;
        let form = Form::Query(expires_in);
        let signature = signature::compute(&self.rules, &credentials, request, payload, now, form)?;
        let parameters = signature.params().iter().map(|(name, value)| (*name, &**value));
        query::append(request.uri_mut(), parameters)
    }
}

impl Rules {
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

/// What the endpoint says of AWS signatures. It may ask only for kinds that are not supported.
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
    let invalid = "the AWS credentials hold a character that no header can carry";
    if name == AUTHORIZATION || name == "x-amz-security-token" {
        return set_secret(request, name, value, invalid);
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
