//! The matrix for calls that are awaited.

use crate::case::{Case, LIMIT, calls, soon};
use crate::certificates::TRUSTED;
use crate::{cases, tasks};
use farrier_runtime::client::Builder;
use farrier_runtime::transport::{HyperTransport, Roots};
use signin_client::Client;
use std::time::Instant;

async fn check(cases: Vec<Case>, configure: impl Fn(Builder<Client>) -> Builder<Client>) {
    for case in cases {
        for (name, input, expected) in calls(&case) {
            let what = format!("{}, {name}", case.name);
            let (peer, tasks_before) = ((case.server)(), tasks::count());
            let client = Client::builder().endpoint_url(peer.url()).retries(soon());
            let client = configure(client).build().unwrap();
            let began = Instant::now();
            let outcome = client.create_oauth2_token(input).await;
            expected.check(&what, outcome, began, &peer);
            drop(client);
            tasks::end_down_to(tasks_before, &what).await;
            peer.wait_until_left();
        }
    }
}

#[tokio::test]
async fn connections_that_break() {
    check(cases::connections(), |client| client).await;
}

#[tokio::test]
async fn servers_that_fall_silent() {
    check(cases::silent(), |client| client.read_timeout(LIMIT)).await;
}

#[tokio::test]
async fn attempts_that_take_too_long() {
    check(cases::slow(), |client| client.attempt_timeout(LIMIT)).await;
}

#[tokio::test]
async fn calls_that_take_too_long() {
    check(cases::late(), |client| client.timeout(LIMIT)).await;
}

#[tokio::test]
async fn services_that_answer_with_an_error() {
    check(cases::answers(), |client| client).await;
}

#[tokio::test]
async fn what_would_fail_again() {
    let roots = Roots::none().and_pem(TRUSTED.pem.clone());
    let transport = || HyperTransport::builder().roots(roots.clone()).build().unwrap();
    check(cases::for_good(), |client| client.transport(transport())).await;
}
