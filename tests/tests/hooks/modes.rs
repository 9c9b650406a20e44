//! Hooks may wait, whether calls are awaited or block.

use farrier_runtime::client::{Attempt, AttemptResponse, Hook};
use farrier_runtime::transport::BoxError;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{granted, refresh_grant};
use signin_client::{Client, ErrorKind, blocking};
use std::task::Poll;

/// Lets others run first, on a thread that wakes it.
async fn wait() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        let waker = context.waker().clone();
        drop(std::thread::spawn(move || waker.wake()));
        Poll::Pending
    })
    .await;
}

struct Waiting;

impl Hook for Waiting {
    async fn before_attempt(&self, attempt: &mut Attempt) -> Result<(), BoxError> {
        wait().await;
        let number = attempt.number();
        attempt.headers_mut().insert("x-attempt", number.into());
        Ok(())
    }

    async fn after_response(&self, answer: &AttemptResponse) -> Result<(), BoxError> {
        wait().await;
        if answer.status() == 409 { Err("conflict".into()) } else { Ok(()) }
    }
}

fn attempts(server: &Server) -> Vec<String> {
    server.requests().iter().map(|request| request.header("x-attempt").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn calls_that_are_awaited_wait_for_hooks() {
    let server = Server::script([ScriptedResponse::new(503), granted(), ScriptedResponse::new(409)]);
    let client = Client::builder().endpoint_url(server.url()).hook(Waiting).build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    assert_eq!(attempts(&server), ["1", "2"]);
    let error = client.create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Hook, 409));
}

#[test]
fn calls_that_block_wait_for_hooks() {
    let server = Server::script([ScriptedResponse::new(503), granted(), ScriptedResponse::new(409)]);
    let client = blocking::Client::builder().endpoint_url(server.url()).hook(Waiting).build().unwrap();
    client.create_oauth2_token(refresh_grant()).send().unwrap();
    assert_eq!(attempts(&server), ["1", "2"]);
    let error = client.create_oauth2_token(refresh_grant()).send().unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Hook, 409));
}
