//! Settings from environment variables.

use super::support::{attempts_of, builder_with, host_of, lookup};
use farrier_runtime::client::Retries;
use farrier_runtime::testing::MockTransport;
use farrier_tests::signin::{refresh_grant, tokens};
use signin_client::Client;
use std::time::Duration;

#[tokio::test]
async fn settings_override_variables_and_variables_override_defaults() {
    let region = || builder_with(&[("AWS_REGION", "eu-central-1")]);
    assert_eq!(host_of(region()).await, "eu-central-1.signin.aws.amazon.com");
    assert_eq!(host_of(region().region("eu-west-1")).await, "eu-west-1.signin.aws.amazon.com");
    // The order of the calls does not matter.
    let builder = Client::builder().region("eu-west-1").from_vars(lookup(&[("AWS_REGION", "eu-central-1")]));
    assert_eq!(host_of(builder).await, "eu-west-1.signin.aws.amazon.com");

    let fips = || builder_with(&[("AWS_REGION", "eu-west-1"), ("AWS_USE_FIPS_ENDPOINT", "true")]);
    assert_eq!(host_of(fips()).await, "signin-fips.eu-west-1.amazonaws.com");
    assert_eq!(host_of(fips().use_fips(false)).await, "eu-west-1.signin.aws.amazon.com");
    let dual = || builder_with(&[("AWS_REGION", "eu-west-1"), ("AWS_USE_DUALSTACK_ENDPOINT", "True")]);
    assert_eq!(host_of(dual()).await, "signin.eu-west-1.api.aws");
    assert_eq!(host_of(dual().use_dualstack(false)).await, "eu-west-1.signin.aws.amazon.com");
}

#[tokio::test]
async fn default_region_variable_is_second() {
    const DEFAULT: (&str, &str) = ("AWS_DEFAULT_REGION", "eu-west-3");
    const REGION: (&str, &str) = ("AWS_REGION", "eu-central-1");
    assert_eq!(host_of(builder_with(&[DEFAULT])).await, "eu-west-3.signin.aws.amazon.com");
    assert_eq!(host_of(builder_with(&[DEFAULT, REGION])).await, "eu-central-1.signin.aws.amazon.com");
    assert_eq!(
        host_of(builder_with(&[DEFAULT, ("AWS_REGION", "")])).await,
        "eu-west-3.signin.aws.amazon.com"
    );
}

#[tokio::test]
async fn service_endpoint_url_overrides_the_global_one() {
    const ALL: (&str, &str) = ("AWS_ENDPOINT_URL", "https://all.test");
    const OWN: (&str, &str) = ("AWS_ENDPOINT_URL_SIGNIN", "https://own.test");
    const REGION: (&str, &str) = ("AWS_REGION", "eu-west-1");
    assert_eq!(host_of(builder_with(&[ALL, REGION])).await, "all.test");
    assert_eq!(host_of(builder_with(&[ALL, OWN, REGION])).await, "own.test");
    assert_eq!(host_of(builder_with(&[ALL, OWN]).endpoint_url("https://set.test")).await, "set.test");
    assert_eq!(
        host_of(builder_with(&[ALL, ("AWS_ENDPOINT_URL_OTHER", "https://other.test"), REGION])).await,
        "all.test"
    );
    const IGNORED: (&str, &str) = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    let ignored = || builder_with(&[ALL, OWN, REGION, IGNORED]);
    assert_eq!(host_of(ignored()).await, "eu-west-1.signin.aws.amazon.com");
    assert_eq!(host_of(ignored().endpoint_url("https://set.test")).await, "set.test");
}

#[tokio::test(start_paused = true)]
async fn most_specific_setting_limits_the_attempts() {
    let url = "https://signin.test";
    assert_eq!(attempts_of(Client::builder().endpoint_url(url)).await, 3);
    let five = || builder_with(&[("AWS_MAX_ATTEMPTS", "5")]).endpoint_url(url);
    assert_eq!(attempts_of(five()).await, 5);
    assert_eq!(
        attempts_of(five().retries(Retries::adaptive())).await,
        5,
        "the mode does not change the number of attempts"
    );
    assert_eq!(attempts_of(five().retries(1)).await, 2);
    assert_eq!(attempts_of(five().retries(Retries::off())).await, 1);

    let mock = (0..9).fold(MockTransport::new(), |mock, _| mock.reply(503, ""));
    let client = five().retries(1).transport(mock).build().unwrap();
    let call = client.create_oauth2_token(refresh_grant()).retries(3);
    assert_eq!(call.await.unwrap_err().attempts(), 4, "the call's own setting comes first");
}

