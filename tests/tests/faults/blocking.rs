//! The fault matrix for blocking calls.

use crate::case::{self, Case, TIMEOUT};
use crate::cases;
use crate::certificates::TRUSTED;
use farrier_runtime::client::Builder;
use farrier_runtime::transport::{Roots, UreqTransport};
use signin_client::blocking::Client;
use std::time::Instant;

fn check(cases: &[Case], configure: impl Fn(Builder<Client>) -> Builder<Client> + Sync) {
    case::run_all(cases, |trial| {
        let client = Client::builder().endpoint_url(trial.server.url()).retries(case::fast_retries());
        let client = configure(client).build().unwrap();
        let started = Instant::now();
        let call = client.create_oauth2_token(trial.input.clone());
        let outcome = if trial.repeatable { call.repeatable(true).send() } else { call.send() };
        trial.check(outcome, started);
        drop(client);
        trial.server.wait_until_disconnected();
    });
}

#[test]
fn broken_connections() {
    check(&cases::broken_connections(), |client| client);
}

#[test]
fn read_timeouts() {
    check(&cases::read_timeouts(), |client| client.read_timeout(TIMEOUT));
}

#[test]
fn slow_bodies() {
    check(&cases::slow_bodies(), |client| client.min_throughput(case::min_throughput()));
}

#[test]
fn slow_heads() {
    let error = "download stalled: slower than 1000000 bytes per second for 250ms";
    check(&cases::slow_heads(error), |client| client.min_throughput(case::min_throughput()));
}

#[test]
fn attempt_timeouts() {
    check(&cases::attempt_timeouts(), |client| client.attempt_timeout(TIMEOUT));
}

#[test]
fn call_timeouts() {
    check(&cases::call_timeouts(), |client| client.timeout(TIMEOUT));
}

#[test]
fn error_responses() {
    check(&cases::error_responses(), |client| client);
}

#[test]
fn permanent_failures() {
    let roots = Roots::none().add_pem(TRUSTED.pem.clone());
    let transport = || UreqTransport::builder().roots(roots.clone()).build().unwrap();
    check(&cases::permanent_failures(), |client| client.transport(transport()));
}
