//! The signer of a request.

use super::identity::SentIdentity;
use super::signing_times::SigningTimes;
#[cfg(feature = "sigv4")]
use super::sigv4::SigV4;
use super::{AuthError, IdentityKind, check_scheme};
use crate::service::AuthScheme;
use crate::types::Body;
use http::Request;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Signs the requests of a call. Returned by [`choose_signer`](super::choose_signer()).
///
/// `Debug` shows the kind of the identity, not its value.
#[derive(Clone)]
pub struct Signer(pub(super) AuthMethod);

#[derive(Clone)]
pub(super) enum AuthMethod {
    #[cfg(feature = "sigv4")]
    SigV4(SigV4),
    Sent(Arc<dyn SentIdentity>, AuthScheme),
}

impl Signer {
    /// Signs a request, which must be complete otherwise. Each attempt has to sign a copy of the unsigned
    /// request: a second signature does not replace the first.
    ///
    /// # Errors
    /// Returns an error if the provider of the identity fails, if the request is invalid, or if a token, key or
    /// password would be sent over plain HTTP to another machine.
    pub async fn sign(&self, request: &mut Request<Body>, now: SystemTime) -> Result<(), AuthError> {
        if let Some(secret) = self.secret() {
            check_scheme(request.uri(), secret)?;
        }
        self.sign_at(request, now.into()).await.map(drop)
    }

    /// Returns the name of the secret that is sent with signed requests, `None` for AWS signatures.
    pub(crate) fn secret(&self) -> Option<&'static str> {
        match &self.0 {
            #[cfg(feature = "sigv4")]
            AuthMethod::SigV4(_) => None,
            other => Some(other.kind().name()),
        }
    }

    /// Signs a request, whose scheme the caller has checked. Returns the time in the signature; `None` if the auth scheme does not sign the time.
    pub(crate) async fn sign_at(
        &self,
        request: &mut Request<Body>,
        times: SigningTimes,
    ) -> Result<Option<SystemTime>, AuthError> {
        match &self.0 {
            #[cfg(feature = "sigv4")]
            AuthMethod::SigV4(sigv4) => sigv4.sign(request, times).await.map(Some),
            AuthMethod::Sent(identity, scheme) => {
                identity.add_to(request, *scheme, times.local).await?;
                Ok(None)
            }
        }
    }

    /// Adds a signature to the URL. It is valid for `expires_in`, 1 second to 7 days, but not longer than the
    /// credentials. The headers of the request, except `content-length`, must be sent with the URL.
    ///
    /// # Errors
    /// Returns an error in the cases of [`sign`](Self::sign), if `expires_in` is out of range, or if the
    /// operation is not authenticated with AWS signatures.
    pub async fn presign(
        &self,
        request: &mut Request<Body>,
        now: SystemTime,
        expires_in: Duration,
    ) -> Result<(), AuthError> {
        self.presign_at(request, now.into(), expires_in).await
    }

    #[cfg_attr(not(feature = "sigv4"), expect(unused_variables, reason = "only SigV4 supports presigning"))]
    pub(crate) async fn presign_at(
        &self,
        request: &mut Request<Body>,
        times: SigningTimes,
        expires_in: Duration,
    ) -> Result<(), AuthError> {
        match &self.0 {
            #[cfg(feature = "sigv4")]
            AuthMethod::SigV4(sigv4) => sigv4.presign(request, times, expires_in).await,
            other => Err(AuthError::NotPresignable(other.kind())),
        }
    }
}

impl AuthMethod {
    pub(super) fn kind(&self) -> IdentityKind {
        match self {
            #[cfg(feature = "sigv4")]
            Self::SigV4(_) => IdentityKind::Credentials,
            Self::Sent(identity, _) => identity.kind(),
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
