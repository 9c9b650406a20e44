//! What several of the tests do.

use farrier_runtime::auth::{Credentials, Identities, Signer, choose};
use farrier_runtime::operation::Operation;
use farrier_runtime::schema::{AuthScheme, OperationSchema, OperationTrait};
use farrier_runtime::transport::{HyperTransport, Transport};
use farrier_runtime::types::{Body, Document};
use farrier_tests::server::{Answer, Request, Server};
use farrier_tests::sigv4_verifier::{ACCESS_KEY_ID, SECRET_ACCESS_KEY, Verifier};
use signin_client::operation::CreateOAuth2Token;

pub(crate) const REGION: &str = "eu-central-1";

/// The credentials that verifiers know.
pub(crate) fn credentials(session_token: Option<&str>) -> Credentials {
    Credentials::new(ACCESS_KEY_ID, SECRET_ACCESS_KEY, session_token.map(str::to_owned), None, "test")
}

/// What signs for a service of that name, as its endpoint says.
pub(crate) fn signer_with(
    service: &'static str,
    traits: &'static [OperationTrait],
    endpoint: &[Document],
    credentials: Credentials,
) -> Signer {
    let auth = OperationTrait::Auth(Box::leak(Box::new([AuthScheme::SigV4 { name: service }])));
    let traits: Vec<OperationTrait> = traits.iter().copied().chain([auth]).collect();
    let operation = OperationSchema { traits: traits.leak(), ..*<CreateOAuth2Token as Operation>::SCHEMA };
    let identities = Identities::new().credentials(credentials);
    choose(&operation, endpoint, Some(REGION), &identities).unwrap().unwrap()
}

pub(crate) fn signer(service: &'static str) -> Signer {
    signer_with(service, &[], &[], credentials(None))
}

pub(crate) fn verifier(service: &str) -> Verifier {
    Verifier::new(service, REGION)
}

/// Sends a request, and gives what came of it at the other end.
pub(crate) async fn receive(request: http::Request<Body>, server: &Server) -> Request {
    let answer = HyperTransport::new().send(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    server.requests().pop().unwrap()
}

pub(crate) fn server() -> Server {
    Server::always(Answer::new(200))
}

/// Changes what was received, and gives it back.
pub(crate) fn changed(request: &Request, change: impl FnOnce(&mut Request)) -> Request {
    let mut request = request.clone();
    change(&mut request);
    request
}

pub(crate) fn value_mut<'r>(request: &'r mut Request, name: &str) -> &'r mut String {
    let mut headers = request.headers.iter_mut();
    &mut headers.find(|(header, _)| header == name).unwrap().1
}
