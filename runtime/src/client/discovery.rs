//! [Endpoint discovery](https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery): some operations are
//! sent to an endpoint that another operation of the service returns.

use super::Inner;
use super::discovered_endpoints::{Discovered, Input, Key, Output};
use super::endpoint_cache::CallEndpoint;
use super::execute::execute;
use super::metadata::Metadata;
use super::overrides::OwnContext;
use super::prepare::{PreparedCall, prepare_own};
use super::timer::Timer;
use crate::boxed::{BoxError, BoxFuture};
use crate::endpoint::{EndpointError, parse_url};
use crate::error::{Error, Failure};
use crate::operation::{CallInput, NoError, ResponseSlot};
use crate::schema::Trait;
use crate::service::{EndpointDiscovery, OperationSchema, OperationTrait};
use crate::shape::{Structure, View};
use http::Uri;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, SystemTime};

/// The time after which a failed discovery is repeated, if there is another endpoint to use.
const RETRY_AFTER: Duration = Duration::from_secs(60);

/// The cache renews a value one minute before it expires. Values expire that much later.
const RENEWAL: Duration = Duration::from_secs(60);

/// The longest time that an endpoint is cached.
const MAX_PERIOD: Duration = Duration::from_secs(24 * 60 * 60);

/// The code of discovery. The data of operations with discovery refers to it.
#[doc(hidden)]
pub static DISCOVERY: Discovery = Discovery {
    send: |call, discovery, input, timer, slot| {
        Box::pin(send_discovered(call, discovery, input, timer, slot))
    },
};

/// See [`DISCOVERY`].
#[doc(hidden)]
#[derive(Debug)]
pub struct Discovery {
    send: Send,
}

type Send = for<'c> fn(
    &'c mut PreparedCall,
    EndpointDiscovery,
    &'c mut dyn CallInput,
    Timer,
    &'c mut dyn ResponseSlot,
) -> BoxFuture<'c, Result<Metadata, Box<Failure>>>;

/// Executes a call, at a discovered endpoint if its operation has one.
pub(super) fn send<'c>(
    call: &'c mut PreparedCall,
    input: &'c mut dyn CallInput,
    timer: Timer,
    slot: &'c mut dyn ResponseSlot,
) -> BoxFuture<'c, Result<Metadata, Box<Failure>>> {
    let discovery = discovery(call).and_then(|discovery| {
        let code = discovery.code.downcast_ref::<Discovery>()?;
        Some((code.send, discovery))
    });
    match discovery {
        None => Box::pin(execute(call, input, timer, slot)),
        Some((send, discovery)) => send(call, discovery, input, timer, slot),
    }
}

/// Returns the discovery of a call's endpoint, unless the call uses the endpoint that it has.
fn discovery(call: &PreparedCall) -> Option<EndpointDiscovery> {
    let discovery = call.operation.traits.iter().find_map(|t| match t {
        OperationTrait::DiscoveredEndpoint(discovery) => Some(*discovery),
        _ => None,
    })?;
    let is_used = discovery.required || call.inner.discovered.enabled == Some(true);
    (is_used && !call.endpoints().is_custom).then_some(discovery)
}

async fn send_discovered(
    call: &mut PreparedCall,
    discovery: EndpointDiscovery,
    input: &mut dyn CallInput,
    timer: Timer,
    slot: &mut dyn ResponseSlot,
) -> Result<Metadata, Box<Failure>> {
    if call.inner.discovered.enabled == Some(false) {
        return Err(Failure::endpoint(call.operation, EndpointError::DiscoveryDisabled));
    }
    let start = timer.now();
    let key_input = discovery_input(call, &discovery, input.as_structure());
    let access_key_id = call.identities().access_key_id(call.inner.clock.times().local).await;
    let own_region = call.own.as_ref().is_some_and(|own| own.has_own_endpoint);
    let region = call.endpoints().region().filter(|_| own_region).map(str::to_owned);
    let key = Key { access_key_id, region, input: key_input };
    let from_rules = Arc::clone(&call.endpoint);
    let timeout = call.settings().timeout;
    let mut may_repeat = !has_stream(call.operation);
    loop {
        let found = find(call, &discovery, &key, &from_rules.uri, timer).await?;
        let is_discovered = found.is_some();
        call.endpoint = match found {
            Some(uri) => Arc::new(CallEndpoint { uri, ..CallEndpoint::clone(&from_rules) }),
            None => Arc::clone(&from_rules),
        };
        // Discovery takes its time from the call's timeout.
        call.settings_mut().timeout =
            timeout.map(|limit| limit.saturating_sub(timer.now().saturating_duration_since(start)));
        match execute(call, input, timer, slot).await {
            Err(failure) if is_discovered && is_invalid_endpoint(&failure, &discovery) => {
                call.inner.discovered.remove(&key);
                if !std::mem::take(&mut may_repeat) {
                    return Err(failure);
                }
                slot.clear_error();
            }
            result => return result,
        }
    }
}

