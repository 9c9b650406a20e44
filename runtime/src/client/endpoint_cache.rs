//! Endpoint resolution from settings, endpoint rules and input, with a cache.

use super::BuildError;
use crate::endpoint::{EndpointError, ParamValue, Params, RuleSet, is_region, parse_url, resolve};
use crate::operation::{bind_endpoint_params, has_endpoint_params};
use crate::service::{OperationSchema, ServiceSchema};
use crate::shape::Structure;
use crate::types::Document;
use http::{HeaderName, HeaderValue, Uri};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Most clients use one endpoint.
const MAX_CACHED: usize = 256;

/// The built-in parameter for whether an endpoint contains the account id.
pub(super) const ACCOUNT_ID_ENDPOINT_MODE: &str = "AWS::Auth::AccountIdEndpointMode";

/// Settings that the endpoint depends on.
#[derive(Clone)]
pub(super) struct EndpointSettings {
    pub(super) region: Option<String>,
    pub(super) endpoint_url: Option<String>,
    pub(super) use_fips: Option<bool>,
    pub(super) use_dualstack: Option<bool>,
    /// Values of other built-in parameters, by their names.
    pub(super) built_ins: Vec<(&'static str, ParamValue)>,
    pub(super) params: Vec<(&'static str, ParamValue)>,
}

/// A resolved endpoint with its URI and headers parsed.
#[derive(Clone, Debug)]
pub(super) struct CallEndpoint {
    pub(super) uri: Uri,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) auth_schemes: Vec<Document>,
}

/// Resolves and caches the endpoints of a client.
pub(super) struct EndpointCache {
    source: EndpointSource,
    settings: EndpointSettings,
    /// True if `endpoint_url` is set.
    pub(super) is_custom: bool,
    /// The endpoint of operations that set no endpoint parameters.
    common: OnceLock<Arc<CallEndpoint>>,
    by_params: Mutex<HashMap<Params, Arc<CallEndpoint>>>,
}

enum EndpointSource {
    Url(Arc<CallEndpoint>),
    Rules(&'static RuleSet, Params),
}

impl EndpointCache {
    /// Creates the cache and validates the settings.
    ///
    /// # Errors
    /// Returns an error if a setting is invalid or missing, or if the rules reject the settings for every
    /// operation.
    pub(super) fn new(service: &ServiceSchema, settings: EndpointSettings) -> Result<Self, BuildError> {
        let url = settings.endpoint_url.as_deref().map(parse_url).transpose();
        let url = url.map_err(BuildError::InvalidEndpoint)?;
        if settings.region.as_deref().is_some_and(|region| !is_region(region)) {
            return Err(BuildError::InvalidRegion);
        }
        let source = match (service.endpoint, url) {
            (Some(rules), url) if url.is_none() || has_built_in(rules, "SDK::Endpoint") => {
                EndpointSource::Rules(rules, client_params(rules, &settings)?)
            }
            (_, Some(uri)) => EndpointSource::Url(Arc::new(CallEndpoint {
                uri,
                headers: Vec::new(),
                auth_schemes: Vec::new(),
            })),
            (_, None) => return Err(BuildError::MissingEndpoint),
        };
        if let EndpointSource::Rules(rules, params) = &source {
            validate(rules, params, &settings)?;
        }
        let is_custom = settings.endpoint_url.is_some();
        Ok(Self { source, settings, is_custom, common: OnceLock::new(), by_params: Mutex::default() })
    }

    /// Creates a cache with another region or endpoint URL, if they are set.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub(super) fn with(
        &self,
        service: &ServiceSchema,
        region: Option<String>,
        endpoint_url: Option<String>,
    ) -> Result<Self, BuildError> {
        let mut settings = self.settings.clone();
        settings.region = region.or(settings.region);
        settings.endpoint_url = endpoint_url.or(settings.endpoint_url);
        Self::new(service, settings)
    }

    pub(super) fn region(&self) -> Option<&str> {
        self.settings.region.as_deref()
    }

