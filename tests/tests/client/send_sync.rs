//! Clients can be shared between threads, and calls can be spawned as tasks.

use farrier_runtime::Error;
use farrier_runtime::testing::MockTransport;
use farrier_tests::signin::refresh_grant;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::{AnyError, Client, blocking};

fn assert_shareable<T: Clone + Send + Sync + 'static>() {}

fn assert_error<T: std::error::Error + Send + Sync + 'static>() {}

fn assert_send<T: Send + 'static>(value: T) -> T {
    value
}

#[test]
fn clients_are_clone_send_and_sync() {
    assert_shareable::<Client>();
    assert_shareable::<blocking::Client>();
    assert_shareable::<MockTransport>();
}

#[test]
fn errors_are_send_and_sync() {
    assert_error::<Error<CreateOAuth2TokenError>>();
    assert_error::<AnyError>();
}

#[test]
fn futures_of_calls_are_send() {
    let client = Client::builder().region("us-east-1").transport(MockTransport::new()).build().unwrap();
    drop(assert_send(client.create_oauth2_token(refresh_grant())));
    drop(assert_send(client.create_oauth2_token(refresh_grant()).into_future()));
    drop(assert_send(client.create_oauth2_token(refresh_grant()).send()));
    drop(assert_send(client.create_oauth2_token(refresh_grant()).with_metadata().into_future()));
}
