//! Secrets appear neither in `Debug` or `Display` output, nor in error sources, nor in logs.
#![allow(clippy::unwrap_used, reason = "panics fail the test")]

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

/// Part of every secret string.
const MARKER: &str = "5ecret";

/// A secret number.
const NUMBER: u64 = 884_422_001_133;

fn secret(name: &str) -> String {
    format!("{MARKER}-{name}")
}

fn assert_hidden(text: &str) {
    let is_visible = text.contains(MARKER) || text.contains(&NUMBER.to_string());
    assert!(!is_visible, "a secret is visible:\n{}", &text[..text.len().min(2000)]);
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

/// Starts to log every event and span of this process.
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

/// Asserts that the log contains the calls, and no secret.
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

/// Returns the tokens with one member replaced.
fn tokens_with(pointer: &str, value: &Value) -> String {
    let mut tokens = tokens();
    *tokens.pointer_mut(pointer).unwrap() = value.clone();
    tokens.to_string()
}

/// Returns malformed bodies that contain secrets.
fn malformed_bodies() -> Vec<Vec<u8>> {
    let text = json!(secret("text"));
    let values =
        [text.clone(), json!(NUMBER), json!([text]), json!({ MARKER: text }), json!(-1.5), json!(true)];
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
    let wrong = members.iter().flat_map(|member| values.iter().map(|value| tokens_with(member, value)));
    let mut bodies: Vec<Vec<u8>> = wrong.map(String::into_bytes).collect();
    let complete = tokens().to_string().into_bytes();
    bodies.extend((1..complete.len()).step_by(20).map(|length| complete[..length].to_vec()));
    bodies.push(secret("without-quotes").into());
    bodies.push(format!(r#"{{"accessToken": {}}}"#, secret("without-quotes")).into());
    bodies.push([complete.as_slice(), b" ", complete.as_slice()].concat());
    bodies.push([complete.as_slice(), b"\xff"].concat());
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
fn body_hides_its_content() {
    assert_debug_hides(&Body::from(MARKER));
    assert_debug_hides(&http::Response::new(Body::from(MARKER)));
}

#[tokio::test]
async fn output_and_metadata_hide_secrets() {
    start_log();
    let server =
        Server::always(ScriptedResponse::json(200, tokens().to_string()).header("set-cookie", MARKER));
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
async fn declared_errors_hide_secrets() {
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
        let response = ScriptedResponse::json(status, body.to_string()).header("x-amzn-errortype", shape);
        let error = call(&Server::always(response)).await.unwrap_err();
        assert_eq!(error.code(), Some(shape));
        assert_error_hides(&error);
    }
    assert_log_hides();
}

#[tokio::test]
async fn malformed_body_errors_hide_secrets() {
    start_log();
    for body in malformed_bodies() {
        for status in [200, 401, 500] {
            let response = ScriptedResponse::json(status, body.clone())
                .header("x-amzn-errortype", "AccessDeniedException");
            if let Err(error) = call(&Server::always(with_request_id(response))).await {
                assert_error_hides(&error);
            }
        }
    }
    assert_log_hides();
}

#[tokio::test]
async fn mistyped_error_members_hide_secrets() {
    start_log();
    for value in [json!(NUMBER), json!([secret("item")]), json!({ MARKER: secret("value") })] {
        for member in ["error", "message", "code", "__type"] {
            let body = json!({ member: value }).to_string();
            let response =
                ScriptedResponse::json(400, body).header("x-amzn-errortype", "ValidationException");
            assert_error_hides(&call(&Server::always(response)).await.unwrap_err());
        }
    }
    assert_log_hides();
}

#[tokio::test]
async fn connection_errors_hide_secrets() {
    start_log();
    let tokens = tokens().to_string();
    let partial = &tokens[..tokens.len() / 2];
    for status in [200, 400] {
        let response = ScriptedResponse::json(status, partial);
        for response in [
            response.clone().then_close(),
            response.clone().then_reset(),
            response.clone().chunked().then_close(),
            response.header("transfer-encoding", MARKER).then_close(),
        ] {
            assert_error_hides(&call(&Server::always(response)).await.unwrap_err());
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
async fn timeout_errors_hide_secrets() {
    start_log();
    let stalled = ScriptedResponse::json(200, format!(r#"{{"refreshToken":"{MARKER}"#)).then_hang();
    for response in [ScriptedResponse::hang(), stalled] {
        let server = Server::always(response);
        let client =
            Client::builder().endpoint_url(server.url()).timeout(Duration::from_millis(50)).build().unwrap();
        assert_error_hides(&client.create_oauth2_token(code_grant()).await.unwrap_err());
    }
    assert_log_hides();
}

/// Returns a builder with secrets of every kind.
fn builder_with_secrets(url: impl Into<String>) -> Builder<Client> {
    let variables = |name: &str| match name {
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" | "AWS_SESSION_TOKEN" => Some(secret(name)),
        _ => None,
    };
    let credentials = Credentials::from_keys(secret("id"), secret("key")).session_token(secret("token"));
    let builder = Client::builder().endpoint_url(url).from_vars(variables).credentials(credentials);
    let identities = Identities::new().token(secret("bearer")).api_key(secret("api-key"));
    builder.identities(identities.basic_auth(secret("user"), secret("password")))
}

#[test]
fn builder_and_client_hide_credentials() {
    let builder = builder_with_secrets(format!("https://signin.test/{MARKER}")).hook(SecretHeadersHook);
    assert_debug_hides(&builder);
    let client = builder.build().unwrap();
    assert_debug_hides(&client);
    let identities = Identities::new().token(secret("bearer")).api_key(secret("api-key"));
    assert_debug_hides(&identities.basic_auth(secret("user"), secret("password")));
}

/// Asserts that the arguments of hooks hide secrets, and sets secret headers.
struct SecretHeadersHook;

impl Hook for SecretHeadersHook {
    async fn before_attempt(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        assert_debug_hides(attempt);
        attempt.headers_mut().insert("dpop", secret("proof").try_into()?);
        attempt.headers_mut().insert("authorization", secret("authorization").try_into()?);
        assert_debug_hides(attempt);
        Ok(())
    }

    async fn after_response(&self, response: &AttemptResponse) -> Result<(), BoxError> {
        assert_debug_hides(response);
        Ok(())
    }
}

/// A user's error whose `Debug` output contains a secret.
#[derive(Debug)]
struct HookError(#[expect(dead_code, reason = "its `Debug` shows it")] String);

impl Display for HookError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("missing key")
    }
}

impl std::error::Error for HookError {}

struct FailingHook;

impl Hook for FailingHook {
    async fn before_attempt(&self, _: &mut Attempt<'_>) -> Result<(), BoxError> {
        Err(HookError(secret("of-hook")).into())
    }
}

#[tokio::test]
async fn hooks_hide_secrets() {
    start_log();
    let busy = ScriptedResponse::json(503, tokens().to_string()).header("set-cookie", MARKER);
    let success = ScriptedResponse::json(200, tokens().to_string()).header("dpop-nonce", MARKER);
    let server = Server::script([busy, success]);
    let client =
        builder_with_secrets(format!("{}/{MARKER}", server.url())).hook(SecretHeadersHook).build().unwrap();
    let response = client.create_oauth2_token(refresh_grant()).with_metadata().await.unwrap();
    assert_debug_hides(&response.metadata);
    assert_eq!(server.requests()[1].header("dpop"), Some(secret("proof").as_str()));

    let client = builder_with_secrets(server.url()).hook(FailingHook).build().unwrap();
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_debug_hides(&error);
    assert_eq!(error.to_string(), "CreateOAuth2Token: hook failed: missing key");
    assert_log_hides();
}

#[tokio::test]
async fn host_and_path_labels_are_hidden() {
    let mock = MockTransport::new().reply(503, MARKER).reply(400, MARKER).reply(200, MARKER);
    // The host of the endpoint is shown if it cannot be reached.
    let builder = snapshot_requests::Client::builder().endpoint_url(format!("https://a.test/{MARKER}"));
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
    assert!(mock.requests()[0].uri().to_string().contains(MARKER));
    assert_debug_hides(&mock);
    let error = client.prefixed(format!("{MARKER}/")).await.unwrap_err();
    assert_debug_hides(&error);
    assert_hidden(&error.to_string());
}

#[test]
fn environment_variables_hide_their_values() {
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
async fn invalid_requests_hide_secrets() {
    let call = client_at("http://signin.test").create_oauth2_token(code_grant());
    let error = call.header("authorization", format!("{MARKER}\n")).await.unwrap_err();
    assert_error_hides(&error);

    let url = format!("http://user:{MARKER}@signin.test");
    let builder = Client::builder().endpoint_url(url);
    assert_debug_hides(&builder);
    let error = builder.build().unwrap_err();
    assert_debug_hides(&error);
    assert_hidden(&error.to_string());
}
