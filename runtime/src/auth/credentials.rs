//! Caching of AWS credentials.

use super::{AuthError, Credentials, IdentityKind, ProvideCredentials};
use crate::boxed::BoxFuture;
use crate::cache::{Cache, Expiring};
use std::sync::Arc;
use std::time::SystemTime;

/// A provider and the last credentials that it returned. The default provider chain of `aws-config` does not
/// cache them.
pub(super) struct CredentialsCache {
    provider: Arc<dyn ProvideCredentials>,
    cache: Cache<Credentials>,
}

impl CredentialsCache {
    pub(super) fn new(provider: impl ProvideCredentials + 'static) -> Self {
        Self { provider: Arc::new(provider), cache: Cache::default() }
    }

    pub(super) async fn get(&self, now: SystemTime) -> Result<Credentials, AuthError> {
        let kind = IdentityKind::Credentials;
        let provide = || -> BoxFuture<'static, _> {
            let provider = Arc::clone(&self.provider);
            Box::pin(async move { Ok(provider.provide_credentials().await?) })
        };
        let credentials = self.cache.get(now, provide).await;
        let credentials = credentials.map_err(|error| AuthError::ProviderFailed(kind, error))?;
        if credentials.is_expired(now) { Err(AuthError::Expired(kind)) } else { Ok(credentials) }
    }
}

impl Expiring for Credentials {
    fn expiry(&self) -> Option<SystemTime> {
        self.expiry()
    }
}
