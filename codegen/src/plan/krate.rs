//! The crate as a whole: its name and what its first page says.

use super::{Crate, OperationTrait, Plan, names, prose};
use crate::Settings;
use crate::docs::to_rustdoc;
use crate::model::{AuthScheme, Model, Operation, Protocol};

/// What stands in the crate's manifest and on its first page.
pub(super) fn krate(model: &Model, settings: &Settings) -> Crate {
    let service = &model.service;
    let sdk_name = service.traits.sdk_id.as_deref().unwrap_or(service.id.name());
    let title = service.traits.title.clone().unwrap_or_else(|| sdk_name.to_owned());
    let default_name = || names::crate_name(sdk_name);
    Crate {
        name: settings.crate_name.clone().unwrap_or_else(default_name),
        description: format!("Client for {}", one_line(&title)),
        docs: prose::service(service),
        title: one_line(&to_rustdoc(&title)),
        service_id: service.id.to_string(),
        version: service.version.clone(),
        sdk_id: service.traits.sdk_id.clone(),
        auth: service.auth.clone(),
        protocol: service.protocol,
        query_compatible: service.traits.aws_query_compatible,
        runtime: settings.runtime.clone(),
        features: Vec::new(),
        choices: choices(model),
        command: settings.command.clone(),
        example: None,
    }
}

/// What users of the crate choose. Signatures are among it where the service knows them, and on where an
/// operation asks for them.
fn choices(model: &Model) -> Vec<(&'static str, bool)> {
    let is_sigv4 = |scheme: &AuthScheme| matches!(scheme, AuthScheme::SigV4(_));
    let schemes_of = |operation: &Operation| operation.auth.as_ref().unwrap_or(&model.service.auth).clone();
    let needs_sigv4 = model.operations.values().any(|operation| schemes_of(operation).iter().any(is_sigv4));
    let knows_sigv4 = needs_sigv4 || model.service.auth.iter().any(is_sigv4);
    let sigv4 = knows_sigv4.then_some(("sigv4", needs_sigv4));
    let always = [("async", true), ("blocking", false), ("http2", false), ("native-roots", false)];
    always.into_iter().chain(sigv4).collect()
}

/// The features of the runtime that the protocol and the operations need.
pub(super) fn features(plan: &Plan) -> Vec<&'static str> {
    let asks = |wanted: fn(&OperationTrait) -> bool| {
        plan.operations.iter().any(|operation| operation.traits.iter().any(wanted))
    };
    let features = [
        (plan.krate.protocol == Protocol::RpcV2Cbor).then_some("cbor"),
        asks(|t| matches!(t, OperationTrait::RequestCompression(_))).then_some("gzip"),
        asks(|t| matches!(t, OperationTrait::HttpChecksumRequired)).then_some("md5"),
        asks(|t| matches!(t, OperationTrait::TreeHash)).then_some("tree-hash"),
    ];
    features.into_iter().flatten().collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
