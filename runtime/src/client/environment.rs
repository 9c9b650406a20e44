//! Settings from the environment variables of the AWS SDKs
//! ([reference](https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html#EVarSettings)).

use super::endpoint_cache::ACCOUNT_ID_ENDPOINT_MODE;
use super::user_agent::is_app_id;
use super::{BuildError, Retries};
#[cfg(feature = "sigv4")]
use crate::auth::Credentials;
use crate::auth::Identities;
use crate::endpoint::{ParamValue, is_region, parse_url};
use crate::operation::RequestOptions;
use crate::service::{AuthScheme, ServiceSchema};

const APP_ID: &str = "1 to 50 letters, digits or characters of !$%&'*+-.^_`|~";
const URL: &str =
    "an `http` or `https` URL without a user name, password or query, such as `https://signin.example.com`";

/// Settings read from environment variables; `None` if unset.
#[derive(Default)]
pub(super) struct Environment {
    pub(super) region: Option<String>,
    pub(super) endpoint_url: Option<String>,
    pub(super) use_fips: Option<bool>,
    pub(super) use_dualstack: Option<bool>,
    pub(super) retries: Retries,
    pub(super) app_id: Option<String>,
    /// Values of built-in endpoint parameters.
    pub(super) built_ins: Vec<(&'static str, ParamValue)>,
    /// `None` to discover the endpoints of operations that require it.
    pub(super) endpoint_discovery: Option<bool>,
    pub(super) request_options: RequestOptions,
    /// The path of a PEM file.
    pub(super) ca_bundle: Option<String>,
    /// Credentials, the bearer token, and the preferred auth schemes.
    pub(super) identities: Identities,
    /// The identities of a client without identities of its own: the scheme of the token is the first to use.
    pub(super) only_identities: Identities,
}

impl Environment {
    /// Reads the variables. An empty variable is treated as unset.
    pub(super) fn read(
        service: &ServiceSchema,
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, BuildError> {
        let lookup = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let identities = identities(&lookup);
        let token = token(service, &lookup);
        let (identities, only_identities) = match token {
            Some(token) => (identities.clone().token(token.clone()), identities.preferred_token(token)),
            None => (identities.clone(), identities),
        };
        Ok(Self {
            region: region(&lookup)?,
            endpoint_url: endpoint_url(service, &lookup)?,
            use_fips: boolean("AWS_USE_FIPS_ENDPOINT", &lookup)?,
            use_dualstack: boolean("AWS_USE_DUALSTACK_ENDPOINT", &lookup)?,
            retries: retries(&lookup)?,
            app_id: validated("AWS_SDK_UA_APP_ID", &lookup, is_app_id, APP_ID)?,
            built_ins: built_ins(&lookup)?,
            endpoint_discovery: endpoint_discovery(&lookup)?,
            request_options: request_options(&lookup)?,
            ca_bundle: lookup("AWS_CA_BUNDLE"),
            identities,
            only_identities,
        })
    }
}

/// Returns the region. The AWS CLI and some SDKs read `AWS_DEFAULT_REGION`.
fn region(lookup: Lookup<'_>) -> Result<Option<String>, BuildError> {
    let region = |name| validated(name, lookup, is_region, "a region such as `us-east-1`");
    match region("AWS_REGION")? {
        Some(own) => Ok(Some(own)),
        None => region("AWS_DEFAULT_REGION"),
    }
}

/// Returns a service's name as used in variable names: `API_GATEWAY` for `API Gateway`.
fn in_variable_name(name: &str) -> String {
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
    match url(&format!("AWS_ENDPOINT_URL_{}", in_variable_name(service.sdk_id.unwrap_or(service.name()))))? {
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

/// Returns the values of built-in endpoint parameters.
fn built_ins(lookup: Lookup<'_>) -> Result<Vec<(&'static str, ParamValue)>, BuildError> {
    // Legacy endpoints of a region are those of `aws-global`.
    let legacy = |name| match lookup(name).map(|value| value.to_ascii_lowercase()).as_deref() {
        None => Ok(None),
        Some("legacy") => Ok(Some(true)),
        Some("regional") => Ok(Some(false)),
        Some(_) => Err(invalid(name, "`regional` or `legacy`")),
    };
    let mode = match lookup("AWS_ACCOUNT_ID_ENDPOINT_MODE").map(|mode| mode.to_ascii_lowercase()) {
        Some(mode) if !["preferred", "disabled", "required"].contains(&mode.as_str()) => {
            return Err(invalid("AWS_ACCOUNT_ID_ENDPOINT_MODE", "`preferred`, `disabled` or `required`"));
        }
        mode => mode,
    };
    let values = [
        (ACCOUNT_ID_ENDPOINT_MODE, mode.map(ParamValue::from)),
        ("AWS::S3::UseArnRegion", boolean("AWS_S3_USE_ARN_REGION", lookup)?.map(ParamValue::from)),
        (
            "AWS::S3::DisableMultiRegionAccessPoints",
            boolean("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", lookup)?.map(ParamValue::from),
        ),
        ("AWS::S3::UseGlobalEndpoint", legacy("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT")?.map(ParamValue::from)),
        ("AWS::STS::UseGlobalEndpoint", legacy("AWS_STS_REGIONAL_ENDPOINTS")?.map(ParamValue::from)),
    ];
    Ok(values.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
}

fn endpoint_discovery(lookup: Lookup<'_>) -> Result<Option<bool>, BuildError> {
    const NAME: &str = "AWS_ENABLE_ENDPOINT_DISCOVERY";
    match lookup(NAME) {
        Some(value) if value.eq_ignore_ascii_case("auto") => Ok(None),
        _ => boolean(NAME, lookup).map_err(|_| invalid(NAME, "`true`, `false` or `auto`")),
    }
}

/// The maximum of `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES` in the AWS SDKs.
const MAX_MIN_COMPRESSION_BYTES: usize = 10_485_760;

fn request_options(lookup: Lookup<'_>) -> Result<RequestOptions, BuildError> {
    let mut options = RequestOptions::default();
    const MIN_BYTES: &str = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";
    match lookup(MIN_BYTES).map(|value| value.trim().parse::<usize>()) {
        None => {}
        Some(Ok(bytes @ ..=MAX_MIN_COMPRESSION_BYTES)) => options = options.min_compression_bytes(bytes),
        Some(_) => return Err(invalid(MIN_BYTES, "a number of bytes from 0 to 10485760")),
    }
    if boolean("AWS_DISABLE_REQUEST_COMPRESSION", lookup)? == Some(true) {
        options = options.min_compression_bytes(usize::MAX);
    }
    let disabled = boolean("AWS_DISABLE_HOST_PREFIX_INJECTION", lookup)?;
    Ok(options.host_prefix(disabled != Some(true)))
}

/// Returns the preferred auth schemes, and the AWS credentials if both the access key id and the secret access
/// key are set.
fn identities(lookup: Lookup<'_>) -> Identities {
    let preferred = lookup("AWS_AUTH_SCHEME_PREFERENCE").unwrap_or_default();
    let names = preferred.split(',').map(str::trim).filter(|name| !name.is_empty());
    with_credentials(Identities::new().prefer_schemes(names), lookup)
}

#[cfg(feature = "sigv4")]
fn with_credentials(identities: Identities, lookup: Lookup<'_>) -> Identities {
    let Some((id, secret)) = lookup("AWS_ACCESS_KEY_ID").zip(lookup("AWS_SECRET_ACCESS_KEY")) else {
        return identities;
    };
    let mut credentials = Credentials::from_keys(id, secret);
    if let Some(token) = lookup("AWS_SESSION_TOKEN") {
        credentials = credentials.session_token(token);
    }
    if let Some(id) = lookup("AWS_ACCOUNT_ID") {
        credentials = credentials.account_id(id);
    }
    identities.credentials(credentials)
}

#[cfg(not(feature = "sigv4"))]
fn with_credentials(identities: Identities, _: Lookup<'_>) -> Identities {
    identities
}

/// Returns the bearer token of a service with AWS signatures: of `AWS_BEARER_TOKEN_BEDROCK` if its signing name is
/// `bedrock`.
fn token(service: &ServiceSchema, lookup: Lookup<'_>) -> Option<String> {
    let signing_name = service.auth.iter().find_map(|scheme| match scheme {
        AuthScheme::SigV4 { name } => Some(*name),
        _ => None,
    });
    lookup(&format!("AWS_BEARER_TOKEN_{}", in_variable_name(signing_name?)))
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
        let environment = environment.unwrap_or_else(|error| panic!("{error}"));
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
        let endpoint_url =
            |variables: &[_]| read(variables).ok().and_then(|environment| environment.endpoint_url);
        assert_eq!(endpoint_url(&[all]).as_deref(), Some("http://all"));
        assert_eq!(endpoint_url(&[all, own]).as_deref(), Some("http://own"));
    }

    #[test]
    fn reads_built_in_endpoint_parameters() {
        let variables = [
            ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "Required"),
            ("AWS_S3_USE_ARN_REGION", "true"),
            ("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "regional"),
            ("AWS_STS_REGIONAL_ENDPOINTS", "legacy"),
        ];
        let expected = [
            (ACCOUNT_ID_ENDPOINT_MODE, ParamValue::from("required")),
            ("AWS::S3::UseArnRegion", true.into()),
            ("AWS::S3::UseGlobalEndpoint", false.into()),
            ("AWS::STS::UseGlobalEndpoint", true.into()),
        ];
        assert!(read(&variables).ok().map(|environment| environment.built_ins) == Some(expected.to_vec()));
    }

    #[test]
    fn errors_name_the_variable_and_not_its_value() {
        for variable in
            ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_RETRY_MODE", "AWS_MAX_ATTEMPTS"]
        {
            let text = read(&[(variable, "secret")]).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(text.contains(variable) && !text.contains("secret"), "{text}");
        }
        assert!(read(&[("AWS_MAX_ATTEMPTS", "0")]).is_err());
    }
}