/// Returns the duration of nine calls, the first of which is throttled once.
async fn time_nine_calls(mode: &'static [(&'static str, &'static str)]) -> Duration {
    let mock =
        (0..9).fold(MockTransport::new().reply(429, ""), |mock, _| mock.reply(200, tokens().to_string()));
    let client = builder_with(mode).endpoint_url("https://signin.test").transport(mock).build().unwrap();
    let started = tokio::time::Instant::now();
    for _ in 0..9 {
        client.create_oauth2_token(refresh_grant()).await.unwrap();
    }
    started.elapsed()
}

#[tokio::test(start_paused = true)]
async fn retry_mode_variable_selects_the_mode() {
    assert!(time_nine_calls(&[("AWS_RETRY_MODE", "adaptive")]).await > Duration::from_secs(2));
    assert!(time_nine_calls(&[("AWS_RETRY_MODE", "standard")]).await <= Duration::from_millis(1100));
    assert!(time_nine_calls(&[("AWS_RETRY_MODE", "legacy")]).await <= Duration::from_millis(1100));
}

#[test]
fn invalid_variable_error_names_it_without_its_value() {
    let url = "an `http` or `https` URL without a user name, password or query, such as `https://signin.example.com`";
    for (variables, expected) in [
        (&[("AWS_REGION", "5ecret/")], "a region such as `us-east-1`"),
        (&[("AWS_DEFAULT_REGION", "5ecret/")], "a region such as `us-east-1`"),
        (&[("AWS_DISABLE_HOST_PREFIX_INJECTION", "5ecret")], "`true` or `false`"),
        (&[("AWS_DISABLE_REQUEST_COMPRESSION", "5ecret")], "`true` or `false`"),
        (&[("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "5ecret")], "a number of bytes from 0 to 10485760"),
        (&[("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10485761")], "a number of bytes from 0 to 10485760"),
        (&[("AWS_ACCOUNT_ID_ENDPOINT_MODE", "5ecret")], "`preferred`, `disabled` or `required`"),
        (&[("AWS_S3_USE_ARN_REGION", "5ecret")], "`true` or `false`"),
        (&[("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", "5ecret")], "`true` or `false`"),
        (&[("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "5ecret")], "`regional` or `legacy`"),
        (&[("AWS_STS_REGIONAL_ENDPOINTS", "5ecret")], "`regional` or `legacy`"),
        (&[("AWS_ENDPOINT_URL", "5ecret.test")], url),
        (&[("AWS_ENDPOINT_URL_SIGNIN", "https://user:5ecret@signin.test")], url),
        (&[("AWS_USE_FIPS_ENDPOINT", "5ecret")], "`true` or `false`"),
        (&[("AWS_USE_DUALSTACK_ENDPOINT", "5ecret")], "`true` or `false`"),
        (&[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "5ecret")], "`true` or `false`"),
        (&[("AWS_MAX_ATTEMPTS", "5ecret")], "a positive integer"),
        (&[("AWS_MAX_ATTEMPTS", "0")], "a positive integer"),
        (&[("AWS_RETRY_MODE", "5ecret")], "`standard` or `adaptive`"),
        (&[("AWS_SDK_UA_APP_ID", "5ecret app")], "1 to 50 letters, digits or characters of !$%&'*+-.^_`|~"),
    ] {
        let error = builder_with(variables).build().unwrap_err();
        let variable = variables[0].0;
        let text = format!("invalid value of environment variable {variable}: expected {expected}");
        assert_eq!(error.to_string(), text);
        assert!(!format!("{error:?}").contains("5ecret"));
    }
}

#[test]
fn empty_variables_are_unset() {
    let error =
        builder_with(&[("AWS_REGION", ""), ("AWS_MAX_ATTEMPTS", ""), ("AWS_ENDPOINT_URL", "")]).build();
    assert_eq!(error.unwrap_err(), signin_client::runtime::client::BuildError::MissingRegion);
}
