//! A clock that differs from the service's is set right by what the service answers.

use crate::support::{Bare, credentials, verifier};
use farrier_runtime::types::{Timestamp, TimestampFormat};
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::granted;
use std::time::{Duration, SystemTime};

const HOUR: Duration = Duration::from_secs(3600);

/// A service whose clock gives this time.
fn server(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Server {
    Server::start(move |request| {
        let date = http_date(now());
        match verifier("execute-api").at(now()).verify(request) {
            Ok(()) => granted().header("date", &date),
            Err(_) => skewed().header("date", &date),
        }
    })
}

fn http_date(time: SystemTime) -> String {
    Timestamp::from(time).format(TimestampFormat::HttpDate).unwrap()
}

fn skewed() -> ScriptedResponse {
    ScriptedResponse::json(403, r#"{"__type": "RequestTimeTooSkewed"}"#)
}

fn client(server: &Server) -> Bare {
    Bare::builder(server.url()).credentials(credentials(None)).build().unwrap()
}

/// Whether a service whose clock gives this time would take the request.
fn is_good_at(request: &Request, now: SystemTime) -> bool {
    verifier("execute-api").at(now).verify(request).is_ok()
}

#[tokio::test]
async fn a_request_that_is_refused_for_its_time_is_sent_again_by_the_services_clock() {
    for now in [|| SystemTime::now() + HOUR, || SystemTime::now() - HOUR] as [fn() -> SystemTime; 2] {
        let server = server(now);
        let client = client(&server);
        let response = client.call().with_metadata().await.unwrap();
        assert_eq!(response.metadata.attempts(), 2);
        let requests = server.requests();
        assert!(is_good_at(&requests[0], SystemTime::now()));
        assert!(is_good_at(&requests[1], now()));

        let response = client.call().with_metadata().await.unwrap();
        assert_eq!(response.metadata.attempts(), 1, "later calls are right at once");
    }
}

#[tokio::test]
async fn calls_at_the_same_time_are_all_set_right() {
    let server = server(|| SystemTime::now() + HOUR);
    let client = client(&server);
    let calls: Vec<_> = (0..8).map(|_| tokio::spawn(client.call().into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_service_that_refuses_the_time_of_its_own_clock_is_not_asked_for_ever() {
    let server = Server::always(skewed().header("date", &http_date(SystemTime::now() + HOUR)));
    let error = client(&server).call().await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("RequestTimeTooSkewed"), 2));
}

#[tokio::test]
async fn without_another_time_there_is_nothing_to_set_right() {
    let now = http_date(SystemTime::now());
    for answer in [skewed(), skewed().header("date", "yesterday"), skewed().header("date", &now)] {
        let server = Server::always(answer);
        assert_eq!(client(&server).call().await.unwrap_err().attempts(), 1);
    }
    let server = server(|| SystemTime::now() + HOUR);
    let error = client(&server).call().retries(0).await.unwrap_err();
    assert_eq!(error.attempts(), 1, "as many attempts as the call may have");
    assert_eq!(client(&server).call().with_metadata().await.unwrap().metadata.attempts(), 2);
}
