//! The matrix for calls that block.

use crate::case::{self, Case, LIMIT};
use crate::cases;
use crate::certificates::TRUSTED;
use farrier_runtime::client::Builder;
use farrier_runtime::transport::{Roots, UreqTransport};
use signin_client::blocking::Client;
use std::time::Instant;

fn check(cases: &[Case], configure: impl Fn(Builder<Client>) -> Builder<Client> + Sync) {
    case::try_all(cases, |trial| {
        let client = Client::builder().endpoint_url(trial.peer.url()).retries(case::soon());
        let client = configure(client).build().unwrap();
        let began = Instant::now();
        let outcome = client.create_oauth2_token(trial.input.clone()).send();
        trial.check(outcome, began);
        drop(client);
        trial.peer.wait_until_left();
    });
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
    let transport = || UreqTransport::builder().roots(roots.clone()).build().unwrap();
    check(&cases::for_good(), |client| client.transport(transport()));
}
