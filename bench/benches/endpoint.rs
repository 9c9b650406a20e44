//! Resolution of Sign-In's endpoint with different configurations.
#![allow(clippy::unwrap_used, reason = "a panic fails the benchmark")]

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

/// Sets the parameters and resolves the endpoint, as a client does.
fn bench_resolve(bencher: Bencher, params: &[(&'static str, ParamValue)]) {
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
    bench_resolve(bencher, &[("Region", "us-east-1".into())]);
}

#[divan::bench]
fn region_with_fips(bencher: Bencher) {
    bench_resolve(bencher, &[("Region", "us-east-1".into()), ("UseFIPS", true.into())]);
}

#[divan::bench]
fn unlisted_region(bencher: Bencher) {
    bench_resolve(bencher, &[("Region", "eu-nowhere-7".into())]);
}

#[divan::bench]
fn url(bencher: Bencher) {
    bench_resolve(bencher, &[("Endpoint", "https://signin.example.com".into())]);
}