    /// Returns the endpoint of a call.
    pub(super) fn resolve(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<Arc<CallEndpoint>, EndpointError> {
        let (rules, params) = match &self.source {
            EndpointSource::Url(endpoint) => return Ok(Arc::clone(endpoint)),
            EndpointSource::Rules(rules, params) => (*rules, params),
        };
        if !has_endpoint_params(operation) {
            if let Some(endpoint) = self.common.get() {
                return Ok(Arc::clone(endpoint));
            }
            let endpoint = Arc::new(CallEndpoint::resolve(rules, params)?);
            return Ok(Arc::clone(self.common.get_or_init(|| endpoint)));
        }
        let mut params = params.clone();
        bind_endpoint_params(operation, input, &mut params)?;
        let cache = || self.by_params.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(endpoint) = cache().get(&params) {
            return Ok(Arc::clone(endpoint));
        }
        let endpoint = Arc::new(CallEndpoint::resolve(rules, &params)?);
        let mut cache = cache();
        if cache.len() >= MAX_CACHED {
            cache.clear();
        }
        cache.insert(params, Arc::clone(&endpoint));
        Ok(endpoint)
    }
}

impl CallEndpoint {
    fn resolve(rules: &RuleSet, params: &Params) -> Result<Self, EndpointError> {
        let resolved = resolve(rules, params)?;
        let broken = EndpointError::InvalidRules;
        let uri = parse_url(&resolved.url).map_err(EndpointError::InvalidUrl)?;
        let mut headers = Vec::new();
        for (name, values) in &resolved.headers {
            let name: HeaderName =
                name.parse().map_err(|_| broken("a rule returns an invalid header name"))?;
            for value in values {
                let value = HeaderValue::from_str(value);
                let value = value.map_err(|_| broken("a rule returns an invalid header value"))?;
                headers.push((name.clone(), value));
            }
        }
        Ok(Self { uri, headers, auth_schemes: resolved.into_auth_schemes() })
    }
}

fn has_built_in(rules: &RuleSet, name: &str) -> bool {
    rules.parameters.iter().any(|parameter| parameter.built_in == Some(name))
}

/// Returns the endpoint parameters that are set by the client's settings.
fn client_params(rules: &RuleSet, settings: &EndpointSettings) -> Result<Params, BuildError> {
    let mut params = Params::new(rules);
    for parameter in rules.parameters {
        let value = match parameter.built_in {
            Some("AWS::Region") => settings.region.clone().map(ParamValue::from),
            Some("SDK::Endpoint") => settings.endpoint_url.clone().map(ParamValue::from),
            Some("AWS::UseFIPS") => settings.use_fips.map(ParamValue::from),
            Some("AWS::UseDualStack") => settings.use_dualstack.map(ParamValue::from),
            Some(name) => {
                let set = settings.built_ins.iter().find(|(built_in, _)| *built_in == name);
                let default = (name == ACCOUNT_ID_ENDPOINT_MODE).then(|| "preferred".into());
                set.map(|(_, value)| value.clone()).or(default)
            }
            None => None,
        };
        if let Some(value) = value {
            params.set(parameter.name, value).map_err(BuildError::Endpoint)?;
        }
    }
    for (name, value) in &settings.params {
        let parameter = rules.parameters.iter().find(|parameter| parameter.name == *name);
        check_built_in(parameter.and_then(|parameter| parameter.built_in), value)?;
        params.set(name, value.clone()).map_err(BuildError::Endpoint)?;
    }
    Ok(params)
}

/// Checks the value of a built-in parameter like its setter does.
fn check_built_in(built_in: Option<&str>, value: &ParamValue) -> Result<(), BuildError> {
    match (built_in, value) {
        (Some("AWS::Region"), ParamValue::String(region)) if !is_region(region) => {
            Err(BuildError::InvalidRegion)
        }
        (Some("SDK::Endpoint"), ParamValue::String(url)) => {
            parse_url(url).map(drop).map_err(BuildError::InvalidEndpoint)
        }
        _ => Ok(()),
    }
}

/// Resolves the endpoint without the parameters of operations. Returns an error only if no operation can
/// resolve one.
fn validate(rules: &RuleSet, params: &Params, settings: &EndpointSettings) -> Result<(), BuildError> {
    let Err(error) = resolve(rules, params) else { return Ok(()) };
    let region = rules.parameters.iter().find(|parameter| parameter.built_in == Some("AWS::Region"));
    if let Some(region) = region.filter(|_| settings.region.is_none() && settings.endpoint_url.is_none()) {
        let mut with_region = params.clone();
        if with_region.set(region.name, "us-east-1").is_ok() && resolve(rules, &with_region).is_ok() {
            return Err(BuildError::MissingRegion);
        }
    }
    match rules.parameters.iter().all(|parameter| parameter.built_in.is_some()) {
        true => Err(BuildError::Endpoint(error)),
        false => Ok(()),
    }
}
