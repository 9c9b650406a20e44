//! Settings from the environment variables of the AWS SDKs
//! ([reference](https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html#EVarSettings)).

use super::user_agent::is_app_id;
use super::{BuildError, Retries};
#[cfg(feature = "sigv4")]
use crate::auth::Credentials;
use crate::auth::Identities;
use crate::endpoint::{is_region, parse_url};
use crate::service::ServiceSchema;

const APP_ID: &str = "1 to 50 letters, digits or characters of !$%&'*+-.^_`|~";
const URL: &str =
    "an `http` or `https` URL without a user name, password or query, such as `https://signin.example.com`";

/// Settings read from environment variables; `None` if unset.
#[derive(Debug, Default)]
pub(super) struct Environment {
    pub(super) region: Option<String>,
    pub(super) endpoint_url: Option<String>,
    pub(super) use_fips: Option<bool>,
    pub(super) use_dualstack: Option<bool>,
    pub(super) retries: Retries,
    pub(super) app_id: Option<String>,
    pub(super) account_id_endpoint_mode: Option<String>,
    pub(super) identities: Identities,
}

impl Environment {
    /// Reads the variables. An empty variable is treated as unset.
    pub(super) fn read(
        service: &ServiceSchema,
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, BuildError> {
        let lookup = |name: &str| lookup(name).filter(|value| !value.is_empty());
        Ok(Self {
            region: validated("AWS_REGION", &lookup, is_region, "a region such as `us-east-1`")?,
            endpoint_url: endpoint_url(service, &lookup)?,
            use_fips: boolean("AWS_USE_FIPS_ENDPOINT", &lookup)?,
            use_dualstack: boolean("AWS_USE_DUALSTACK_ENDPOINT", &lookup)?,
            retries: retries(&lookup)?,
            app_id: validated("AWS_SDK_UA_APP_ID", &lookup, is_app_id, APP_ID)?,
            account_id_endpoint_mode: lookup("AWS_ACCOUNT_ID_ENDPOINT_MODE"),
            identities: identities(&lookup),
        })
    }
}

/// Returns the service's name as used in variable names: `API_GATEWAY` for `API Gateway`.
fn service_suffix(service: &ServiceSchema) -> String {
    let name = service.sdk_id.unwrap_or(service.name());
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

type Lookup<'l> = &'l dyn Fn(&str) -> Option<String>;

/// Returns the value of a variable, or an error if it is invalid.
fn validated(
    name: &str,
    lookup: Lookup<'_>,
    is_valid: impl FnOnce(&str) -> bool,
    expected: &'static str,
) -> Result<Option<String>, BuildError> {
    match lookup(name) {
        Some(value) if !is_valid(&value) => Err(invalid(name, expected)),
        value => Ok(value),
    }
}

/// Returns the endpoint of this service, or the one for all services.
fn endpoint_url(service: &ServiceSchema, lookup: Lookup<'_>) -> Result<Option<String>, BuildError> {
    if boolean("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", lookup)? == Some(true) {
        return Ok(None);
    }
    let url = |name: &str| validated(name, lookup, |url| parse_url(url).is_ok(), URL);
    match url(&format!("AWS_ENDPOINT_URL_{}", service_suffix(service)))? {
        Some(own) => Ok(Some(own)),
        None => url("AWS_ENDPOINT_URL"),
    }
}

fn boolean(name: &str, lookup: Lookup<'_>) -> Result<Option<bool>, BuildError> {
    match lookup(name) {
        None => Ok(None),
        Some(value) if value.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(value) if value.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(_) => Err(invalid(name, "`true` or `false`")),
    }
}

fn retries(lookup: Lookup<'_>) -> Result<Retries, BuildError> {
    let mode = lookup("AWS_RETRY_MODE");
    let retries = match mode.as_deref().map(str::to_ascii_lowercase).as_deref() {
        None => Retries::default(),
        // The SDKs' behaviour before standard mode, different in each of them.
        Some("standard" | "legacy") => Retries::standard(),
        Some("adaptive") => Retries::adaptive(),
        Some(_) => return Err(invalid("AWS_RETRY_MODE", "`standard` or `adaptive`")),
    };
    match lookup("AWS_MAX_ATTEMPTS").map(|value| value.trim().parse::<u32>()) {
        None => Ok(retries),
        Some(Ok(attempts @ 1..)) => Ok(retries.max_attempts(attempts)),
        Some(_) => Err(invalid("AWS_MAX_ATTEMPTS", "a positive integer")),
    }
}

/// Returns the AWS credentials, if both the access key id and the secret access key are set.
#[cfg(feature = "sigv4")]
fn identities(lookup: Lookup<'_>) -> Identities {
    let Some((id, secret)) = lookup("AWS_ACCESS_KEY_ID").zip(lookup("AWS_SECRET_ACCESS_KEY")) else {
        return Identities::new();
    };
    let credentials = Credentials::new(id, secret, lookup("AWS_SESSION_TOKEN"), None, "environment");
    Identities::new().credentials(credentials)
}

#[cfg(not(feature = "sigv4"))]
fn identities(_: Lookup<'_>) -> Identities {
    Identities::new()
}

fn invalid(variable: &str, expected: &'static str) -> BuildError {
    BuildError::Environment { variable: variable.to_owned(), expected }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::RestJson1;

    static SERVICE: ServiceSchema =
        ServiceSchema { sdk_id: Some("API Gateway"), ..ServiceSchema::new("a#Gate", "1", &RestJson1) };

    fn read(variables: &[(&str, &str)]) -> Result<Environment, BuildError> {
        Environment::read(&SERVICE, &|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn reads_variables_and_ignores_empty_ones() {
        let environment = read(&[
            ("AWS_REGION", "eu-west-1"),
            ("AWS_USE_FIPS_ENDPOINT", "TRUE"),
            ("AWS_USE_DUALSTACK_ENDPOINT", "false"),
            ("AWS_MAX_ATTEMPTS", "5"),
            ("AWS_RETRY_MODE", "Adaptive"),
            ("AWS_SDK_UA_APP_ID", ""),
        ]);
        let environment = environment.unwrap();
        assert_eq!(environment.region.as_deref(), Some("eu-west-1"));
        assert_eq!((environment.use_fips, environment.use_dualstack), (Some(true), Some(false)));
        assert_eq!(environment.retries, Retries::adaptive().max_attempts(5));
        assert_eq!(environment.app_id, None);
        assert_eq!(environment.endpoint_url, None);
    }

    #[test]
    fn service_specific_endpoint_takes_precedence() {
        let all = ("AWS_ENDPOINT_URL", "http://all");
        let own = ("AWS_ENDPOINT_URL_API_GATEWAY", "http://own");
        assert_eq!(read(&[all]).unwrap().endpoint_url.as_deref(), Some("http://all"));
        assert_eq!(read(&[all, own]).unwrap().endpoint_url.as_deref(), Some("http://own"));
    }

    #[test]
    fn errors_name_the_variable_and_not_its_value() {
        for variable in
            ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_RETRY_MODE", "AWS_MAX_ATTEMPTS"]
        {
            let text = read(&[(variable, "secret")]).unwrap_err().to_string();
            assert!(text.contains(variable) && !text.contains("secret"), "{text}");
        }
        assert!(read(&[("AWS_MAX_ATTEMPTS", "0")]).is_err());
    }
}
