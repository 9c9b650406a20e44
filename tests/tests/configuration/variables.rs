//! Settings out of variables.

use crate::support::{attempts_of, host_of, lookup, with};
use farrier_runtime::client::Retries;
use farrier_runtime::testing::MockTransport;
use farrier_tests::signin::{refresh_grant, tokens};
use signin_client::Client;
use std::time::Duration;

#[tokio::test]
async fn what_is_set_comes_before_variables_and_these_before_what_is_the_default() {
    let region = || with(&[("AWS_REGION", "eu-central-1")]);
    assert_eq!(host_of(region()).await, "eu-central-1.signin.aws.amazon.com");
    assert_eq!(host_of(region().region("eu-west-1")).await, "eu-west-1.signin.aws.amazon.com");
    // It makes no difference which is said first.
    let builder = Client::builder().region("eu-west-1").from_vars(lookup(&[("AWS_REGION", "eu-central-1")]));
    assert_eq!(host_of(builder).await, "eu-west-1.signin.aws.amazon.com");

    let fips = || with(&[("AWS_REGION", "eu-west-1"), ("AWS_USE_FIPS_ENDPOINT", "true")]);
    assert_eq!(host_of(fips()).await, "signin-fips.eu-west-1.amazonaws.com");
    assert_eq!(host_of(fips().use_fips(false)).await, "eu-west-1.signin.aws.amazon.com");
    let dual = || with(&[("AWS_REGION", "eu-west-1"), ("AWS_USE_DUALSTACK_ENDPOINT", "True")]);
    assert_eq!(host_of(dual()).await, "signin.eu-west-1.api.aws");
    assert_eq!(host_of(dual().use_dualstack(false)).await, "eu-west-1.signin.aws.amazon.com");
}

#[tokio::test]
async fn the_endpoint_of_the_service_comes_before_that_of_all_services() {
    const ALL: (&str, &str) = ("AWS_ENDPOINT_URL", "https://all.test");
    const OWN: (&str, &str) = ("AWS_ENDPOINT_URL_SIGNIN", "https://own.test");
    const REGION: (&str, &str) = ("AWS_REGION", "eu-west-1");
    assert_eq!(host_of(with(&[ALL, REGION])).await, "all.test");
    assert_eq!(host_of(with(&[ALL, OWN, REGION])).await, "own.test");
    assert_eq!(host_of(with(&[ALL, OWN]).endpoint_url("https://set.test")).await, "set.test");
    assert_eq!(
        host_of(with(&[ALL, ("AWS_ENDPOINT_URL_OTHER", "https://other.test"), REGION])).await,
        "all.test"
    );
    const IGNORED: (&str, &str) = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    let ignored = || with(&[ALL, OWN, REGION, IGNORED]);
    assert_eq!(host_of(ignored()).await, "eu-west-1.signin.aws.amazon.com");
    assert_eq!(host_of(ignored().endpoint_url("https://set.test")).await, "set.test");
}

#[tokio::test(start_paused = true)]
async fn attempts_are_as_many_as_the_nearest_setting_says() {
    let url = "https://signin.test";
    assert_eq!(attempts_of(Client::builder().endpoint_url(url)).await, 3);
    let five = || with(&[("AWS_MAX_ATTEMPTS", "5")]).endpoint_url(url);
    assert_eq!(attempts_of(five()).await, 5);
    assert_eq!(attempts_of(five().retries(Retries::adaptive())).await, 5, "the mode is another setting");
    assert_eq!(attempts_of(five().retries(1)).await, 2);
    assert_eq!(attempts_of(five().retries(Retries::off())).await, 1);

    let mock = (0..9).fold(MockTransport::new(), |mock, _| mock.reply(503, ""));
    let client = five().retries(1).transport(mock).build().unwrap();
    let call = client.create_oauth2_token(refresh_grant()).retries(3);
    assert_eq!(call.await.unwrap_err().attempts(), 4, "the call's own setting comes first");
}

/// How long nine calls take, the first of which is throttled once.
async fn pace(mode: &'static [(&'static str, &'static str)]) -> Duration {
    let mock =
        (0..9).fold(MockTransport::new().reply(429, ""), |mock, _| mock.reply(200, tokens().to_string()));
    let client = with(mode).endpoint_url("https://signin.test").transport(mock).build().unwrap();
    let started = tokio::time::Instant::now();
    for _ in 0..9 {
        client.create_oauth2_token(refresh_grant()).await.unwrap();
    }
    started.elapsed()
}

#[tokio::test(start_paused = true)]
async fn the_retry_mode_acts() {
    assert!(pace(&[("AWS_RETRY_MODE", "adaptive")]).await > Duration::from_secs(2));
    assert!(pace(&[("AWS_RETRY_MODE", "standard")]).await <= Duration::from_millis(1100));
    assert!(pace(&[("AWS_RETRY_MODE", "legacy")]).await <= Duration::from_millis(1100));
}

#[test]
fn a_variable_that_cannot_be_used_is_named_and_its_value_not_shown() {
    let url = "an `http` or `https` URL without a user name, password or query, such as `https://signin.example.com`";
    for (variables, expected) in [
        (&[("AWS_REGION", "5ecret/")], "a region such as `us-east-1`"),
        (&[("AWS_ENDPOINT_URL", "5ecret.test")], url),
        (&[("AWS_ENDPOINT_URL_SIGNIN", "https://user:5ecret@signin.test")], url),
        (&[("AWS_USE_FIPS_ENDPOINT", "5ecret")], "`true` or `false`"),
        (&[("AWS_USE_DUALSTACK_ENDPOINT", "5ecret")], "`true` or `false`"),
        (&[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "5ecret")], "`true` or `false`"),
        (&[("AWS_MAX_ATTEMPTS", "5ecret")], "a whole number of attempts, 1 or more"),
        (&[("AWS_MAX_ATTEMPTS", "0")], "a whole number of attempts, 1 or more"),
        (&[("AWS_RETRY_MODE", "5ecret")], "`standard` or `adaptive`"),
        (
            &[("AWS_SDK_UA_APP_ID", "5ecret app")],
            "1 to 50 letters, digits or characters out of !$%&'*+-.^_`|~",
        ),
    ] {
        let error = with(variables).build().unwrap_err();
        let variable = variables[0].0;
        let text = format!("the environment variable {variable} cannot be used: it takes {expected}");
        assert_eq!(error.to_string(), text);
        assert!(!format!("{error:?}").contains("5ecret"));
    }
}

#[test]
fn variables_that_are_empty_are_not_set() {
    let error = with(&[("AWS_REGION", ""), ("AWS_MAX_ATTEMPTS", ""), ("AWS_ENDPOINT_URL", "")]).build();
    assert_eq!(error.unwrap_err(), signin_client::runtime::client::BuildError::MissingRegion);
}
