//! What several of the tests do.

use farrier_runtime::auth::{Credentials, Identities, Signer, choose};
use farrier_runtime::client::{Async, Builder, Call, Handle, ServiceClient};
use farrier_runtime::operation::Operation;
use farrier_runtime::schema::{ApiKeyLocation, AuthScheme, OperationSchema, OperationTrait, ServiceSchema};
use farrier_runtime::transport::{HyperTransport, Transport};
use farrier_runtime::types::{Body, Document};
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::refresh_grant;
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

/// A client of a service that knows every scheme.
pub(crate) struct Bare(pub(crate) Handle<Async>);

/// The schemes of [`Bare`]'s service, best first.
static SCHEMES: &[AuthScheme] = &[
    AuthScheme::Other("test#future"),
    AuthScheme::SigV4 { name: "execute-api" },
    AuthScheme::HttpBearer,
    AuthScheme::HttpApiKey { name: "key", location: ApiKeyLocation::Query, scheme: None },
    AuthScheme::HttpBasic,
];

impl ServiceClient for Bare {
    type Mode = Async;
    const SERVICE: &'static ServiceSchema =
        &ServiceSchema { auth: SCHEMES, ..*<signin_client::Client as ServiceClient>::SERVICE };

    fn from_handle(handle: Handle<Async>) -> Self {
        Self(handle)
    }
}

impl Bare {
    pub(crate) fn builder(url: impl Into<String>) -> Builder<Self> {
        Builder::new().endpoint_url(url).region(REGION)
    }

    /// A call that must be authenticated.
    pub(crate) fn call(&self) -> Call<Authenticated> {
        Call::new(&self.0, refresh_grant().into())
    }
}

/// `CreateOAuth2Token`, if its service asked who calls.
#[derive(Debug)]
pub(crate) struct Authenticated;

impl Operation for Authenticated {
    type Input = <CreateOAuth2Token as Operation>::Input;
    type Output = <CreateOAuth2Token as Operation>::Output;
    type Error = <CreateOAuth2Token as Operation>::Error;
    const SCHEMA: &'static OperationSchema = &OperationSchema {
        service: <Bare as ServiceClient>::SERVICE,
        traits: &[],
        ..*<CreateOAuth2Token as Operation>::SCHEMA
    };
}

/// Sends a request, and gives what came of it at the other end.
pub(crate) async fn receive(request: http::Request<Body>, server: &Server) -> Request {
    let answer = HyperTransport::new().send(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    server.requests().pop().unwrap()
}

pub(crate) fn server() -> Server {
    Server::always(ScriptedResponse::new(200))
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
