//! From an input to a request that is ready for its attempts.

use super::Inner;
use super::endpoint_cache::CallEndpoint;
use super::hook::Attempt;
use super::settings::Settings;
use crate::auth::{AuthError, Signer, choose};
use crate::codec::WriteError;
use crate::error::Failure;
use crate::operation;
use crate::schema::{OperationSchema, OperationTrait};
use crate::shape::{Structure, View};
use crate::types::Body;
use http::header::USER_AGENT;
use http::{HeaderName, HeaderValue, Request};
use std::sync::Arc;
use std::time::Duration;

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const ATTEMPT: HeaderName = HeaderName::from_static("amz-sdk-request");

/// A call of which all is known but for what its request says.
pub(super) struct Prepared {
    pub(super) inner: Arc<Inner>,
    pub(super) operation: &'static OperationSchema,
    pub(super) settings: Settings,
    /// Whether the request may be sent again after a failure that leaves open whether it was carried out.
    pub(super) repeatable: bool,
    /// What authenticates each attempt.
    pub(super) signer: Option<Signer>,
    endpoint: Arc<CallEndpoint>,
    headers: Vec<(String, String)>,
    /// Tells AWS which attempts belong together.
    invocation: Option<[u8; 36]>,
}

/// Finds the endpoint and what authenticates the call.
pub(super) fn prepare(
    inner: Arc<Inner>,
    operation: &'static OperationSchema,
    input: &dyn Structure,
    headers: Vec<(String, String)>,
    settings: Settings,
) -> Result<Prepared, Box<Failure>> {
    let endpoint =
        inner.endpoints.find(operation, input).map_err(|error| Failure::endpoint(operation, error))?;
    let signer =
        choose(operation, &endpoint.auth_schemes, inner.endpoints.region.as_deref(), &inner.identities);
    let signer = signer.map_err(|error| Failure::auth(operation, error))?;
    let repeatable = settings.repeatable.unwrap_or_else(|| !is_single_use(operation, input));
    let invocation = inner.service.sdk_id.and_then(|_| operation::random_uuid());
    Ok(Prepared { inner, operation, settings, repeatable, signer, endpoint, headers, invocation })
}

impl Prepared {
    /// The request. It is written for each attempt, which costs less than to keep a copy of each that succeeds.
    pub(super) fn request(&self, input: &mut dyn Structure) -> Result<Request<Body>, Box<Failure>> {
        let (endpoint, options) = (&*self.endpoint, &self.inner.request_options);
        let mut request = operation::write(self.operation, input, &endpoint.uri, options)?;
        for (name, value) in &endpoint.headers {
            request.headers_mut().append(name, value.clone());
        }
        add_headers(&mut request, &self.headers).map_err(|error| Failure::write(self.operation, error))?;
        Ok(request)
    }

    /// Says who calls and, to AWS, which attempt of which call it is.
    pub(super) fn add_client_headers(&self, attempt: &mut Attempt, allowed: u32) {
        let (number, headers) = (attempt.number, attempt.headers_mut());
        headers.entry(USER_AGENT).or_insert_with(|| self.inner.user_agent.clone());
        if let Some(id) = self.invocation.as_ref().and_then(|id| HeaderValue::from_bytes(id).ok()) {
            headers.insert(INVOCATION_ID, id);
            headers.insert(ATTEMPT, attempt_count(number, allowed));
        }
    }

    /// The request with a signature in its URL.
    pub(super) async fn presign(
        self,
        input: &mut (dyn Structure + Send),
        expires_in: Duration,
    ) -> Result<Request<Body>, Box<Failure>> {
        let mut request = self.request(input)?;
        let unsigned = AuthError::Invalid("the operation is not authenticated: its URL needs no signature");
        let failed = |error| Failure::auth(self.operation, error);
        let signer = self.signer.ok_or(unsigned).map_err(failed)?;
        let signed = signer.presign(&mut request, self.inner.clock.now(), expires_in).await;
        signed.map_err(failed).map(|()| request)
    }
}

/// Most attempts are the first of three.
fn attempt_count(number: u32, allowed: u32) -> HeaderValue {
    const FIRST_OF_THREE: HeaderValue = HeaderValue::from_static("attempt=1; max=3");
    match (number, allowed) {
        (1, 3) => FIRST_OF_THREE,
        _ => HeaderValue::try_from(format!("attempt={number}; max={allowed}")).unwrap_or(FIRST_OF_THREE),
    }
}

fn add_headers(request: &mut Request<Body>, headers: &[(String, String)]) -> Result<(), WriteError> {
    for (name, value) in headers {
        let name: HeaderName = name
            .parse()
            .map_err(|_| WriteError::new(format!("`{}` is not a header name", name.escape_debug())))?;
        let value = HeaderValue::from_str(value).map_err(|_| {
            WriteError::new(format!("the value for header `{name}` holds a control character"))
        })?;
        request.headers_mut().insert(name, value);
    }
    Ok(())
}

/// Whether the input holds something that is good for one use.
fn is_single_use(operation: &OperationSchema, input: &dyn Structure) -> bool {
    operation.traits.iter().any(|t| match t {
        OperationTrait::SingleUse(path) => is_set(input, path),
        _ => false,
    })
}

/// Whether there is a value at the end of a path of member indices.
fn is_set(structure: &dyn Structure, path: &[usize]) -> bool {
    let [index, rest @ ..] = path else { return true };
    match structure.member(*index).map(|value| value.view()) {
        None | Some(View::Absent) => false,
        Some(View::Structure(inner)) => is_set(inner, rest),
        Some(_) => rest.is_empty(),
    }
}
