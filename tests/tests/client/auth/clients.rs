//! Clients that authenticate their calls.

use super::support::{AuthClient, credentials, verifier};
use farrier_runtime::auth::{Credentials, Identities, ProvideCredentials, ProvideToken, Token};
use farrier_runtime::client::{Attempt, Hook};
use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::{BoxError, BoxFuture};
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response, tokens};
use farrier_tests::sigv4_verifier::SignatureError;
use signin_client::ErrorKind;
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// Starts a server that accepts only signed requests.
fn verifying_server() -> Server {
    Server::start(|request| match verifier("execute-api").session_token("the-token").verify(request) {
        Ok(()) => token_response(),
        Err(error) => ScriptedResponse::json(403, format!(r#"{{"message": "{error:?}"}}"#)),
    })
}

#[tokio::test]
async fn signs_with_credentials_and_session_token() {
    let server = verifying_server();
    let with = |credentials| AuthClient::builder(server.url()).credentials(credentials).build().unwrap();
    with(credentials(Some("the-token"))).call().await.unwrap();
    let error = with(credentials(None)).call().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.message()), (403, Some("SessionToken")));
}

struct AttemptHeaderHook;

impl Hook for AttemptHeaderHook {
    async fn before_attempt(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        let number = attempt.number();
        attempt.headers_mut().insert("x-amz-meta-attempt", number.into());
        Ok(())
    }
}

#[tokio::test]
async fn signs_headers_of_hooks_and_callers_in_each_attempt() {
    let server = Server::script([ScriptedResponse::new(503), ScriptedResponse::new(503), token_response()]);
    let builder = AuthClient::builder(server.url()).credentials(credentials(None)).hook(AttemptHeaderHook);
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
        assert_eq!(verifier("execute-api").verify(&other), Err(SignatureError::Signature));
    }
}

#[tokio::test]
async fn signs_the_endpoint_path() {
    let server = Server::always(token_response());
    let client = AuthClient::builder(server.url() + "/a%20b//stage/").credentials(credentials(None));
    client.build().unwrap().call().await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!(request.path, "/a%20b//stage/v1/token");
    assert_eq!(verifier("execute-api").verify(&request), Ok(()));
}

#[tokio::test]
async fn presigned_request_is_valid_until_it_expires() {
    let server = Server::always(token_response());
    let client =
        AuthClient::builder(server.url()).credentials(credentials(Some("the-token"))).build().unwrap();
    let request = client.call().presigned(Duration::from_secs(60)).await.unwrap();
    assert!(server.requests().is_empty());
    let received = super::support::receive(request, &server).await;
    let verifier = verifier("execute-api").session_token("the-token");
    assert_eq!(verifier.verify(&received), Ok(()));
    let late = SystemTime::now() + Duration::from_secs(120);
    assert_eq!(verifier.at(late).verify(&received), Err(SignatureError::Expired));

    let error = client.call().presigned(Duration::from_secs(700_000)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("1 second to 7 days"), "{error}");
}

#[tokio::test]
async fn missing_identity_fails_before_sending() {
    let server = Server::always(token_response());
    let error = AuthClient::builder(server.url()).build().unwrap().call().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("call `.credentials(…)`"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn configured_identity_selects_the_auth_scheme() {
    let server = Server::always(token_response());
    let builder = || AuthClient::builder(server.url());
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

/// Yields once before providing an identity, and counts its calls.
#[derive(Clone, Debug, Default)]
struct YieldingProvider(Arc<AtomicU32>);

impl YieldingProvider {
    async fn wait(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
        tokio::task::yield_now().await;
    }
}

impl ProvideCredentials for YieldingProvider {
    fn provide_credentials(&self) -> BoxFuture<'_, Result<Credentials, BoxError>> {
        Box::pin(async {
            self.wait().await;
            Ok(credentials(None))
        })
    }
}

impl ProvideToken for YieldingProvider {
    fn provide_token(&self) -> BoxFuture<'_, Result<Token, BoxError>> {
        Box::pin(async {
            self.wait().await;
            Ok(Token::new("the-token"))
        })
    }
}

#[tokio::test]
async fn concurrent_calls_share_one_provider_call() {
    let server = Server::always(token_response());
    for provider in [YieldingProvider::default(), YieldingProvider::default()] {
        let builder = AuthClient::builder(server.url());
        let client = Arc::new(match server.requests().is_empty() {
            true => builder.credentials(provider.clone()).build().unwrap(),
            false => builder.token(provider.clone()).build().unwrap(),
        });
        let calls: Vec<_> = (0..10).map(|_| tokio::spawn(client.call().into_future())).collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(provider.0.load(Ordering::SeqCst), 1);
    }
}

/// Fails on the first call.
#[derive(Debug, Default)]
struct FailsOnce(AtomicU32);

impl ProvideCredentials for FailsOnce {
    fn provide_credentials(&self) -> BoxFuture<'_, Result<Credentials, BoxError>> {
        Box::pin(std::future::ready(match self.0.fetch_add(1, Ordering::SeqCst) {
            0 => Err("metadata service unavailable".into()),
            _ => Ok(credentials(None)),
        }))
    }
}

