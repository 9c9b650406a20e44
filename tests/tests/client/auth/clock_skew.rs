//! Clock skew, corrected by the `date` header of the service.

use super::support::{AuthClient, credentials, verifier};
use farrier_runtime::types::{Timestamp, TimestampFormat};
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::token_response;
use std::time::{Duration, SystemTime};

const HOUR: Duration = Duration::from_secs(3600);

/// Starts a service whose clock shows this time.
fn server(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Server {
    Server::start(move |request| {
        let date = http_date(now());
        match verifier("execute-api").at(now()).verify(request) {
            Ok(()) => token_response().header("date", &date),
            Err(_) => skew_error().header("date", &date),
        }
    })
}

fn http_date(time: SystemTime) -> String {
    Timestamp::from(time).format(TimestampFormat::HttpDate).unwrap()
}

fn skew_error() -> ScriptedResponse {
    ScriptedResponse::json(403, r#"{"__type": "RequestTimeTooSkewed"}"#)
}

fn client(server: &Server) -> AuthClient {
    AuthClient::builder(server.url()).credentials(credentials(None)).build().unwrap()
}

/// Returns true if the signature of a request is valid at this time.
fn is_valid_at(request: &Request, now: SystemTime) -> bool {
    verifier("execute-api").at(now).verify(request).is_ok()
}

#[tokio::test]
async fn retries_clock_skew_with_the_time_of_the_service() {
    for now in [|| SystemTime::now() + HOUR, || SystemTime::now() - HOUR] as [fn() -> SystemTime; 2] {
        let server = server(now);
        let client = client(&server);
        let response = client.call().with_metadata().await.unwrap();
        assert_eq!(response.metadata.attempts(), 2);
        let requests = server.requests();
        assert!(is_valid_at(&requests[0], SystemTime::now()));
        assert!(is_valid_at(&requests[1], now()));

        let response = client.call().with_metadata().await.unwrap();
        assert_eq!(response.metadata.attempts(), 1, "later calls use the corrected time");
    }
}

#[tokio::test]
async fn concurrent_calls_are_all_corrected() {
    let server = server(|| SystemTime::now() + HOUR);
    let client = client(&server);
    let calls: Vec<_> = (0..8).map(|_| tokio::spawn(client.call().into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn persistent_clock_skew_error_is_retried_once() {
    let server = Server::always(skew_error().header("date", &http_date(SystemTime::now() + HOUR)));
    let error = client(&server).call().await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("RequestTimeTooSkewed"), 2));
}

#[tokio::test]
async fn clock_skew_is_not_retried_without_a_different_date() {
    let now = http_date(SystemTime::now());
    for response in
        [skew_error(), skew_error().header("date", "yesterday"), skew_error().header("date", &now)]
    {
        let server = Server::always(response);
        assert_eq!(client(&server).call().await.unwrap_err().attempts(), 1);
    }
    let server = server(|| SystemTime::now() + HOUR);
    let error = client(&server).call().retries(0).await.unwrap_err();
    assert_eq!(error.attempts(), 1, "the retry counts as an attempt");
    assert_eq!(client(&server).call().with_metadata().await.unwrap().metadata.attempts(), 2);
}
