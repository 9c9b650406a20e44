//! The matrix for calls that are awaited.

use crate::case::{self, Case, LIMIT, Trial};
use crate::certificates::TRUSTED;
use crate::{cases, tasks};
use farrier_runtime::client::Builder;
use farrier_runtime::transport::{HyperTransport, Roots};
use signin_client::Client;
use std::time::Instant;

fn check(cases: &[Case], configure: impl Fn(Builder<Client>) -> Builder<Client> + Sync) {
    case::try_all(cases, |trial| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(make(trial, &configure));
    });
}

async fn make(trial: Trial<'_>, configure: &impl Fn(Builder<Client>) -> Builder<Client>) {
    let client = Client::builder().endpoint_url(trial.peer.url()).retries(case::soon());
    let client = configure(client).build().unwrap();
    let began = Instant::now();
    let outcome = client.create_oauth2_token(trial.input.clone()).await;
    trial.check(outcome, began);
    drop(client);
    tasks::end_down_to(0, &trial.what).await;
    trial.peer.wait_until_left();
}

#[test]
fn connections_that_break() {
    check(&cases::connections(), |client| client);
}

#[test]
fn servers_that_fall_silent() {
    check(&cases::silent(), |client| client.read_timeout(LIMIT));
}

#[test]
fn attempts_that_take_too_long() {
    check(&cases::slow(), |client| client.attempt_timeout(LIMIT));
}

#[test]
fn calls_that_take_too_long() {
    check(&cases::late(), |client| client.timeout(LIMIT));
}

#[test]
fn services_that_answer_with_an_error() {
    check(&cases::answers(), |client| client);
}

#[test]
fn what_would_fail_again() {
    let roots = Roots::none().and_pem(TRUSTED.pem.clone());
    let transport = || HyperTransport::builder().roots(roots.clone()).build().unwrap();
    check(&cases::for_good(), |client| client.transport(transport()));
}
