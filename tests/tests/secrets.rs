//! No secret is shown: not by `Debug`, not by `Display`, not by a source of an error, not in a log.
#![allow(clippy::unwrap_used, reason = "a helper that cannot do its part fails the test")]

use farrier_runtime::auth::{Credentials, Identities};
use farrier_runtime::client::{Attempt, AttemptResponse, BuildError, Builder, Hook};
use farrier_runtime::testing::MockTransport;
use farrier_runtime::transport::BoxError;
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{CLIENT_ID, client, client_at, with_request_id};
use serde_json::{Value, json};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::{
    AccessToken, CreateOAuth2TokenRequest, CreateOAuth2TokenRequestBody, CreateOAuth2TokenResponse,
    CreateOAuth2TokenResponseBody,
};
use signin_client::{Client, Error};
use std::fmt::{Debug, Display};
use std::io;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;
use tracing_subscriber::fmt::format::FmtSpan;

/// What every secret that is a text holds.
const MARK: &str = "5ecret";

/// A secret that is a number.
const NUMBER: u64 = 884_422_001_133;

fn secret(name: &str) -> String {
    format!("{MARK}-{name}")
}

fn assert_hidden(text: &str) {
    let shown = text.contains(MARK) || text.contains(&NUMBER.to_string());
    assert!(!shown, "a secret is shown:\n{}", &text[..text.len().min(2000)]);
}

fn assert_debug_hides(value: &impl Debug) {
    assert_hidden(&format!("{value:?} {value:#?}"));
}

fn assert_error_hides<E: Debug + Display>(error: &Error<E>) {
    assert_debug_hides(error);
    assert_hidden(&format!("{error} {error:#}"));
    if let Some(error) = error.service_error() {
        assert_debug_hides(error);
        assert_hidden(&format!("{error} {error:#}"));
    }
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        assert_hidden(&format!("{error} {error:#} {error:?} {error:#?}"));
        source = error.source();
    }
}

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn log() -> MutexGuard<'static, Vec<u8>> {
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Log;

impl io::Write for Log {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        log().extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes down every event and span of this process.
fn start_log() {
    static START: Once = Once::new();
    START.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_writer(|| Log)
            .init();
    });
}

/// What was taken down, in which the calls must be found, and no secret.
fn assert_log_hides() {
    let text = String::from_utf8(log().clone()).unwrap();
    for logged in [r#"operation="CreateOAuth2Token""#, "farrier_runtime", "hyper_util"] {
        assert!(text.contains(logged), "{logged} is not in the log:\n{text}");
    }
    assert_hidden(&text);
}

fn code_grant() -> CreateOAuth2TokenRequestBody {
    CreateOAuth2TokenRequestBody::new(CLIENT_ID, "authorization_code")
        .code(secret("code"))
        .redirect_uri("http://127.0.0.1/callback")
        .code_verifier(secret("verifier"))
}

fn refresh_grant() -> CreateOAuth2TokenRequestBody {
    CreateOAuth2TokenRequestBody::new(CLIENT_ID, "refresh_token").refresh_token(secret("refresh"))
}

fn tokens() -> Value {
    json!({
        "accessToken": {
            "accessKeyId": secret("access-key-id"),
            "secretAccessKey": secret("secret-access-key"),
            "sessionToken": secret("session-token"),
        },
        "tokenType": "aws_sigv4",
        "expiresIn": 900,
        "refreshToken": secret("next-refresh"),
        "idToken": secret("id-token"),
    })
}

/// The tokens with something else in place of a member.
fn tokens_with(pointer: &str, value: &Value) -> String {
    let mut tokens = tokens();
    *tokens.pointer_mut(pointer).unwrap() = value.clone();
    tokens.to_string()
}

