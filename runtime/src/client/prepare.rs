//! From an input to a request that is ready for its attempts.

use super::Inner;
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
const AWS_USER_AGENT: HeaderName = HeaderName::from_static("x-amz-user-agent");

/// A call that is ready to be sent.
pub(super) struct Prepared {
    pub(super) inner: Arc<Inner>,
    pub(super) operation: &'static OperationSchema,
    pub(super) request: Request<Body>,
    pub(super) settings: Settings,
    /// What authenticates each attempt.
    pub(super) signer: Option<Signer>,
    /// Whether the request may be sent again after a failure that leaves open whether it was carried out.
    pub(super) repeatable: bool,
}

/// Finds the endpoint and writes the request.
pub(super) fn prepare(
    inner: Arc<Inner>,
    operation: &'static OperationSchema,
    input: &mut dyn Structure,
    headers: &[(String, String)],
    settings: Settings,
) -> Result<Prepared, Box<Failure>> {
    let target = inner.targets.find(operation, input).map_err(|error| Failure::endpoint(operation, error))?;
    let mut request = operation::write(operation, input, &target.uri, &inner.request_options)?;
    for (name, value) in &target.headers {
        request.headers_mut().append(name, value.clone());
    }
    add_headers(&mut request, headers).map_err(|error| Failure::write(operation, error))?;
    let signer = choose(operation, &target.auth_schemes, inner.targets.region.as_deref(), &inner.identities);
    let signer = signer.map_err(|error| Failure::auth(operation, error))?;
    let repeatable = settings.repeatable.unwrap_or_else(|| !is_single_use(operation, input));
    Ok(Prepared { inner, operation, request, settings, signer, repeatable })
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

impl Prepared {
    /// Says who calls and, to AWS, which attempts belong together.
    pub(super) fn introduce(&mut self) {
        let (inner, headers) = (&self.inner, self.request.headers_mut());
        headers.entry(USER_AGENT).or_insert_with(|| inner.user_agent.clone());
        if inner.service.sdk_id.is_none() {
            return;
        }
        headers.entry(AWS_USER_AGENT).or_insert_with(|| inner.user_agent.clone());
        if let Some(id) = operation::random_token().and_then(|id| HeaderValue::try_from(id).ok()) {
            headers.insert(INVOCATION_ID, id);
        }
    }

    /// The request with a signature in its URL.
    pub(super) async fn presign(self, expires_in: Duration) -> Result<Request<Body>, Box<Failure>> {
        let unsigned = AuthError::Invalid("the operation is not authenticated: its URL needs no signature");
        let failed = |error| Failure::auth(self.operation, error);
        let signer = self.signer.ok_or(unsigned).map_err(failed)?;
        let mut request = self.request;
        let signed = signer.presign(&mut request, self.inner.clock.now(), expires_in).await;
        signed.map_err(failed).map(|()| request)
    }
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
