//! AWS credentials, their providers and their cache.

use super::{AuthError, IdentityKind};
use crate::boxed::{BoxError, BoxFuture};
use crate::cache::{Cache, Expiring};
use aws_credential_types::CredentialsBuilder;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// AWS credentials. `Debug` does not show them. They are wiped from memory when they are dropped.
///
/// ```
/// use farrier_runtime::auth::Credentials;
/// use std::time::{Duration, SystemTime};
///
/// let long_term = Credentials::from_keys("the access key id", "the secret access key");
/// let temporary = Credentials::from_keys("the access key id", "the secret access key")
///     .session_token("the session token")
///     .expires_at(SystemTime::now() + Duration::from_secs(900));
/// # let _ = (long_term, temporary);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials(aws_credential_types::Credentials);

impl Credentials {
    /// Creates credentials from an access key id and a secret access key, without a session token and an expiry.
    pub fn from_keys(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self(aws_credential_types::Credentials::new(access_key_id, secret_access_key, None, None, "Farrier"))
    }

    /// Sets the session token, which temporary credentials have.
    pub fn session_token(self, token: impl Into<String>) -> Self {
        self.change(|builder| builder.session_token(token))
    }

    /// Sets the id of the account that the credentials belong to.
    pub fn account_id(self, id: impl Into<String>) -> Self {
        self.change(|builder| builder.account_id(id.into()))
    }

    /// Sets the expiry. The client requests new credentials from the provider one minute before.
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        *self.0.expiry_mut() = Some(time);
        self
    }

    /// Returns the access key id.
    pub fn access_key_id(&self) -> &str {
        self.0.access_key_id()
    }

    /// Returns the expiry, if it is known.
    pub fn expiry(&self) -> Option<SystemTime> {
        self.0.expiry()
    }

    /// Returns the credentials for the signer.
    pub(super) fn for_signing(&self) -> &aws_credential_types::Credentials {
        &self.0
    }

    fn change(self, change: impl FnOnce(CredentialsBuilder) -> CredentialsBuilder) -> Self {
        let mut builder = aws_credential_types::Credentials::builder()
            .access_key_id(self.0.access_key_id())
            .secret_access_key(self.0.secret_access_key())
            .provider_name("Farrier");
        builder.set_session_token(self.0.session_token().map(str::to_owned));
        builder.set_account_id(self.0.account_id().cloned());
        builder.set_expiry(self.0.expiry());
        Self(change(builder).build())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("expiry", &self.expiry()).finish_non_exhaustive()
    }
}

impl Expiring for Credentials {
    fn expiry(&self) -> Option<SystemTime> {
        self.0.expiry()
    }
}

/// A provider of AWS credentials. [`Credentials`] provide themselves. With the feature `aws-config`, the providers of
/// the crate `aws-config` and all others of `aws-credential-types` are providers too.
///
/// Clients cache the credentials until one minute before they expire; credentials without an expiry are cached for 15
/// minutes.
///
/// ```
/// use farrier_runtime::auth::{Credentials, ProvideCredentials};
/// use farrier_runtime::transport::{BoxError, BoxFuture};
///
/// /// Reads the keys from a file each time.
/// struct KeyFile(std::path::PathBuf);
///
/// impl ProvideCredentials for KeyFile {
///     fn provide_credentials(&self) -> BoxFuture<'_, Result<Credentials, BoxError>> {
///         Box::pin(async {
///             let text = std::fs::read_to_string(&self.0)?;
///             let (id, key) = text.split_once('\n').ok_or("the file has only one line")?;
///             Ok(Credentials::from_keys(id, key.trim_end()))
///         })
///     }
/// }
/// ```
pub trait ProvideCredentials: Send + Sync + 'static {
    /// Returns credentials that have not expired.
    fn provide_credentials(&self) -> BoxFuture<'_, Result<Credentials, BoxError>>;
}

impl ProvideCredentials for Credentials {
    fn provide_credentials(&self) -> BoxFuture<'_, Result<Credentials, BoxError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

#[cfg(feature = "aws-config")]
impl<P: aws_credential_types::provider::ProvideCredentials + 'static> ProvideCredentials for P {
    fn provide_credentials(&self) -> BoxFuture<'_, Result<Credentials, BoxError>> {
        let provided = aws_credential_types::provider::ProvideCredentials::provide_credentials(self);
        Box::pin(async { Ok(Credentials(provided.await?)) })
    }
}

/// A provider and the last credentials that it returned. The default provider chain of `aws-config` does not
/// cache them.
pub(super) struct CredentialsCache {
    provider: Arc<dyn ProvideCredentials>,
    cache: Cache<Credentials>,
}

impl CredentialsCache {
    pub(super) fn new(provider: impl ProvideCredentials) -> Self {
        Self { provider: Arc::new(provider), cache: Cache::default() }
    }

    pub(super) async fn get(&self, now: SystemTime) -> Result<Credentials, AuthError> {
        let kind = IdentityKind::Credentials;
        let provide = || -> BoxFuture<'static, _> {
            let provider = Arc::clone(&self.provider);
            Box::pin(async move { provider.provide_credentials().await })
        };
        let credentials = self.cache.get(now, provide).await;
        let credentials = credentials.map_err(|error| AuthError::ProviderFailed(kind, error))?;
        if credentials.is_expired(now) { Err(AuthError::Expired(kind)) } else { Ok(credentials) }
    }
}