/// Bodies that hold secrets, and no member in the way it should be.
fn broken_bodies() -> Vec<Vec<u8>> {
    let text = json!(secret("text"));
    let found = [text.clone(), json!(NUMBER), json!([text]), json!({ MARK: text }), json!(-1.5), json!(true)];
    let members = [
        "",
        "/accessToken",
        "/accessToken/accessKeyId",
        "/accessToken/secretAccessKey",
        "/accessToken/sessionToken",
        "/tokenType",
        "/expiresIn",
        "/refreshToken",
        "/idToken",
    ];
    let wrong = members.iter().flat_map(|member| found.iter().map(|value| tokens_with(member, value)));
    let mut bodies: Vec<Vec<u8>> = wrong.map(String::into_bytes).collect();
    let whole = tokens().to_string().into_bytes();
    bodies.extend((1..whole.len()).step_by(20).map(|length| whole[..length].to_vec()));
    bodies.push(secret("without-quotes").into());
    bodies.push(format!(r#"{{"accessToken": {}}}"#, secret("without-quotes")).into());
    bodies.push([whole.as_slice(), b" ", whole.as_slice()].concat());
    bodies.push([whole.as_slice(), b"\xff"].concat());
    bodies
}

async fn call(server: &Server) -> Result<CreateOAuth2TokenResponse, Error<CreateOAuth2TokenError>> {
    let call = client(server).create_oauth2_token(refresh_grant()).retries(0);
    assert_debug_hides(&call);
    call.await
}

#[test]
fn shapes_hide_their_sensitive_members() {
    let access_token = AccessToken::new(secret("a"), secret("b"), secret("c"));
    assert_debug_hides(&access_token);
    let body = CreateOAuth2TokenResponseBody::new(access_token, "aws_sigv4", 900, secret("d"));
    let body = body.id_token(secret("e"));
    assert_debug_hides(&body);
    assert_debug_hides(&CreateOAuth2TokenResponse::new(body));
    for body in [code_grant(), refresh_grant()] {
        assert_debug_hides(&body);
        assert_debug_hides(&CreateOAuth2TokenRequest::new(body));
    }
}

#[test]
fn a_body_hides_what_it_holds() {
    assert_debug_hides(&Body::from(MARK));
    assert_debug_hides(&http::Response::new(Body::from(MARK)));
}

#[tokio::test]
async fn success_hides_them() {
    start_log();
    let server = Server::always(ScriptedResponse::json(200, tokens().to_string()).header("set-cookie", MARK));
    let client = client(&server);
    for input in [code_grant(), refresh_grant()] {
        let call = client.create_oauth2_token(input).header("x-api-key", secret("header"));
        assert_debug_hides(&call);
        let call = call.with_metadata();
        assert_debug_hides(&call);
        let response = call.await.unwrap();
        assert_eq!(response.output.token_output.id_token, Some(secret("id-token")));
        assert_debug_hides(&response);
        assert_debug_hides(&response.metadata);
    }
    assert_debug_hides(&client);
    assert_log_hides();
}

#[tokio::test]
async fn declared_errors_hide_them() {
    start_log();
    for (status, shape) in [
        (401, "AccessDeniedException"),
        (403, "AccessDeniedException"),
        (500, "InternalServerException"),
        (429, "TooManyRequestsError"),
        (400, "ValidationException"),
        (400, "NotInTheModel"),
    ] {
        let mut body = tokens();
        body["error"] = "INVALID_REQUEST".into();
        body["message"] = "the message".into();
        let answer = ScriptedResponse::json(status, body.to_string()).header("x-amzn-errortype", shape);
        let error = call(&Server::always(answer)).await.unwrap_err();
        assert_eq!(error.code(), Some(shape));
        assert_error_hides(&error);
    }
    assert_log_hides();
}

#[tokio::test]
async fn bodies_that_cannot_be_read_hide_them() {
    start_log();
    for body in broken_bodies() {
        for status in [200, 401, 500] {
            let answer = ScriptedResponse::json(status, body.clone())
                .header("x-amzn-errortype", "AccessDeniedException");
            if let Err(error) = call(&Server::always(with_request_id(answer))).await {
                assert_error_hides(&error);
            }
        }
    }
    assert_log_hides();
}

#[tokio::test]
async fn members_of_errors_that_are_of_the_wrong_type_hide_them() {
    start_log();
    for value in [json!(NUMBER), json!([secret("item")]), json!({ MARK: secret("value") })] {
        for member in ["error", "message", "code", "__type"] {
            let body = json!({ member: value }).to_string();
            let answer = ScriptedResponse::json(400, body).header("x-amzn-errortype", "ValidationException");
            assert_error_hides(&call(&Server::always(answer)).await.unwrap_err());
        }
    }
    assert_log_hides();
}

#[tokio::test]
async fn broken_connections_hide_them() {
    start_log();
    let tokens = tokens().to_string();
    let half = &tokens[..tokens.len() / 2];
    for status in [200, 400] {
        let answer = ScriptedResponse::json(status, half);
        for answer in [
            answer.clone().then_close(),
            answer.clone().then_reset(),
            answer.clone().chunked().then_close(),
            answer.header("transfer-encoding", MARK).then_close(),
        ] {
            assert_error_hides(&call(&Server::always(answer)).await.unwrap_err());
        }
    }
    for broken in [
        "5ecret\r\n\r\n",
        "HTTP/1.1 5ecret\r\n\r\n",
        "HTTP/1.1 200 OK\r\n5ecret\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 5ecret\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5ecret",
    ] {
        assert_error_hides(&call(&Server::always(ScriptedResponse::raw(broken))).await.unwrap_err());
    }
    assert_log_hides();
}

#[tokio::test]
async fn timeouts_hide_them() {
    start_log();
    let half_answer = ScriptedResponse::json(200, format!(r#"{{"refreshToken":"{MARK}"#)).then_hang();
    for answer in [ScriptedResponse::silence(), half_answer] {
        let server = Server::always(answer);
        let client =
            Client::builder().endpoint_url(server.url()).timeout(Duration::from_millis(50)).build().unwrap();
        assert_error_hides(&client.create_oauth2_token(code_grant()).await.unwrap_err());
    }
    assert_log_hides();
}

/// A builder that knows secrets of every kind.
fn initiated(url: impl Into<String>) -> Builder<Client> {
    let variables = |name: &str| match name {
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" | "AWS_SESSION_TOKEN" => Some(secret(name)),
        _ => None,
    };
    let credentials = Credentials::new(secret("id"), secret("key"), Some(secret("token")), None, "test");
    let builder = Client::builder().endpoint_url(url).from_vars(variables).credentials(credentials);
    builder.token(secret("bearer")).api_key(secret("api-key")).basic_auth(secret("user"), secret("password"))
}

#[test]
fn what_a_client_proves_who_it_is_by_is_hidden() {
    let builder = initiated(format!("https://signin.test/{MARK}")).hook(Proving);
    assert_debug_hides(&builder);
    let client = builder.build().unwrap();
    assert_debug_hides(&client);
    let identities = Identities::new().token(secret("bearer")).api_key(secret("api-key"));
    assert_debug_hides(&identities.basic_auth(secret("user"), secret("password")));
}

/// Looks at what hooks are shown, and sets a proof.
struct Proving;

impl Hook for Proving {
    async fn before_attempt(&self, attempt: &mut Attempt) -> Result<(), BoxError> {
        assert_debug_hides(attempt);
        attempt.headers_mut().insert("dpop", secret("proof").try_into()?);
        attempt.headers_mut().insert("authorization", secret("authorization").try_into()?);
        assert_debug_hides(attempt);
        Ok(())
    }

    async fn after_response(&self, answer: &AttemptResponse) -> Result<(), BoxError> {
        assert_debug_hides(answer);
        Ok(())
    }
}

/// What a hook of the user fails with. Its `Debug` shows more than its text.
#[derive(Debug)]
struct Refusal(#[expect(dead_code, reason = "its `Debug` shows it")] String);

impl Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the key is not there")
    }
}

impl std::error::Error for Refusal {}

struct Refusing;

impl Hook for Refusing {
    async fn before_attempt(&self, _: &mut Attempt) -> Result<(), BoxError> {
        Err(Refusal(secret("of-hook")).into())
    }
}

#[tokio::test]
async fn hooks_hide_them() {
    start_log();
    let busy = ScriptedResponse::json(503, tokens().to_string()).header("set-cookie", MARK);
    let granted = ScriptedResponse::json(200, tokens().to_string()).header("dpop-nonce", MARK);
    let server = Server::script([busy, granted]);
    let client = initiated(format!("{}/{MARK}", server.url())).hook(Proving).build().unwrap();
    let response = client.create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    assert_debug_hides(&response.metadata);
    assert_eq!(server.requests()[1].header("dpop"), Some(secret("proof").as_str()));

    let client = initiated(server.url()).hook(Refusing).build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_debug_hides(&error);
    assert_eq!(error.to_string(), "CreateOAuth2Token: a hook refused it: the key is not there");
    assert_log_hides();
}

#[tokio::test]
async fn labels_of_a_host_and_path_are_hidden() {
    let mock = MockTransport::new().reply(503, MARK).reply(400, MARK).reply(200, MARK);
    let builder = golden_requests::Client::builder().endpoint_url(format!("https://{MARK}.test/{MARK}"));
    let builder = builder.transport(mock.clone());
    assert_debug_hides(&builder);
    let client = builder.build().unwrap();
    assert_debug_hides(&client);
    for _ in 0..3 {
        if let Err(error) = client.prefixed(secret("label")).await {
            assert_debug_hides(&error);
            assert_hidden(&error.to_string());
        }
    }
    assert!(mock.requests()[0].uri().to_string().contains(MARK));
    assert_debug_hides(&mock);
    let error = client.prefixed(format!("{MARK}/")).await.unwrap_err();
    assert_debug_hides(&error);
    assert_hidden(&error.to_string());
}

#[test]
fn variables_hide_what_they_hold() {
    for variable in [
        "AWS_ENDPOINT_URL",
        "AWS_MAX_ATTEMPTS",
        "AWS_REGION",
        "AWS_RETRY_MODE",
        "AWS_SDK_UA_APP_ID",
        "AWS_USE_FIPS_ENDPOINT",
    ] {
        let value = secret("with a space");
        let builder = Client::builder().from_vars(|name| (name == variable).then(|| value.clone()));
        assert_debug_hides(&builder);
        let error: BuildError = builder.build().unwrap_err();
        assert_debug_hides(&error);
        assert_hidden(&error.to_string());
    }
}

#[tokio::test]
async fn requests_that_cannot_be_made_hide_them() {
    let call = client_at("http://signin.test").create_oauth2_token(code_grant());
    let error = call.header("authorization", format!("{MARK}\n")).await.unwrap_err();
    assert_error_hides(&error);

    let url = format!("http://user:{MARK}@signin.test");
    let builder = Client::builder().endpoint_url(url);
    assert_debug_hides(&builder);
    let error = builder.build().unwrap_err();
    assert_debug_hides(&error);
    assert_hidden(&error.to_string());
}
