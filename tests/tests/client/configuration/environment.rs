//! Settings from the environment of the process, which only `from_env` reads.

use super::support::{attempts_of, host_of};
use farrier_runtime::client::BuildError;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response};
use signin_client::{Client, blocking};
use std::process::Command;

/// Variable that is set if [`in_a_child_process`] runs in the process of the test above it.
const CHILD: &str = "FARRIER_TESTS_CHILD";

#[test]
fn environment_is_read_only_by_from_env() {
    let server = Server::script([
        ScriptedResponse::new(503),
        ScriptedResponse::new(503),
        token_response(),
        token_response(),
    ]);
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "configuration::environment::in_a_child_process", "--nocapture"])
        .env(CHILD, "1")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_ENDPOINT_URL_SIGNIN", server.url())
        .env("AWS_MAX_ATTEMPTS", "2")
        .env("AWS_SDK_UA_APP_ID", "from-environment")
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&text));
    let requests = server.requests();
    assert_eq!(requests.len(), 4, "{}", String::from_utf8_lossy(&text));
    for request in requests {
        assert!(request.header("user-agent").unwrap().ends_with(" app/from-environment"));
    }
}

/// Run by the test above in a child process.
#[tokio::test]
async fn in_a_child_process() {
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
