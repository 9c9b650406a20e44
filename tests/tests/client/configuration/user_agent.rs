//! The `user-agent` header.

use super::support::{builder_with, request_of};
use farrier_runtime::testing::{MockTransport, RecordedRequest};
use farrier_tests::signin::{refresh_grant, tokens};
use signin_client::Client;

const URL: &str = "https://signin.test";

#[tokio::test]
async fn user_agent_has_client_service_and_os() {
    let request = request_of(Client::builder().endpoint_url(URL)).await;
    let text = request.headers()["user-agent"].to_str().unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let os = std::env::consts::OS;
    assert_eq!(text, format!("farrier/{version} ua/2.1 api/signin#2023-01-01 os/{os} lang/rust"));
}

#[tokio::test]
async fn user_agent_has_the_app_id() {
    let text = |request: RecordedRequest| request.headers()["user-agent"].to_str().unwrap().to_owned();
    let from_variable = || builder_with(&[("AWS_SDK_UA_APP_ID", "from-variable")]).endpoint_url(URL);
    assert!(text(request_of(from_variable()).await).ends_with(" lang/rust app/from-variable"));
    assert!(text(request_of(from_variable().app_id("set")).await).ends_with(" lang/rust app/set"));
}

#[tokio::test]
async fn call_header_overrides_the_user_agent() {
    let mock = MockTransport::new().reply(200, tokens().to_string());
    let client = Client::builder().endpoint_url(URL).transport(mock.clone()).build().unwrap();
    let call = client.create_oauth2_token(refresh_grant());
    call.header("User-Agent", "browser/1").await.unwrap();
    let requests = mock.requests();
    assert_eq!(requests[0].headers().get_all("user-agent").iter().collect::<Vec<_>>(), ["browser/1"]);
}

#[tokio::test]
async fn non_aws_service_gets_no_aws_headers() {
    let mock = MockTransport::new().reply(200, "{}");
    let client =
        snapshot_errors::Client::builder().endpoint_url(URL).transport(mock.clone()).build().unwrap();
    drop(client.fail().await);
    let requests = mock.requests();
    let mut names = requests[0].headers().keys().map(http::HeaderName::as_str);
    assert!(requests[0].headers().contains_key("user-agent"));
    assert!(!names.any(|name| name.starts_with("amz-") || name.starts_with("x-amz-")));
}