fn discovery_input(call: &PreparedCall, discovery: &EndpointDiscovery, input: &dyn Structure) -> Input {
    Input::new(discovery.operation, call.operation, || identifiers(discovery, call.operation, input))
}

fn identifiers(
    discovery: &EndpointDiscovery,
    operation: &OperationSchema,
    input: &dyn Structure,
) -> BTreeMap<String, String> {
    let identifier = |index: &usize| match input.member(*index)?.view() {
        View::String(value) => Some((operation.input.members.get(*index)?.name.to_owned(), value.to_owned())),
        _ => None,
    };
    discovery.identifiers.iter().filter_map(identifier).collect()
}

/// A streaming body can be sent only once.
fn has_stream(operation: &OperationSchema) -> bool {
    operation.input.members.iter().any(|member| member.has(Trait::Streaming))
}

fn is_invalid_endpoint(failure: &Failure, discovery: &EndpointDiscovery) -> bool {
    discovery.error.is_some() && failure.report.shape.as_deref() == discovery.error
}

/// Returns the endpoint of a call, from the cache or from the service.
async fn find(
    call: &PreparedCall,
    discovery: &EndpointDiscovery,
    key: &Key,
    from_rules: &Uri,
    timer: Timer,
) -> Result<Option<Uri>, Box<Failure>> {
    let entry = call.inner.discovered.entry(key);
    let now = call.inner.clock.times().local;
    let provide = || {
        let (inner, input, scheme) = (Arc::clone(&call.inner), key.input.clone(), from_rules.scheme_str());
        let scheme = scheme.unwrap_or("https").to_owned();
        let last = entry.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let own = call.own.clone();
        discover((inner, own), *discovery, input, scheme, last, timer)
    };
    let found =
        entry.cache.get(now, provide).await.map_err(|error| {
            Failure::endpoint(call.operation, EndpointError::Discovery(error.to_string()))
        })?;
    if let Some(uri) = &found.uri {
        *entry.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(uri.clone());
    }
    Ok(found.uri)
}

/// Requests the endpoints. If that fails, the result is the last endpoint or, if discovery is optional, the one of
/// the endpoint rules, for a short time.
fn discover(
    (inner, own): (Arc<Inner>, Option<Arc<OwnContext>>),
    discovery: EndpointDiscovery,
    input: Input,
    scheme: String,
    last: Option<Uri>,
    timer: Timer,
) -> BoxFuture<'static, Result<Discovered, BoxError>> {
    Box::pin(async move {
        let now = inner.clock.times().local;
        match request((inner, own), discovery.operation, input, &scheme, timer).await {
            Ok((uri, period)) => Ok(Discovered { uri: Some(uri), expiry: expiry(now, period) }),
            Err(error) if last.is_some() || !discovery.required => {
                tracing::debug!(%error, "endpoint discovery failed");
                Ok(Discovered { uri: last, expiry: expiry(now, RETRY_AFTER) })
            }
            Err(error) => Err(error),
        }
    })
}

fn expiry(now: SystemTime, period: Duration) -> Option<SystemTime> {
    // A period of zero is over at once.
    now.checked_add(if period.is_zero() { period } else { period + RENEWAL })
}

/// Returns the first endpoint that the service prefers, and the time to cache it.
async fn request(
    (inner, own): (Arc<Inner>, Option<Arc<OwnContext>>),
    operation: &'static OperationSchema,
    mut input: Input,
    scheme: &str,
    timer: Timer,
) -> Result<(Uri, Duration), BoxError> {
    let error = |failure| Error::<NoError>::new(failure, None);
    let call = prepare_own(inner, operation, &input, (None, Vec::new()), own).map_err(error)?;
    let mut output = Output::new(operation);
    execute(&call, &mut input, timer, &mut output).await.map_err(error)?;
    let endpoint = output.endpoints.into_iter().next().ok_or("the service returned no endpoint")?;
    let url = match endpoint.address.contains("://") {
        true => endpoint.address,
        false => format!("{scheme}://{}", endpoint.address),
    };
    let uri =
        parse_url(&url).map_err(|reason| format!("the service returned an invalid endpoint: {reason}"))?;
    if uri.scheme_str() != Some(scheme) {
        return Err(format!("the service returned an endpoint whose scheme is not `{scheme}`").into());
    }
    let minutes = u64::try_from(endpoint.cache_period_in_minutes).unwrap_or(0);
    Ok((uri, Duration::from_secs(minutes.saturating_mul(60)).min(MAX_PERIOD)))
}
