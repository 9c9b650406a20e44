//! Pending hooks, in async and blocking calls.

use farrier_runtime::client::{Attempt, AttemptResponse, Hook};
use farrier_runtime::transport::BoxError;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response};
use signin_client::{Client, ErrorKind, blocking};
use std::task::Poll;

/// Is pending once, until another thread wakes the task.
async fn wait() {
    let mut was_pending = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut was_pending, true) {
            return Poll::Ready(());
        }
        let waker = context.waker().clone();
        drop(std::thread::spawn(move || waker.wake()));
        Poll::Pending
    })
    .await;
}

struct PendingHook;

impl Hook for PendingHook {
    async fn before_attempt(&self, attempt: &mut Attempt<'_>) -> Result<(), BoxError> {
        wait().await;
        let number = attempt.number();
        attempt.headers_mut().insert("x-attempt", number.into());
        Ok(())
    }

    async fn after_response(&self, response: &AttemptResponse) -> Result<(), BoxError> {
        wait().await;
        if response.status() == 409 { Err("conflict".into()) } else { Ok(()) }
    }
}

fn attempts(server: &Server) -> Vec<String> {
    server.requests().iter().map(|request| request.header("x-attempt").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn async_calls_wait_for_hooks() {
    let server = Server::script([ScriptedResponse::new(503), token_response(), ScriptedResponse::new(409)]);
    let client = Client::builder().endpoint_url(server.url()).hook(PendingHook).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(attempts(&server), ["1", "2"]);
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Hook, 409));
}

#[test]
fn blocking_calls_wait_for_hooks() {
    let server = Server::script([ScriptedResponse::new(503), token_response(), ScriptedResponse::new(409)]);
    let client = blocking::Client::builder().endpoint_url(server.url()).hook(PendingHook).build().unwrap();
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    assert_eq!(attempts(&server), ["1", "2"]);
    let error = client.create_oauth2_token(refresh_grant()).send().unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Hook, 409));
}
