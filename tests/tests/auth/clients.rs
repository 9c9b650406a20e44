//! Whole clients that authenticate their calls.

use crate::support::{Bare, credentials, verifier};
use farrier_runtime::auth::{CredentialsError, ProvideCredentials, ProvideToken, Token, future};
use farrier_runtime::client::{Attempt, Hook};
use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::{BoxError, BoxFuture};
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::{granted, refresh_grant, tokens};
use farrier_tests::sigv4_verifier::Refusal;
use signin_client::ErrorKind;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// Answers only requests that are signed.
fn guarded() -> Server {
    Server::start(|request| match verifier("execute-api").session_token("the-token").verify(request) {
        Ok(()) => granted(),
        Err(refusal) => ScriptedResponse::json(403, format!(r#"{{"message": "{refusal:?}"}}"#)),
    })
}

#[tokio::test]
async fn a_client_with_credentials_is_let_in() {
    let server = guarded();
    let with = |credentials| Bare::builder(server.url()).credentials(credentials).build().unwrap();
    with(credentials(Some("the-token"))).call().await.unwrap();
    let error = with(credentials(None)).call().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.message()), (403, Some("SessionToken")));
}

struct Tagging;

impl Hook for Tagging {
    async fn before_attempt(&self, attempt: &mut Attempt) -> Result<(), BoxError> {
        let number = attempt.number();
        attempt.headers_mut().insert("x-amz-meta-attempt", number.into());
        Ok(())
    }
}

#[tokio::test]
async fn each_attempt_is_signed_with_what_hooks_and_callers_set() {
    let server = Server::script([ScriptedResponse::new(503), ScriptedResponse::new(503), granted()]);
    let builder = Bare::builder(server.url()).credentials(credentials(None)).hook(Tagging);
    builder.build().unwrap().call().header("x-amz-meta-mine", "a  b").await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for (index, request) in requests.iter().enumerate() {
        assert_eq!(verifier("execute-api").verify(request), Ok(()));
        assert_eq!(request.header("x-amz-meta-attempt"), Some((index + 1).to_string().as_str()));
        let signed = request.header("authorization").unwrap();
        assert!(signed.contains(";x-amz-meta-attempt;x-amz-meta-mine"), "{signed}");
        let mut other = request.clone();
        other.body[0] ^= 1;
        assert_eq!(verifier("execute-api").verify(&other), Err(Refusal::Signature));
    }
}

#[tokio::test]
async fn a_path_of_the_endpoint_is_signed_too() {
    let server = Server::always(granted());
    let client = Bare::builder(server.url() + "/a%20b//stage/").credentials(credentials(None));
    client.build().unwrap().call().await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!(request.path, "/a%20b//stage/v1/token");
    assert_eq!(verifier("execute-api").verify(&request), Ok(()));
}

#[tokio::test]
async fn a_call_is_presigned_and_sent_by_another() {
    let server = Server::always(granted());
    let client = Bare::builder(server.url()).credentials(credentials(Some("the-token"))).build().unwrap();
    let request = client.call().presigned(Duration::from_secs(60)).await.unwrap();
    assert!(server.requests().is_empty());
    let received = crate::support::receive(request, &server).await;
    let verifier = verifier("execute-api").session_token("the-token");
    assert_eq!(verifier.verify(&received), Ok(()));
    let late = SystemTime::now() + Duration::from_secs(120);
    assert_eq!(verifier.at(late).verify(&received), Err(Refusal::Expired));

    let error = client.call().presigned(Duration::from_secs(700_000)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("1 second to 7 days"), "{error}");
}

#[tokio::test]
async fn without_an_identity_nothing_is_sent() {
    let server = Server::always(granted());
    let error = Bare::builder(server.url()).build().unwrap().call().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("call `.credentials(…)`"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_identity_that_is_there_decides_the_scheme() {
    let server = Server::always(granted());
    let builder = || Bare::builder(server.url());
    for builder in
        [builder().token("the-token"), builder().api_key("k&y"), builder().basic_auth("me", "pass")]
    {
        builder.build().unwrap().call().await.unwrap();
    }
    let [token, key, basic] = <[Request; 3]>::try_from(server.requests()).unwrap();
    assert_eq!(token.header("authorization"), Some("Bearer the-token"));
    assert_eq!((key.header("authorization"), key.path.as_str()), (None, "/v1/token?key=k%26y"));
    assert_eq!(basic.header("authorization"), Some("Basic bWU6cGFzcw=="));
}

#[tokio::test]
async fn a_token_is_not_sent_in_the_clear() {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    let client = |url: &str| Bare::builder(url).token("the-token").transport(mock.clone()).build().unwrap();
    let error = client("http://signin.test").call().await.unwrap_err();
    assert_eq!((error.kind(), mock.requests().len()), (ErrorKind::Auth, 0));
    client("https://signin.test").call().await.unwrap();
    assert_eq!(mock.requests()[0].headers()["authorization"], "Bearer the-token");
}

/// Gives what it is asked for when others have had their turn, and counts.
#[derive(Clone, Debug, Default)]
struct Slow(Arc<AtomicU32>);

impl Slow {
    async fn wait(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
        tokio::task::yield_now().await;
    }
}

impl ProvideCredentials for Slow {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            self.wait().await;
            Ok(credentials(None))
        })
    }
}

impl ProvideToken for Slow {
    fn provide_token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async {
            self.wait().await;
            Ok(Token::new("the-token"))
        })
    }
}

#[tokio::test]
async fn calls_at_the_same_time_ask_a_provider_once() {
    let server = Server::always(granted());
    for asked in [Slow::default(), Slow::default()] {
        let builder = Bare::builder(server.url());
        let client = Arc::new(match server.requests().is_empty() {
            true => builder.credentials(asked.clone()).build().unwrap(),
            false => builder.token(asked.clone()).build().unwrap(),
        });
        let calls: Vec<_> = (0..10).map(|_| tokio::spawn(client.call().into_future())).collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(asked.0.load(Ordering::SeqCst), 1);
    }
}

/// Fails at first.
#[derive(Debug, Default)]
struct Shaky(AtomicU32);

impl ProvideCredentials for Shaky {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(match self.0.fetch_add(1, Ordering::SeqCst) {
            0 => Err(CredentialsError::provider_error("the metadata service is away")),
            _ => Ok(credentials(None)),
        })
    }
}

#[tokio::test]
async fn a_provider_that_fails_is_asked_again_and_then_named() {
    let server = Server::always(granted());
    let client = || Bare::builder(server.url()).credentials(Shaky::default()).build().unwrap();
    let response = client().call().with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 2);

    let error = client().call().retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    let mut cause: &dyn Error = &error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    assert_eq!(cause.to_string(), "the metadata service is away");
}

/// The generated operation says itself that nobody need tell who they are.
#[tokio::test]
async fn an_operation_that_asks_for_nobody_is_sent_as_it_is() {
    let server = Server::always(granted());
    let builder = signin_client::Client::builder().endpoint_url(server.url()).credentials(credentials(None));
    builder.build().unwrap().create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(server.requests()[0].header("authorization"), None);
}
