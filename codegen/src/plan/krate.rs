//! The crate as a whole: its name and what its first page says.

use super::{Crate, names, prose};
use crate::Settings;
use crate::docs::to_rustdoc;
use crate::model::{Model, Protocol};

/// What stands in the crate's manifest and on its first page.
pub(super) fn krate(model: &Model, settings: &Settings) -> Crate {
    let service = &model.service;
    let sdk_name = service.traits.sdk_id.as_deref().unwrap_or(service.id.name());
    let title = service.traits.title.clone().unwrap_or_else(|| sdk_name.to_owned());
    let default_name = || format!("{}-client", names::crate_name(sdk_name));
    Crate {
        name: settings.crate_name.clone().unwrap_or_else(default_name),
        description: format!("Client for {}", one_line(&title)),
        docs: prose::service(service),
        title: one_line(&to_rustdoc(&title)),
        service_id: service.id.to_string(),
        version: service.version.clone(),
        protocol: service.protocol,
        query_compatible: service.traits.aws_query_compatible,
        runtime_dependency: settings.runtime_dependency.clone(),
        runtime_features: runtime_features(service.protocol),
        command: settings.command.clone(),
        example: None,
    }
}

/// What the runtime leaves out unless asked, since it costs dependencies.
fn runtime_features(protocol: Protocol) -> &'static [&'static str] {
    match protocol {
        Protocol::RpcV2Cbor => &["cbor"],
        Protocol::RpcV2Json | Protocol::AwsJson1_0 | Protocol::AwsJson1_1 | Protocol::RestJson1 => &[],
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
