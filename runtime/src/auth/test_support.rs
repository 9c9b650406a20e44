//! Helpers of the authentication tests.

use super::{AuthError, Identities, Signer, choose_signer};
use crate::protocol::RestJson1;
use crate::schema::UNIT;
use crate::service::{AuthScheme, OperationSchema, OperationTrait, ServiceSchema};
use crate::types::Body;
use std::sync::LazyLock;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

/// 2015-08-30T12:36:00Z, the time of the examples in the AWS documentation.
pub(crate) static NOW: LazyLock<SystemTime> =
    LazyLock::new(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160));

/// Returns the output of a future that is ready.
pub(crate) fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("not ready"),
    }
}

/// Creates an operation with these traits, of a service with these auth schemes.
pub(super) fn operation(
    schemes: &'static [AuthScheme],
    traits: &'static [OperationTrait],
) -> OperationSchema {
    let service = ServiceSchema { auth: schemes, ..ServiceSchema::new("test#Service", "1", &RestJson1) };
    OperationSchema {
        id: "test#Operation",
        service: Box::leak(Box::new(service)),
        input: &UNIT,
        output: &UNIT,
        errors: &[],
        http: None,
        traits,
    }
}

pub(super) fn signer(scheme: AuthScheme, identities: &Identities) -> Signer {
    let operation = operation(Box::leak(Box::new([scheme])), &[]);
    choose_signer(&operation, &[], Some("us-east-1"), identities).unwrap().unwrap()
}

pub(super) fn get(uri: &str) -> http::Request<Body> {
    http::Request::get(uri).body(Body::default()).unwrap()
}

pub(super) fn sign(
    signer: &Signer,
    mut request: http::Request<Body>,
) -> Result<http::Request<Body>, AuthError> {
    ready(signer.sign(&mut request, *NOW))?;
    Ok(request)
}

pub(super) fn header<'r>(request: &'r http::Request<Body>, name: &str) -> Option<&'r str> {
    request.headers().get(name).map(|value| value.to_str().unwrap())
}
