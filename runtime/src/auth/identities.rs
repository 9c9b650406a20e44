//! The identities of a client.

#[cfg(feature = "sigv4")]
use super::ProvideCredentials;
#[cfg(feature = "sigv4")]
use super::credentials::CredentialsCache;
use super::secret::Secret;
use super::token::{ProvideToken, TokenCache};
use std::fmt;
use std::sync::Arc;

/// The identities of a client, for its auth schemes. Clones share the cached values of providers.
/// Credentials, tokens, keys and passwords are wiped from memory when they are dropped.
///
/// `Debug` shows only which identities are set.
#[derive(Clone, Default)]
pub struct Identities {
    #[cfg(feature = "sigv4")]
    pub(super) credentials: Option<Arc<CredentialsCache>>,
    pub(super) token: Option<Arc<TokenCache>>,
    pub(super) api_key: Option<Arc<Secret>>,
    pub(super) basic: Option<Arc<Basic>>,
}

/// A user name and password.
pub(super) struct Basic {
    pub(super) user: Secret,
    pub(super) password: Secret,
}

impl Identities {
    /// Creates an empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns these identities, with those that are unset taken from `other`.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            #[cfg(feature = "sigv4")]
            credentials: self.credentials.or(other.credentials),
            token: self.token.or(other.token),
            api_key: self.api_key.or(other.api_key),
            basic: self.basic.or(other.basic),
        }
    }

    /// Sets the provider of AWS credentials. Credentials are cached until one minute before they expire, or
    /// for 15 minutes if they have no expiry; concurrent calls share one request to the provider.
    #[cfg(feature = "sigv4")]
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Arc::new(CredentialsCache::new(provider)));
        self
    }

    /// Sets a bearer token or a provider of tokens. Tokens are cached like credentials.
    pub fn token(mut self, provider: impl ProvideToken) -> Self {
        self.token = Some(Arc::new(TokenCache::new(provider)));
        self
    }

    /// Sets the API key.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = Some(Arc::new(Secret::from(key.into())));
        self
    }

    /// Sets a user name, which must not contain a colon, and a password.
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        let (user, password) = (Secret::from(user.into()), Secret::from(password.into()));
        self.basic = Some(Arc::new(Basic { user, password }));
        self
    }
}

impl fmt::Debug for Identities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = f.debug_set();
        #[cfg(feature = "sigv4")]
        names.entries(self.credentials.iter().map(|_| "credentials"));
        names.entries(self.token.iter().map(|_| "token"));
        names.entries(self.api_key.iter().map(|_| "api_key"));
        names.entries(self.basic.iter().map(|_| "basic_auth"));
        names.finish()
    }
}
