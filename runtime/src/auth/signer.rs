//! What authenticates the requests of a call.

use super::identities::Basic;
#[cfg(feature = "sigv4")]
use super::sigv4::SigV4;
use super::token::TokenCache;
use super::{AuthError, IdentityKind, header, query};
use crate::schema::ApiKeyLocation;
use crate::types::Body;
use http::Request;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// What authenticates the requests of a call. [`choose`](super::choose()) gives it.
///
/// `Debug` shows how, not with what.
#[derive(Clone)]
pub struct Signer(pub(super) AuthMethod);

#[derive(Clone)]
pub(super) enum AuthMethod {
    #[cfg(feature = "sigv4")]
    SigV4(SigV4),
    Basic(Arc<Basic>),
    Bearer(Arc<TokenCache>),
    ApiKey {
        key: Arc<str>,
        name: &'static str,
        location: ApiKeyLocation,
        scheme: Option<&'static str>,
    },
}

impl Signer {
    /// Authenticates a request that is finished otherwise. Each attempt begins with the request as it was
    /// before: a second signature does not replace the first.
    ///
    /// # Errors
    /// When the provider of the identity fails, or the request cannot be signed or must not be sent so.
    pub async fn sign(&self, request: &mut Request<Body>, now: SystemTime) -> Result<(), AuthError> {
        match &self.0 {
            #[cfg(feature = "sigv4")]
            AuthMethod::SigV4(sigv4) => sigv4.sign(request, now).await,
            AuthMethod::Basic(basic) => header::basic(request, basic),
            AuthMethod::Bearer(tokens) => header::bearer(request, tokens.get(now).await?.value()),
            AuthMethod::ApiKey { key, name, location: ApiKeyLocation::Header, scheme } => {
                header::api_key(request, name, *scheme, key)
            }
            AuthMethod::ApiKey { key, name, location: ApiKeyLocation::Query, .. } => {
                query::append(request.uri_mut(), [(*name, &**key)])
            }
        }
    }

    /// Puts a signature into the URL that is good for `expires_in`, 1 second to 7 days, but for no longer
    /// than the credentials. Headers that the request has must be sent with it, save for its length.
    ///
    /// # Errors
    /// As [`sign`](Self::sign); when the time is out of range; when the operation is not authenticated by AWS
    /// signatures.
    #[cfg_attr(not(feature = "sigv4"), expect(unused_variables, reason = "nothing else can be presigned"))]
    pub async fn presign(
        &self,
        request: &mut Request<Body>,
        now: SystemTime,
        expires_in: Duration,
    ) -> Result<(), AuthError> {
        match &self.0 {
            #[cfg(feature = "sigv4")]
            AuthMethod::SigV4(sigv4) => sigv4.presign(request, now, expires_in).await,
            other => Err(AuthError::NotPresignable(other.kind())),
        }
    }
}

impl AuthMethod {
    pub(super) fn kind(&self) -> IdentityKind {
        match self {
            #[cfg(feature = "sigv4")]
            Self::SigV4(_) => IdentityKind::Credentials,
            Self::Basic(_) => IdentityKind::Basic,
            Self::Bearer(_) => IdentityKind::Token,
            Self::ApiKey { .. } => IdentityKind::ApiKey,
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            #[cfg(feature = "sigv4")]
            AuthMethod::SigV4(sigv4) => sigv4.fmt(f),
            other => f.debug_tuple("Signer").field(&other.kind()).finish(),
        }
    }
}

#[cfg(test)]
mod tests;
