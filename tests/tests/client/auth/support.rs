//! Helpers shared by the tests.

use farrier_runtime::auth::{Credentials, Identities, Signer, choose_signer};
use farrier_runtime::client::{Async, Builder, Call, Handle, ServiceClient};
use farrier_runtime::operation::Operation;
use farrier_runtime::service::{
    ApiKeyLocation, AuthScheme, OperationSchema, OperationTrait, Service, ServiceSchema, supports,
};
use farrier_runtime::transport::{HyperTransport, Transport};
use farrier_runtime::types::{Body, Document};
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::refresh_grant;
use farrier_tests::sigv4_verifier::{ACCESS_KEY_ID, SECRET_ACCESS_KEY, Verifier};
use signin_client::operation::CreateOAuth2Token;

pub(crate) const REGION: &str = "eu-central-1";

/// Returns the credentials that [`verifier`] accepts.
pub(crate) fn credentials(session_token: Option<&str>) -> Credentials {
    let credentials = Credentials::from_keys(ACCESS_KEY_ID, SECRET_ACCESS_KEY);
    match session_token {
        Some(token) => credentials.session_token(token),
        None => credentials,
    }
}

/// Returns a signer for a service, its traits and the auth schemes of its endpoint.
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
    choose_signer(&operation, endpoint, Some(REGION), &identities).unwrap().unwrap()
}

pub(crate) fn signer(service: &'static str) -> Signer {
    signer_with(service, &[], &[], credentials(None))
}

pub(crate) fn verifier(service: &str) -> Verifier {
    Verifier::new(service, REGION)
}

/// A client for a service with every auth scheme.
pub(crate) struct AuthClient(pub(crate) Handle<Async>);

/// The service of [`AuthClient`]. It has the region and endpoint of Sign-In.
#[derive(Debug)]
pub(crate) enum AuthService {}

impl Service for AuthService {
    const SCHEMA: &'static ServiceSchema =
        &ServiceSchema { auth: SCHEMES, ..*<signin_client::client::Service as Service>::SCHEMA };
}

impl supports::Aws for AuthService {}
impl supports::SigV4 for AuthService {}
impl supports::HttpBearer for AuthService {}
impl supports::HttpApiKey for AuthService {}
impl supports::HttpBasic for AuthService {}

/// Auth schemes of [`AuthClient`]'s service, in order of preference.
static SCHEMES: &[AuthScheme] = &[
    AuthScheme::Other("test#future"),
    AuthScheme::SigV4 { name: "execute-api" },
    AuthScheme::HttpBearer,
    AuthScheme::HttpApiKey { name: "key", location: ApiKeyLocation::Query, scheme: None },
    AuthScheme::HttpBasic,
];

impl ServiceClient for AuthClient {
    type Mode = Async;
    type Service = AuthService;

    fn from_handle(handle: Handle<Async>) -> Self {
        Self(handle)
    }
}

impl AuthClient {
    pub(crate) fn builder(url: impl Into<String>) -> Builder<Self> {
        Builder::new().endpoint_url(url).region(REGION)
    }

    /// Returns a call that requires authentication.
    pub(crate) fn call(&self) -> Call<Authenticated> {
        Call::new(&self.0, refresh_grant().into())
    }
}

/// `CreateOAuth2Token` with the auth schemes of its service.
#[derive(Debug)]
pub(crate) struct Authenticated;

impl Operation for Authenticated {
    type Service = AuthService;
    type Input = <CreateOAuth2Token as Operation>::Input;
    type Output = <CreateOAuth2Token as Operation>::Output;
    type Error = <CreateOAuth2Token as Operation>::Error;
    const SCHEMA: &'static OperationSchema = &OperationSchema {
        service: AuthService::SCHEMA,
        traits: &[],
        ..*<CreateOAuth2Token as Operation>::SCHEMA
    };
}

/// Sends a request, and returns it as the server received it.
pub(crate) async fn receive(request: http::Request<Body>, server: &Server) -> Request {
    let response = HyperTransport::new().send(request).await.unwrap();
    assert_eq!(response.status(), 200);
    server.requests().pop().unwrap()
}

pub(crate) fn server() -> Server {
    Server::always(ScriptedResponse::new(200))
}

/// Returns a changed copy of a request.
pub(crate) fn changed(request: &Request, change: impl FnOnce(&mut Request)) -> Request {
    let mut request = request.clone();
    change(&mut request);
    request
}

pub(crate) fn value_mut<'r>(request: &'r mut Request, name: &str) -> &'r mut String {
    let mut headers = request.headers.iter_mut();
    &mut headers.find(|(header, _)| header == name).unwrap().1
}
