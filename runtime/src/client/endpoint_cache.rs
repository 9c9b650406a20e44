//! Where the requests of a client go: by its settings, the service's endpoint rules, and the input.

use super::BuildError;
use crate::endpoint::{EndpointError, ParamValue, Params, ResolvedEndpoint, RuleSet, context, resolve};
use crate::schema::{OperationSchema, ServiceSchema};
use crate::shape::Structure;
use crate::types::Document;
use http::{HeaderName, HeaderValue, Uri};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How many endpoints are remembered. Few clients see more than one.
const MAX_CACHED: usize = 256;

/// What the settings say of the endpoint.
pub(super) struct EndpointSettings {
    pub(super) region: Option<String>,
    pub(super) endpoint_url: Option<String>,
    pub(super) use_fips: Option<bool>,
    pub(super) use_dualstack: Option<bool>,
    pub(super) account_id_endpoint_mode: Option<String>,
    pub(super) params: Vec<(&'static str, ParamValue)>,
}

/// An endpoint, ready to be called.
#[derive(Debug)]
pub(super) struct CallEndpoint {
    pub(super) uri: Uri,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) auth_schemes: Vec<Document>,
}

/// The endpoints of a client.
#[derive(Debug)]
pub(super) struct EndpointCache {
    by: EndpointSource,
    pub(super) region: Option<String>,
    /// The endpoint of operations that have no say in it.
    common: OnceLock<Arc<CallEndpoint>>,
    others: Mutex<HashMap<Params, Arc<CallEndpoint>>>,
}

#[derive(Debug)]
enum EndpointSource {
    Url(Arc<CallEndpoint>),
    Rules(&'static RuleSet, Params),
}

impl EndpointCache {
    pub(super) fn new(service: &ServiceSchema, place: EndpointSettings) -> Result<Self, BuildError> {
        let url = place.endpoint_url.as_deref().map(parse_url).transpose();
        let url = url.map_err(BuildError::InvalidEndpoint)?;
        if place.region.as_deref().is_some_and(|region| !is_region(region)) {
            return Err(BuildError::InvalidRegion);
        }
        let by = match (service.endpoint, url) {
            (Some(rules), url) if url.is_none() || has_built_in(rules, "SDK::Endpoint") => {
                EndpointSource::Rules(rules, params(rules, &place)?)
            }
            (_, Some(uri)) => EndpointSource::Url(Arc::new(CallEndpoint {
                uri,
                headers: Vec::new(),
                auth_schemes: Vec::new(),
            })),
            (_, None) => return Err(BuildError::MissingEndpoint),
        };
        if let EndpointSource::Rules(rules, params) = &by {
            check(rules, params, &place)?;
        }
        Ok(Self { by, region: place.region, common: OnceLock::new(), others: Mutex::default() })
    }

    /// The endpoint of a call.
    pub(super) fn find(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<Arc<CallEndpoint>, EndpointError> {
        let (rules, params) = match &self.by {
            EndpointSource::Url(endpoint) => return Ok(Arc::clone(endpoint)),
            EndpointSource::Rules(rules, params) => (*rules, params),
        };
        if !context::has_params(operation) {
            if let Some(endpoint) = self.common.get() {
                return Ok(Arc::clone(endpoint));
            }
            let endpoint = Arc::new(CallEndpoint::resolve(rules, params)?);
            return Ok(Arc::clone(self.common.get_or_init(|| endpoint)));
        }
        let mut params = params.clone();
        context::fill(operation, input, &mut params)?;
        let remembered = || self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(endpoint) = remembered().get(&params) {
            return Ok(Arc::clone(endpoint));
        }
        let endpoint = Arc::new(CallEndpoint::resolve(rules, &params)?);
        let mut others = remembered();
        if others.len() >= MAX_CACHED {
            others.clear();
        }
        others.insert(params, Arc::clone(&endpoint));
        Ok(endpoint)
    }
}

impl CallEndpoint {
    fn resolve(rules: &RuleSet, params: &Params) -> Result<Self, EndpointError> {
        let resolved = resolve(rules, params)?;
        let broken = EndpointError::Broken;
        let uri = parse_url(&resolved.url).map_err(|_| broken("they give a URL that cannot be called"))?;
        let mut headers = Vec::new();
        for (name, values) in &resolved.headers {
            let name: HeaderName = name.parse().map_err(|_| broken("they give a header without a name"))?;
            for value in values {
                let value = HeaderValue::from_str(value);
                let value = value.map_err(|_| broken("they give a header a value that cannot be sent"))?;
                headers.push((name.clone(), value));
            }
        }
        Ok(Self { uri, headers, auth_schemes: ResolvedEndpoint::auth_schemes(&resolved).to_vec() })
    }
}

fn has_built_in(rules: &RuleSet, name: &str) -> bool {
    rules.parameters.iter().any(|parameter| parameter.built_in == Some(name))
}

/// What the settings give for the rules' parameters.
fn params(rules: &RuleSet, place: &EndpointSettings) -> Result<Params, BuildError> {
    let mut params = Params::new(rules);
    for parameter in rules.parameters {
        let value = match parameter.built_in {
            Some("AWS::Region") => place.region.clone().map(ParamValue::from),
            Some("SDK::Endpoint") => place.endpoint_url.clone().map(ParamValue::from),
            Some("AWS::UseFIPS") => place.use_fips.map(ParamValue::from),
            Some("AWS::UseDualStack") => place.use_dualstack.map(ParamValue::from),
            Some("AWS::Auth::AccountIdEndpointMode") => {
                Some(place.account_id_endpoint_mode.as_deref().unwrap_or("preferred").into())
            }
            _ => None,
        };
        if let Some(value) = value {
            params.set(parameter.name, value).map_err(BuildError::Endpoint)?;
        }
    }
    for (name, value) in &place.params {
        params.set(name, value.clone()).map_err(BuildError::Endpoint)?;
    }
    Ok(params)
}

/// Tells of settings for which there is no endpoint, as far as no operation has a say in it.
fn check(rules: &RuleSet, params: &Params, place: &EndpointSettings) -> Result<(), BuildError> {
    let Err(error) = resolve(rules, params) else { return Ok(()) };
    let region = rules.parameters.iter().find(|parameter| parameter.built_in == Some("AWS::Region"));
    if let Some(region) = region.filter(|_| place.region.is_none() && place.endpoint_url.is_none()) {
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

/// Whether a text is the name of a region, as far as that it may become part of a host name.
pub(super) fn is_region(region: &str) -> bool {
    let is_label = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    (1..=63).contains(&region.len()) && region.bytes().all(is_label)
}

/// The URL of an endpoint, or why it cannot be called.
pub(super) fn parse_url(url: &str) -> Result<Uri, &'static str> {
    let uri: Uri = url.parse().map_err(|_| "it is not a URL")?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("it must begin with `https://` or `http://`");
    }
    if uri.host().is_none_or(str::is_empty) {
        return Err("it names no host");
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err("it must not hold a user name or password");
    }
    if has_bad_port(&uri) {
        return Err("its port is not a number up to 65535");
    }
    if uri.query().is_some() {
        return Err("it must not hold a query");
    }
    Ok(uri)
}

/// Whether there is a port that cannot be called. `http` takes any text for one, and such a port for none.
fn has_bad_port(uri: &Uri) -> bool {
    let Some((authority, host)) = uri.authority().zip(uri.host()) else { return false };
    let port = authority.as_str().strip_prefix(host).unwrap_or_default();
    !port.is_empty() && uri.port_u16().is_none()
}
