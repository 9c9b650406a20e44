//! Preparation of a call: endpoint, auth scheme and headers.

use super::Inner;
use super::endpoint_cache::{CallEndpoint, EndpointCache};
use super::hook::Attempt;
use super::overrides::{Overrides, OwnContext};
use super::repeatability::is_single_use;
use super::settings::Settings;
use crate::auth::{AuthError, Identities, Signer, check_scheme, choose_named_signer, choose_signer};
use crate::codec::WriteError;
use crate::error::Failure;
use crate::operation;
use crate::service::OperationSchema;
use crate::shape::Structure;
use crate::types::Body;
use http::header::USER_AGENT;
use http::{HeaderName, HeaderValue, Request, Uri};
use std::sync::Arc;
use std::time::Duration;

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const ATTEMPT: HeaderName = HeaderName::from_static("amz-sdk-request");

/// A call with its endpoint and signer resolved. The request is built for each attempt.
pub(super) struct PreparedCall {
    pub(super) inner: Arc<Inner>,
    pub(super) operation: &'static OperationSchema,
    /// `None` for those of the client.
    settings: Option<Box<Settings>>,
    /// Signs each attempt; `None` if the request is sent unsigned.
    pub(super) signer: Option<Signer>,
    /// The name of a secret that must not be sent over plain HTTP, if the request has one.
    secret: Option<&'static str>,
    pub(super) endpoint: Arc<CallEndpoint>,
    headers: Vec<(String, String)>,
    /// The call's own endpoints and identities, if it has any.
    pub(super) own: Option<Arc<OwnContext>>,
    /// The `amz-sdk-invocation-id` that all attempts of the call share.
    invocation_id: Option<[u8; 36]>,
}

/// Settings of a call.
#[derive(Default)]
pub(super) struct CallOptions {
    /// Boxed: most calls have those of the client.
    pub(super) settings: Option<Box<Settings>>,
    pub(super) headers: Vec<(String, String)>,
    /// Boxed: most calls have none.
    pub(super) overrides: Option<Box<Overrides>>,
}

/// Resolves the endpoint and the auth scheme of a call.
pub(super) fn prepare(
    inner: Arc<Inner>,
    operation: &'static OperationSchema,
    input: &dyn Structure,
    options: CallOptions,
) -> Result<PreparedCall, Box<Failure>> {
    let CallOptions { settings, headers, overrides } = options;
    let own = match overrides {
        None => None,
        Some(overrides) => Some(own_context(&inner, operation, *overrides)?),
    };
    prepare_own(inner, operation, input, (settings, headers), own)
}

fn own_context(
    inner: &Inner,
    operation: &'static OperationSchema,
    overrides: Overrides,
) -> Result<Arc<OwnContext>, Box<Failure>> {
    let own = (overrides.resolve)(inner, overrides);
    own.map(Arc::new).map_err(|error| Failure::endpoint(operation, error))
}

/// Returns the endpoint of a call without its signer: the URI that its path is appended to.
pub(super) fn resolve_endpoint(
    inner: &Inner,
    operation: &'static OperationSchema,
    input: &dyn Structure,
    overrides: Option<Box<Overrides>>,
) -> Result<Uri, Box<Failure>> {
    let own = overrides.map(|overrides| own_context(inner, operation, *overrides)).transpose()?;
    let endpoints = endpoints(inner, own.as_deref());
    let endpoint =
        endpoints.resolve(operation, input).map_err(|error| Failure::endpoint(operation, error))?;
    operation::endpoint(operation, input, &endpoint.uri, &inner.request_options)
}

fn endpoints<'c>(inner: &'c Inner, own: Option<&'c OwnContext>) -> &'c EndpointCache {
    own.map_or(&inner.endpoints, |own| own.endpoints(inner))
}

/// Resolves the endpoint and the auth scheme of a call with resolved overrides.
#[inline(always)]
pub(super) fn prepare_own(
    inner: Arc<Inner>,
    operation: &'static OperationSchema,
    input: &dyn Structure,
    (settings, headers): (Option<Box<Settings>>, Vec<(String, String)>),
    own: Option<Arc<OwnContext>>,
) -> Result<PreparedCall, Box<Failure>> {
    let endpoints = endpoints(&inner, own.as_deref());
    let endpoint =
        endpoints.resolve(operation, input).map_err(|error| Failure::endpoint(operation, error))?;
    let (schemes, region) = (&endpoint.auth_schemes, endpoints.region());
    let signer = match &own {
        None => choose_signer(operation, schemes, region, &inner.identities),
        Some(own) => match &own.auth_scheme {
            None => choose_signer(operation, schemes, region, own.identities()),
            Some(name) => choose_named_signer(name, operation, schemes, region, own.identities()),
        },
    };
    let signer = signer.map_err(|error| Failure::auth(operation, error))?;
    let secret = secret(&inner, signer.as_ref(), operation, input);
    let invocation_id = inner.service.sdk_id.and_then(|_| operation::random_uuid());
    Ok(PreparedCall { inner, operation, settings, signer, secret, endpoint, headers, own, invocation_id })
}