#[tokio::test]
async fn failing_provider_is_retried_and_its_error_reported() {
    let server = Server::always(token_response());
    let client = || AuthClient::builder(server.url()).credentials(FailsOnce::default()).build().unwrap();
    let response = client().call().with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 2);

    let error = client().call().retries(0).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    let mut cause: &dyn Error = &error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    assert_eq!(cause.to_string(), "metadata service unavailable");
}

/// The model declares `@auth([])` for this operation.
#[tokio::test]
async fn operation_without_auth_is_not_signed() {
    let server = Server::always(token_response());
    let builder = signin_client::Client::builder().endpoint_url(server.url()).credentials(credentials(None));
    builder.build().unwrap().create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(server.requests()[0].header("authorization"), None);
}

/// Provides credentials after 200 ms, and counts its calls.
#[derive(Clone, Debug, Default)]
struct SlowProvider(Arc<AtomicU32>);

impl ProvideCredentials for SlowProvider {
    fn provide_credentials(&self) -> BoxFuture<'_, Result<Credentials, BoxError>> {
        Box::pin(async {
            self.0.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(200)).await;
            Ok(credentials(None))
        })
    }
}

#[tokio::test(start_paused = true)]
async fn next_call_continues_a_slow_load_of_credentials() {
    let mock = MockTransport::new().reply_fn(|_| Ok(http::Response::new(tokens().to_string().into())));
    let provider = SlowProvider::default();
    let builder = AuthClient::builder("https://signin.test").credentials(provider.clone());
    let client = builder.transport(mock).timeout(Duration::from_millis(50)).build().unwrap();
    let mut failed = 0;
    while let Err(error) = client.call().await {
        assert_eq!(error.kind(), ErrorKind::Timeout);
        failed += 1;
        assert!(failed < 10, "the credentials never arrive");
    }
    assert_eq!(provider.0.load(Ordering::SeqCst), 1);
    client.call().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn clients_can_share_cached_credentials() {
    let mock = MockTransport::new().reply_fn(|_| Ok(http::Response::new(tokens().to_string().into())));
    let provider = SlowProvider::default();
    let identities = Identities::new().credentials(provider.clone());
    let client = || {
        let builder = AuthClient::builder("https://signin.test").identities(identities.clone());
        builder.transport(mock.clone()).build().unwrap()
    };
    let (first, second) = (client(), client());
    let (first, second) = tokio::join!(first.call().into_future(), second.call().into_future());
    first.unwrap();
    second.unwrap();
    client().call().await.unwrap();
    assert_eq!(provider.0.load(Ordering::SeqCst), 1);
}

/// Nothing was sent, so that even a single-use call may have further attempts.
#[tokio::test(start_paused = true)]
async fn attempt_timeout_while_loading_credentials_is_retried() {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    let builder = AuthClient::builder("https://signin.test").credentials(SlowProvider::default());
    let client = builder.transport(mock.clone()).attempt_timeout(Duration::from_millis(150));
    client.build().unwrap().call().repeatable(false).await.unwrap();
    assert_eq!(mock.requests().len(), 1);
}

/// A provider with the trait of the AWS SDK, as those of `aws-config`.
#[tokio::test]
async fn a_provider_of_aws_config_is_a_provider() {
    use aws_credential_types::Credentials as AwsCredentials;
    use aws_credential_types::provider::SharedCredentialsProvider;
    let credentials = AwsCredentials::new("THE-ID", "the-key", Some("the-token".to_owned()), None, "test");
    let server = Server::always(token_response());
    let provider = SharedCredentialsProvider::new(credentials);
    let client = AuthClient::builder(server.url()).credentials(provider).build().unwrap();
    client.call().await.unwrap();
    let request = server.requests().remove(0);
    assert!(request.header("authorization").unwrap().contains("Credential=THE-ID/"));
    assert_eq!(request.header("x-amz-security-token"), Some("the-token"));
}
