//! The static description of the service.

use super::auth;
use super::data::Service;
use super::value::Value;
use crate::model::{AuthScheme, Model};
use std::collections::BTreeSet;

/// Plans the description of the service.
pub(super) fn service(model: &Model) -> Service {
    let service = &model.service;
    let protocol = format!("farrier_runtime::protocol::{}", service.protocol.runtime_name);
    let endpoint = service.endpoints.as_ref().map(|_| Value::path("super::endpoint::RULES").reference());
    let members = vec![
        ("id", Value::str(service.id.as_str())),
        ("version", Value::str(&service.version)),
        ("protocol", Value::path(protocol).reference()),
        ("query_compatible", Value::Bool(service.traits.aws_query_compatible)),
        ("sdk_id", Value::option(service.traits.sdk_id.as_ref().map(Value::str))),
        ("auth", auth::schemes(&service.auth)),
        ("endpoint", Value::option(endpoint)),
    ];
    let mut imports = auth::imports(&service.auth);
    imports.push("ServiceSchema");
    let supports = supports(model);
    if !supports.is_empty() {
        imports.push("supports");
    }
    Service { imports, schema: Value::Struct("ServiceSchema", members), supports }
}

/// Returns the names of the traits in `farrier_runtime::service::supports` that the service implements, sorted.
fn supports(model: &Model) -> BTreeSet<&'static str> {
    let service = &model.service;
    let of_operations = model.operations.values().filter_map(|operation| operation.auth.as_ref());
    let schemes = of_operations.flatten().chain(&service.auth);
    let mut supports: BTreeSet<_> = schemes.filter_map(supported_scheme).collect();
    let has_regions = service.endpoints.as_ref().is_some_and(|endpoints| {
        let mut built_ins =
            endpoints.rules.parameters.iter().filter_map(|parameter| parameter.built_in.as_ref());
        built_ins.any(|name| name.starts_with("AWS::"))
    });
    if service.traits.sdk_id.is_some() || has_regions || supports.contains("SigV4") {
        supports.insert("Aws");
    }
    supports.extend(service.endpoints.is_some().then_some("EndpointRules"));
    supports
}

fn supported_scheme(scheme: &AuthScheme) -> Option<&'static str> {
    match scheme {
        AuthScheme::SigV4(_) => Some("SigV4"),
        AuthScheme::HttpBasic => Some("HttpBasic"),
        AuthScheme::HttpBearer => Some("HttpBearer"),
        AuthScheme::HttpApiKey { .. } => Some("HttpApiKey"),
        AuthScheme::Other(_) => None,
    }
}
