//! Endpoint rules: those of Sign-In, by what is configured.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

use divan::{Bencher, black_box};
use farrier_runtime::endpoint::{ParamValue, Params, RuleSet, resolve};
use farrier_runtime::operation::Operation;
use signin_client::operation::CreateOAuth2Token;

fn main() {
    divan::main();
}

fn rules() -> &'static RuleSet {
    CreateOAuth2Token::SCHEMA.service.endpoint.unwrap()
}

/// Finds the endpoint for parameters that are set each time, as a client does.
fn resolving(bencher: Bencher, params: &[(&'static str, ParamValue)]) {
    bencher.bench_local(|| {
        let mut all = Params::new(rules());
        for (name, value) in black_box(params) {
            all.set(name, value.clone()).unwrap();
        }
        resolve(rules(), &all).unwrap()
    });
}

#[divan::bench]
fn region(bencher: Bencher) {
    resolving(bencher, &[("Region", "us-east-1".into())]);
}

#[divan::bench]
fn region_with_fips(bencher: Bencher) {
    resolving(bencher, &[("Region", "us-east-1".into()), ("UseFIPS", true.into())]);
}

#[divan::bench]
fn region_that_no_partition_lists(bencher: Bencher) {
    resolving(bencher, &[("Region", "eu-nowhere-7".into())]);
}

#[divan::bench]
fn url(bencher: Bencher) {
    resolving(bencher, &[("Endpoint", "https://signin.example.com".into())]);
}
