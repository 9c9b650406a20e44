//! Settings of a call that few calls have: its own region, endpoint, identities or auth scheme.

use super::endpoint_cache::EndpointCache;
use super::{BuildError, Inner};
use crate::auth::Identities;
use crate::endpoint::EndpointError;

/// Settings of a call that replace those of the client. Unlike [`Settings`](super::settings::Settings), most calls
/// have none of them.
pub(super) struct Overrides {
    pub(super) region: Option<String>,
    pub(super) endpoint_url: Option<String>,
    pub(super) identities: Identities,
    /// The name of the auth scheme to use.
    pub(super) auth_scheme: Option<String>,
    /// [`OwnContext::new`]. Only the methods that set overrides refer to it: other programs do not contain its code.
    pub(super) resolve: fn(&Inner, Self) -> Result<OwnContext, EndpointError>,
}

impl Default for Overrides {
    fn default() -> Self {
        Self {
            region: None,
            endpoint_url: None,
            identities: Identities::new(),
            auth_scheme: None,
            resolve: OwnContext::new,
        }
    }
}

/// The endpoints and identities of a call with [`Overrides`].
pub(super) struct OwnContext {
    /// `None` for those of the client.
    endpoints: Option<EndpointCache>,
    identities: Identities,
    pub(super) auth_scheme: Option<String>,
    /// True if the region or the endpoint URL is the call's own.
    pub(super) has_own_endpoint: bool,
}

impl OwnContext {
    /// Resolves the overrides of a call.
    ///
    /// # Errors
    /// Returns an error if the region or the endpoint URL is invalid.
    fn new(inner: &Inner, overrides: Overrides) -> Result<Self, EndpointError> {
        let Overrides { region, endpoint_url, identities, auth_scheme, resolve: _ } = overrides;
        let has_own_endpoint = region.is_some() || endpoint_url.is_some();
        let endpoints = has_own_endpoint.then(|| inner.endpoints.with(inner.service, region, endpoint_url));
        Ok(Self {
            endpoints: endpoints.transpose().map_err(endpoint_error)?,
            identities: identities.or(inner.identities.clone()),
            auth_scheme,
            has_own_endpoint,
        })
    }

    pub(super) fn endpoints<'c>(&'c self, inner: &'c Inner) -> &'c EndpointCache {
        self.endpoints.as_ref().unwrap_or(&inner.endpoints)
    }

    pub(super) fn identities(&self) -> &Identities {
        &self.identities
    }
}

fn endpoint_error(error: BuildError) -> EndpointError {
    match error {
        BuildError::Endpoint(error) => error,
        other => EndpointError::InvalidSetting(other.to_string()),
    }
}
