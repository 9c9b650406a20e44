//! Clock skew, corrected by the `date` header of the service.

use super::support::{AuthClient, credentials, verifier};
use farrier_runtime::auth::Credentials;
use farrier_runtime::types::{Timestamp, TimestampFormat};
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::token_response;
use farrier_tests::sigv4_verifier::{ACCESS_KEY_ID, SECRET_ACCESS_KEY};
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

#[tokio::test]
async fn clock_skew_of_a_single_use_call_is_not_retried() {
    let server = server(|| SystemTime::now() + HOUR);
    let client = client(&server);
    let error = client.call().repeatable(false).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    let response = client.call().repeatable(false).with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 1, "the first response corrected the time");
}

#[tokio::test]
async fn clock_skew_retries_take_from_the_retry_quota() {
    // Each response is another hour ahead, so that each is a reason to retry.
    let hours = std::sync::atomic::AtomicU32::new(0);
    let server = Server::start(move |_| {
        let hours = 1 + hours.fetch_add(1, std::sync::atomic::Ordering::SeqCst) % 20;
        skew_error().header("date", &http_date(SystemTime::now() + HOUR * hours))
    });
    let client = client(&server);
    let mut attempts = Vec::new();
    for _ in 0..30 {
        attempts.push(client.call().await.unwrap_err().attempts());
    }
    assert_eq!(attempts[..17], [3; 17]);
    assert_eq!(attempts[18..], [1; 12], "35 retries use up the quota of 500 tokens");
}

/// One response must not disable a client.
#[tokio::test]
async fn absurd_dates_do_not_change_the_clock() {
    let day = 24 * HOUR;
    let now = SystemTime::now();
    for date in [now + 20 * 365 * day, now + 2 * day, now - 2 * day, SystemTime::UNIX_EPOCH + day] {
        let lies = std::sync::atomic::AtomicBool::new(true);
        let server = Server::start(move |request| {
            if lies.swap(false, std::sync::atomic::Ordering::SeqCst) {
                return skew_error().header("date", &http_date(date));
            }
            match verifier("execute-api").verify(request) {
                Ok(()) => token_response(),
                Err(_) => skew_error(),
            }
        });
        let client = client(&server);
        let error = client.call().await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{date:?}");
        client.call().await.unwrap();
    }
}

/// The clock of the service must not decide if credentials have expired.
#[tokio::test]
async fn corrected_clock_does_not_expire_credentials() {
    let lies = std::sync::atomic::AtomicBool::new(true);
    let server = Server::start(move |request| {
        let now = SystemTime::now();
        if lies.swap(false, std::sync::atomic::Ordering::SeqCst) {
            return skew_error().header("date", &http_date(now + 10 * HOUR));
        }
        match verifier("execute-api").verify(request) {
            Ok(()) => token_response().header("date", &http_date(now)),
            Err(_) => skew_error().header("date", &http_date(now)),
        }
    });
    let expiring =
        Credentials::from_keys(ACCESS_KEY_ID, SECRET_ACCESS_KEY).expires_at(SystemTime::now() + HOUR);
    let client = AuthClient::builder(server.url()).credentials(expiring).build().unwrap();
    client.call().await.unwrap();
    let response = client.call().with_metadata().await.unwrap();
    assert_eq!(response.metadata.attempts(), 1, "the correction is discarded");
}
