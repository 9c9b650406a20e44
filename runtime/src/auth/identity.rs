//! Identities that are sent with requests: tokens, API keys, user names and passwords.

use super::header;
use super::query;
use super::secret::Secret;
use super::token::TokenCache;
use super::{AuthError, IdentityKind};
use crate::boxed::BoxFuture;
use crate::service::{ApiKeyLocation, AuthScheme};
use crate::types::Body;
use http::Request;
use std::time::SystemTime;

/// An identity that is sent with requests.
///
/// A trait object that only its setter creates: programs that do not call the setter do not contain its code.
pub(super) trait SentIdentity: Send + Sync {
    fn kind(&self) -> IdentityKind;

    /// Adds the identity to a request, as the auth scheme says.
    fn add_to<'r>(
        &'r self,
        request: &'r mut Request<Body>,
        scheme: AuthScheme,
        now: SystemTime,
    ) -> BoxFuture<'r, Result<(), AuthError>>;
}

/// A user name and password.
pub(super) struct Basic {
    pub(super) user: Secret,
    pub(super) password: Secret,
}

impl SentIdentity for Basic {
    fn kind(&self) -> IdentityKind {
        IdentityKind::Basic
    }

    fn add_to<'r>(
        &'r self,
        request: &'r mut Request<Body>,
        _: AuthScheme,
        _: SystemTime,
    ) -> BoxFuture<'r, Result<(), AuthError>> {
        Box::pin(std::future::ready(header::basic(request, self.user.as_str(), self.password.as_str())))
    }
}

/// An API key.
pub(super) struct ApiKey(pub(super) Secret);

impl SentIdentity for ApiKey {
    fn kind(&self) -> IdentityKind {
        IdentityKind::ApiKey
    }

    fn add_to<'r>(
        &'r self,
        request: &'r mut Request<Body>,
        scheme: AuthScheme,
        _: SystemTime,
    ) -> BoxFuture<'r, Result<(), AuthError>> {
        let key = self.0.as_str();
        let result = match scheme {
            AuthScheme::HttpApiKey { name, location: ApiKeyLocation::Header, scheme } => {
                header::api_key(request, name, scheme, key)
            }
            AuthScheme::HttpApiKey { name, location: ApiKeyLocation::Query, .. } => {
                query::append(request.uri_mut(), [(name, key)])
            }
            other => Err(AuthError::UnsupportedScheme(other.name().to_owned())),
        };
        Box::pin(std::future::ready(result))
    }
}

impl SentIdentity for TokenCache {
    fn kind(&self) -> IdentityKind {
        IdentityKind::Token
    }

    fn add_to<'r>(
        &'r self,
        request: &'r mut Request<Body>,
        _: AuthScheme,
        now: SystemTime,
    ) -> BoxFuture<'r, Result<(), AuthError>> {
        Box::pin(async move { header::bearer(request, self.get(now).await?.value()) })
    }
}
