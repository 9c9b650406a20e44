//! Bearer tokens and their providers.

use super::secret::Secret;
use super::{AuthError, IdentityKind};
use crate::boxed::{BoxError, BoxFuture};
use crate::cache::{Cache, Expiring};
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// A [bearer token](https://www.rfc-editor.org/rfc/rfc6750). `Debug` does not show it. It is wiped from memory
/// when it is dropped.
#[derive(Clone)]
pub struct Token {
    pub(super) value: Secret,
    expiry: Option<SystemTime>,
}

impl Token {
    /// Creates a token without an expiry.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: Secret::from(value.into()), expiry: None }
    }

    /// Sets the expiry. The client requests a new token from the provider one minute before.
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expiry = Some(time);
        self
    }

    pub(super) fn value(&self) -> &str {
        self.value.as_str()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("expiry", &self.expiry).finish_non_exhaustive()
    }
}

impl From<String> for Token {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl From<&str> for Token {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

impl Expiring for Token {
    fn expiry(&self) -> Option<SystemTime> {
        self.expiry
    }
}

/// A provider of bearer tokens. [`Token`], `String` and `&'static str` provide themselves.
///
/// Clients cache the token until one minute before it expires; a token without an expiry is cached for 15
/// minutes.
pub trait ProvideToken: Send + Sync + 'static {
    /// Returns a token that has not expired.
    fn provide_token(&self) -> BoxFuture<'_, Result<Token, BoxError>>;

    /// Converts the provider to a shared one, whose secrets are wiped when it is dropped.
    #[doc(hidden)]
    fn into_shared(self) -> Arc<dyn ProvideToken>
    where
        Self: Sized,
    {
        Arc::new(self)
    }
}

impl ProvideToken for Token {
    fn provide_token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

impl ProvideToken for String {
    fn provide_token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(std::future::ready(Ok(Token::new(self.as_str()))))
    }

    fn into_shared(self) -> Arc<dyn ProvideToken> {
        Arc::new(Token::new(self))
    }
}

impl ProvideToken for &'static str {
    fn provide_token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(std::future::ready(Ok(Token::new(*self))))
    }
}

/// A provider and the last token that it returned.
pub(super) struct TokenCache {
    provider: Arc<dyn ProvideToken>,
    cache: Cache<Token>,
}

impl TokenCache {
    pub(super) fn new(provider: impl ProvideToken) -> Self {
        Self { provider: provider.into_shared(), cache: Cache::default() }
    }

    pub(super) async fn get(&self, now: SystemTime) -> Result<Token, AuthError> {
        let kind = IdentityKind::Token;
        let provide = || -> BoxFuture<'static, _> {
            let provider = Arc::clone(&self.provider);
            Box::pin(async move { provider.provide_token().await })
        };
        let token = self.cache.get(now, provide).await;
        let token = token.map_err(|error| AuthError::ProviderFailed(kind, error))?;
        if token.is_expired(now) { Err(AuthError::Expired(kind)) } else { Ok(token) }
    }
}