/// Returns the name of the secret in the requests of a call, if it must not be sent over plain HTTP.
fn secret(
    inner: &Inner,
    signer: Option<&Signer>,
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Option<&'static str> {
    if inner.allow_secrets_over_http {
        return None;
    }
    let single_use = || is_single_use(operation, input).then_some("single-use input");
    signer.and_then(Signer::secret).or_else(single_use)
}

impl PreparedCall {
    pub(super) fn settings(&self) -> &Settings {
        self.settings.as_deref().unwrap_or(&self.inner.settings)
    }

    pub(super) fn settings_mut(&mut self) -> &mut Settings {
        self.settings.get_or_insert_with(|| Box::new(self.inner.settings.clone()))
    }

    /// Returns the endpoints of the call: its own, or those of the client.
    pub(super) fn endpoints(&self) -> &EndpointCache {
        endpoints(&self.inner, self.own.as_deref())
    }

    /// Returns the identities of the call: its own, or those of the client.
    pub(super) fn identities(&self) -> &Identities {
        self.own.as_deref().map_or(&self.inner.identities, OwnContext::identities)
    }

    /// Builds the request. It is built for each attempt: that is cheaper than a copy of every request in case
    /// of a retry.
    pub(super) fn request(&self, input: &mut dyn Structure) -> Result<Request<Body>, Box<Failure>> {
        let (endpoint, options) = (&*self.endpoint, &self.inner.request_options);
        let mut request = operation::write(self.operation, input, &endpoint.uri, options)?;
        if let Some(secret) = self.secret {
            check_scheme(request.uri(), secret).map_err(|error| Failure::auth(self.operation, error))?;
        }
        for (name, value) in &endpoint.headers {
            request.headers_mut().append(name, value.clone());
        }
        add_headers(&mut request, &self.headers).map_err(|error| Failure::write(self.operation, error))?;
        Ok(request)
    }

    /// Adds `user-agent` and, for AWS services, the invocation id and the number of the attempt.
    pub(super) fn add_client_headers(&self, attempt: &mut Attempt<'_>, max_attempts: u32) {
        let (number, headers) = (attempt.number, attempt.headers_mut());
        headers.entry(USER_AGENT).or_insert_with(|| self.inner.user_agent.clone());
        if let Some(id) = self.invocation_id.as_ref().and_then(|id| HeaderValue::from_bytes(id).ok()) {
            headers.insert(INVOCATION_ID, id);
            headers.insert(ATTEMPT, attempt_count(number, max_attempts));
        }
    }

    /// Builds the request with a signature in its URL.
    pub(super) async fn presign(
        self,
        input: &mut (dyn Structure + Send),
        expires_in: Duration,
    ) -> Result<Request<Body>, Box<Failure>> {
        let mut request = self.request(input)?;
        let unsigned = AuthError::Invalid("the operation needs no authentication and cannot be presigned");
        let failed = |error| Failure::auth(self.operation, error);
        let signer = self.signer.ok_or(unsigned).map_err(failed)?;
        let signed = signer.presign_at(&mut request, self.inner.clock.times(), expires_in).await;
        signed.map_err(failed).map(|()| request)
    }
}

/// Returns the value of `amz-sdk-request`, without allocating in the most frequent case.
fn attempt_count(number: u32, max: u32) -> HeaderValue {
    const FIRST_OF_THREE: HeaderValue = HeaderValue::from_static("attempt=1; max=3");
    match (number, max) {
        (1, 3) => FIRST_OF_THREE,
        _ => HeaderValue::try_from(format!("attempt={number}; max={max}")).unwrap_or(FIRST_OF_THREE),
    }
}

fn add_headers(request: &mut Request<Body>, headers: &[(String, String)]) -> Result<(), WriteError> {
    for (name, value) in headers {
        let name: HeaderName = name
            .parse()
            .map_err(|_| WriteError::new(format!("invalid header name `{}`", name.escape_debug())))?;
        let value = HeaderValue::from_str(value).map_err(|_| {
            WriteError::new(format!("invalid value of header `{name}`: it contains a control character"))
        })?;
        request.headers_mut().insert(name, value);
    }
    Ok(())
}
