//! The identities of a client.

#[cfg(feature = "sigv4")]
use super::ProvideCredentials;
#[cfg(feature = "sigv4")]
use super::credentials::CredentialsCache;
use super::identity::{ApiKey, Basic, SentIdentity};
use super::secret::Secret;
use super::token::{ProvideToken, TokenCache};
use crate::service::AuthScheme;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// The identities of a client, for its auth schemes. Clones share the cached values of providers.
/// Credentials, tokens, keys and passwords are wiped from memory when they are dropped.
///
/// `Debug` shows only which identities are set.
#[derive(Clone, Default)]
pub struct Identities {
    #[cfg(feature = "sigv4")]
    pub(super) credentials: Option<Arc<CredentialsCache>>,
    pub(super) token: Option<Arc<dyn SentIdentity>>,
    pub(super) api_key: Option<Arc<dyn SentIdentity>>,
    pub(super) basic: Option<Arc<dyn SentIdentity>>,
    /// The names of auth schemes to use first.
    pub(super) preferred_schemes: Vec<String>,
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
            preferred_schemes: match self.preferred_schemes.is_empty() {
                true => other.preferred_schemes,
                false => self.preferred_schemes,
            },
        }
    }

    /// Returns true if no identity is set.
    pub(crate) fn is_empty(&self) -> bool {
        #[cfg(feature = "sigv4")]
        if self.credentials.is_some() {
            return false;
        }
        self.token.is_none() && self.api_key.is_none() && self.basic.is_none()
    }

    /// Returns the access key id of the AWS credentials, if there are any.
    #[cfg(feature = "sigv4")]
    pub(crate) async fn access_key_id(&self, now: SystemTime) -> Option<String> {
        // The signer of the call reports an error of the provider.
        let credentials = self.credentials.as_ref()?.get(now).await.ok()?;
        Some(credentials.access_key_id().to_owned())
    }

    /// Returns `None`: there are no AWS credentials.
    #[cfg(not(feature = "sigv4"))]
    pub(crate) async fn access_key_id(&self, _: SystemTime) -> Option<String> {
        None
    }

    /// Sets the auth schemes to use first if an operation supports several: the names of their traits without
    /// the namespace, such as `httpBearerAuth` and `sigv4`. The order of other schemes is that of the model.
    /// Default: none.
    pub fn prefer_schemes(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.preferred_schemes = names.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the provider of AWS credentials. Credentials are cached until one minute before they expire, or
    /// for 15 minutes if they have no expiry; concurrent calls share one request to the provider.
    #[cfg(feature = "sigv4")]
    pub fn credentials(mut self, provider: impl ProvideCredentials) -> Self {
        self.credentials = Some(Arc::new(CredentialsCache::new(provider)));
        self
    }

    /// Sets the bearer token or its provider: a `String`, a `&'static str`, a [`Token`](super::Token) or a type of your
    /// own. Tokens are cached like credentials.
    pub fn token(mut self, provider: impl ProvideToken) -> Self {
        self.token = Some(Arc::new(TokenCache::new(provider)));
        self
    }

    /// Sets a bearer token, and its scheme as the first to use unless schemes are preferred.
    pub(crate) fn preferred_token(self, token: String) -> Self {
        let with_token = self.token(token);
        match with_token.preferred_schemes.is_empty() {
            true => with_token.prefer_schemes([AuthScheme::HttpBearer.name()]),
            false => with_token,
        }
    }

    /// Sets the API key.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = Some(Arc::new(ApiKey(Secret::from(key.into()))));
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
