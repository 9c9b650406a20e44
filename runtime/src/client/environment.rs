//! Settings out of environment variables, as the AWS SDKs and tools read them
//! ([reference](https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html#EVarSettings)).

use super::endpoint_cache::{is_region, parse_url};
use super::user_agent::is_app_id;
use super::{BuildError, Retries};
#[cfg(feature = "sigv4")]
use crate::auth::Credentials;
use crate::auth::Identities;
use crate::schema::ServiceSchema;

const APP_ID: &str = "1 to 50 letters, digits or characters out of !$%&'*+-.^_`|~";
const URL: &str =
    "an `http` or `https` URL without a user name, password or query, such as `https://signin.example.com`";

/// What the environment says. What it does not say is `None`.
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
    /// Reads the variables; one that is empty is taken for one that is not set.
    pub(super) fn read(
        service: &ServiceSchema,
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, BuildError> {
        let text = |name: &str| lookup(name).filter(|value| !value.is_empty());
        Ok(Self {
            region: checked("AWS_REGION", &text, is_region, "a region such as `us-east-1`")?,
            endpoint_url: endpoint_url(service, &text)?,
            use_fips: flag("AWS_USE_FIPS_ENDPOINT", &text)?,
            use_dualstack: flag("AWS_USE_DUALSTACK_ENDPOINT", &text)?,
            retries: retries(&text)?,
            app_id: checked("AWS_SDK_UA_APP_ID", &text, is_app_id, APP_ID)?,
            account_id_endpoint_mode: text("AWS_ACCOUNT_ID_ENDPOINT_MODE"),
            identities: identities(&text),
        })
    }
}

/// The service's name in variables: `API Gateway` is `API_GATEWAY`.
fn service_suffix(service: &ServiceSchema) -> String {
    let name = service.sdk_id.unwrap_or(service.name());
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

type Text<'t> = &'t dyn Fn(&str) -> Option<String>;

/// A text that can be used as what it is for.
fn checked(
    name: &str,
    text: Text<'_>,
    is_good: impl FnOnce(&str) -> bool,
    expected: &'static str,
) -> Result<Option<String>, BuildError> {
    match text(name) {
        Some(value) if !is_good(&value) => Err(wrong(name, expected)),
        value => Ok(value),
    }
}

/// The service's own endpoint, or else that of all services.
fn endpoint_url(service: &ServiceSchema, text: Text<'_>) -> Result<Option<String>, BuildError> {
    if flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", text)? == Some(true) {
        return Ok(None);
    }
    let url = |name: &str| checked(name, text, |url| parse_url(url).is_ok(), URL);
    match url(&format!("AWS_ENDPOINT_URL_{}", service_suffix(service)))? {
        Some(own) => Ok(Some(own)),
        None => url("AWS_ENDPOINT_URL"),
    }
}

fn flag(name: &str, text: Text<'_>) -> Result<Option<bool>, BuildError> {
    match text(name) {
        None => Ok(None),
        Some(value) if value.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(value) if value.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(_) => Err(wrong(name, "`true` or `false`")),
    }
}

fn retries(text: Text<'_>) -> Result<Retries, BuildError> {
    let mode = text("AWS_RETRY_MODE");
    let retries = match mode.as_deref().map(str::to_ascii_lowercase).as_deref() {
        None => Retries::default(),
        // What SDKs did before there was a standard; each did something else.
        Some("standard" | "legacy") => Retries::standard(),
        Some("adaptive") => Retries::adaptive(),
        Some(_) => return Err(wrong("AWS_RETRY_MODE", "`standard` or `adaptive`")),
    };
    match text("AWS_MAX_ATTEMPTS").map(|value| value.trim().parse::<u32>()) {
        None => Ok(retries),
        Some(Ok(attempts @ 1..)) => Ok(retries.max_attempts(attempts)),
        Some(_) => Err(wrong("AWS_MAX_ATTEMPTS", "a whole number of attempts, 1 or more")),
    }
}

/// The credentials, if both of their parts are there.
#[cfg(feature = "sigv4")]
fn identities(text: Text<'_>) -> Identities {
    let Some((id, secret)) = text("AWS_ACCESS_KEY_ID").zip(text("AWS_SECRET_ACCESS_KEY")) else {
        return Identities::new();
    };
    let credentials = Credentials::new(id, secret, text("AWS_SESSION_TOKEN"), None, "environment");
    Identities::new().credentials(credentials)
}

#[cfg(not(feature = "sigv4"))]
fn identities(_: Text<'_>) -> Identities {
    Identities::new()
}

fn wrong(variable: &str, expected: &'static str) -> BuildError {
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
    fn variables_are_read_and_empty_ones_are_not_set() {
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
    fn the_endpoint_of_the_service_comes_before_that_of_all_services() {
        let all = ("AWS_ENDPOINT_URL", "http://all");
        let own = ("AWS_ENDPOINT_URL_API_GATEWAY", "http://own");
        assert_eq!(read(&[all]).unwrap().endpoint_url.as_deref(), Some("http://all"));
        assert_eq!(read(&[all, own]).unwrap().endpoint_url.as_deref(), Some("http://own"));
    }

    #[test]
    fn a_value_that_cannot_be_read_is_refused_by_the_variables_name_and_not_shown() {
        for variable in
            ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_RETRY_MODE", "AWS_MAX_ATTEMPTS"]
        {
            let text = read(&[(variable, "secret")]).unwrap_err().to_string();
            assert!(text.contains(variable) && !text.contains("secret"), "{text}");
        }
        assert!(read(&[("AWS_MAX_ATTEMPTS", "0")]).is_err());
    }
}
