//! Blocking calls, from one thread and from several.

use super::support::{client, error_of};
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{REQUEST_ID, error_response, refresh_grant, token_response, tokens};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;

#[test]
fn send_returns_the_output() {
    let server = Server::always(token_response());
    let output = client(&server).create_oauth2_token(refresh_grant()).send().unwrap();
    assert_eq!(output.token_output.expires_in, 900);
    assert_eq!(server.requests()[0].json()["refreshToken"], "the-refresh-token");
}

#[test]
fn with_metadata_returns_output_and_metadata() {
    let server = Server::script([ScriptedResponse::new(503), token_response().header("x-extra", "e")]);
    let call = client(&server).create_oauth2_token(refresh_grant()).header("x-mine", "m").with_metadata();
    let response = call.send().unwrap();
    assert_eq!(response.output.token_output.expires_in, 900);
    assert_eq!(response.metadata.status(), 200);
    assert_eq!(response.metadata.headers()["x-extra"], "e");
    assert_eq!(response.metadata.request_id(), Some(REQUEST_ID));
    assert_eq!(response.metadata.attempts(), 2, "the 503 is retried");
    assert!(server.requests().iter().all(|request| request.header("x-mine") == Some("m")));
}

#[test]
fn service_error_is_typed() {
    for status in [401, 307, 500] {
        let error = error_of(error_response(status, "AccessDeniedException", "TOKEN_EXPIRED"));
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.status().unwrap(), status);
        assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
        assert_eq!(error.message(), Some("the message"));
    }
}

#[test]
fn redirect_is_an_error_and_is_not_followed() {
    let other = Server::always(token_response());
    let error = error_of(ScriptedResponse::new(307).header("location", &other.url()));
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status().unwrap(), 307);
    assert_eq!(other.connections(), 0);
}

#[test]
fn threads_sharing_a_client_get_their_own_responses() {
    const THREADS: usize = 8;
    const CALLS: usize = 50;
    let server = Server::start(|request| {
        let mut body = tokens();
        body["refreshToken"] = request.json()["refreshToken"].clone();
        ScriptedResponse::json(200, body.to_string())
    });
    let client = client(&server);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let client = client.clone();
            scope.spawn(move || {
                for number in 0..CALLS {
                    let token = format!("token-{thread}-{number}");
                    let input = refresh_grant().refresh_token(&token);
                    let output = client.create_oauth2_token(input).send().unwrap();
                    assert_eq!(output.token_output.refresh_token, token);
                }
            });
        }
    });
    assert_eq!(server.requests().len(), THREADS * CALLS);
    assert!(server.connections() <= THREADS, "{} connections", server.connections());
}

#[tokio::test]
async fn calls_work_in_spawn_blocking() {
    let server = Server::script([ScriptedResponse::new(503), token_response()]);
    let client = client(&server);
    let call = tokio::task::spawn_blocking(move || client.create_oauth2_token(refresh_grant()).send());
    assert_eq!(call.await.unwrap().unwrap().token_output.expires_in, 900);
}
