//! The matrix for calls that block.

use crate::case::{Case, LIMIT, calls, soon};
use crate::cases;
use crate::certificates::TRUSTED;
use farrier_runtime::client::Builder;
use farrier_runtime::transport::{Roots, UreqTransport};
use signin_client::blocking::Client;
use std::time::Instant;

fn check(cases: Vec<Case>, configure: impl Fn(Builder<Client>) -> Builder<Client>) {
    for case in cases {
        for (name, input, expected) in calls(&case) {
            let peer = (case.server)();
            let client = Client::builder().endpoint_url(peer.url()).retries(soon());
            let client = configure(client).build().unwrap();
            let began = Instant::now();
            let outcome = client.create_oauth2_token(input).send();
            expected.check(&format!("{}, {name}", case.name), outcome, began, &peer);
            drop(client);
            peer.wait_until_left();
        }
    }
}

#[test]
fn connections_that_break() {
    check(cases::connections(), |client| client);
}

#[test]
fn servers_that_fall_silent() {
    check(cases::silent(), |client| client.read_timeout(LIMIT));
}

#[test]
fn attempts_that_take_too_long() {
    check(cases::slow(), |client| client.attempt_timeout(LIMIT));
}

#[test]
fn calls_that_take_too_long() {
    check(cases::late(), |client| client.timeout(LIMIT));
}

#[test]
fn services_that_answer_with_an_error() {
    check(cases::answers(), |client| client);
}

#[test]
fn what_would_fail_again() {
    let roots = Roots::none().and_pem(TRUSTED.pem.clone());
    let transport = || UreqTransport::builder().roots(roots.clone()).build().unwrap();
    check(cases::for_good(), |client| client.transport(transport()));
}
