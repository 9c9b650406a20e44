//! AWS signatures ([sigv4](https://smithy.io/2.0/aws/aws-auth.html#aws-auth-sigv4-trait)). The signature
//! itself is computed by the crate `aws-sigv4`.

mod payload;
mod rules;
mod signature;

pub(super) use rules::SigningRules;

use super::credentials::CredentialsCache;
use super::header::set_sensitive_header;
use super::secret::Secret;
use super::signing_times::SigningTimes;
use super::{AuthError, Credentials, query};
use crate::cache::Expiring;
use crate::types::Body;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Request};
use signature::Location;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

const MAX_EXPIRES_IN: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Signs requests with AWS Signature Version 4.
#[derive(Clone)]
pub(super) struct SigV4 {
    credentials: Arc<CredentialsCache>,
    rules: SigningRules,
}

impl SigV4 {
    pub(super) fn new(credentials: Arc<CredentialsCache>, rules: SigningRules) -> Self {
        Self { credentials, rules }
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
