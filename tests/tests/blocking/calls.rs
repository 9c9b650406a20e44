//! What calls give, from one thread and from many.

use crate::support::{client, error_of};
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{REQUEST_ID, granted, refresh_grant, refusal, tokens};
use signin_client::ErrorKind;
use signin_client::error::CreateOAuth2TokenError;

#[test]
fn a_call_gives_its_output() {
    let server = Server::always(granted());
    let output = client(&server).create_oauth2_token(refresh_grant()).send().unwrap();
    assert_eq!(output.token_output.expires_in, 900);
    assert_eq!(server.requests()[0].json()["refreshToken"], "the-refresh-token");
}

#[test]
fn metadata_comes_with_the_output() {
    let server = Server::script([ScriptedResponse::new(503), granted().header("x-extra", "e")]);
    let call = client(&server).create_oauth2_token(refresh_grant()).header("x-mine", "m").with_metadata();
    let response = call.send().unwrap();
    assert_eq!(response.output.token_output.expires_in, 900);
    assert_eq!(response.metadata.status(), 200);
    assert_eq!(response.metadata.headers()["x-extra"], "e");
    assert_eq!(response.metadata.request_id(), Some(REQUEST_ID));
    assert_eq!(response.metadata.attempts(), 2, "a service that is busy is asked again");
    assert!(server.requests().iter().all(|request| request.header("x-mine") == Some("m")));
}

#[test]
fn an_error_of_the_service_is_typed() {
    for status in [401, 307, 500] {
        let error = error_of(refusal(status, "AccessDeniedException", "TOKEN_EXPIRED"));
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.status().unwrap(), status);
        assert!(matches!(error.service_error(), Some(CreateOAuth2TokenError::AccessDeniedException(_))));
        assert_eq!(error.message(), Some("the message"));
    }
}

#[test]
fn a_redirect_is_an_error_and_is_not_followed() {
    let elsewhere = Server::always(granted());
    let error = error_of(ScriptedResponse::new(307).header("location", &elsewhere.url()));
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.status().unwrap(), 307);
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn threads_share_a_client_and_each_gets_its_own_answers() {
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
async fn calls_can_be_made_in_the_threads_that_tokio_has_for_them() {
    let server = Server::script([ScriptedResponse::new(503), granted()]);
    let client = client(&server);
    let call = tokio::task::spawn_blocking(move || client.create_oauth2_token(refresh_grant()).send());
    assert_eq!(call.await.unwrap().unwrap().token_output.expires_in, 900);
}
