//! The environment of the process, which a client reads if it is told to.

use crate::support::{attempts_of, host_of};
use farrier_runtime::client::BuildError;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{granted, refresh_grant};
use signin_client::{Client, blocking};
use std::process::Command;

/// Says to [`of_a_child`] that it runs in a process whose environment it knows.
const CHILD: &str = "FARRIER_TESTS_CHILD";

#[test]
fn the_environment_is_read_only_when_a_client_is_told_to() {
    let server =
        Server::script([ScriptedResponse::new(503), ScriptedResponse::new(503), granted(), granted()]);
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "environment::of_a_child", "--nocapture"])
        .env(CHILD, "1")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_ENDPOINT_URL_SIGNIN", server.url())
        .env("AWS_MAX_ATTEMPTS", "2")
        .env("AWS_SDK_UA_APP_ID", "of-environment")
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&text));
    let requests = server.requests();
    assert_eq!(requests.len(), 4, "{}", String::from_utf8_lossy(&text));
    for request in requests {
        assert!(request.header("user-agent").unwrap().ends_with(" app/of-environment"));
    }
}

/// What the test above has run in a process of its own.
#[tokio::test]
async fn of_a_child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    assert_eq!(Client::builder().build().unwrap_err(), BuildError::MissingRegion);
    let builder = || Client::builder().region("eu-west-1");
    assert_eq!(host_of(builder()).await, "eu-west-1.signin.aws.amazon.com");
    assert_eq!(attempts_of(builder()).await, 3);

    let error = Client::from_env().unwrap().create_oauth2_token(refresh_grant()).await.unwrap_err();
    assert_eq!(error.attempts(), 2);
    let client = Client::builder().from_env().build().unwrap();
    client.create_oauth2_token(refresh_grant()).await.unwrap();
    let client = blocking::Client::from_env().unwrap();
    let call = tokio::task::spawn_blocking(move || client.create_oauth2_token(refresh_grant()).send());
    call.await.unwrap().unwrap();
}
