//! The static description of the service.

use super::auth;
use super::data::Service;
use super::value::Value;
use crate::model::Model;

/// Plans the description of the service.
pub(super) fn service(model: &Model) -> Service {
    let service = &model.service;
    let protocol = format!("farrier_runtime::protocol::{}", service.protocol.runtime_name);
    let endpoint = service.endpoints.as_ref().map(|_| Value::path("crate::endpoint::RULES").reference());
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
    Service { imports, schema: Value::Struct("ServiceSchema", members) }
}
