//! Package-level data: the crate's name, description, features and documentation.

use super::{Crate, OperationTrait, Plan, documentation, names};
use crate::Settings;
use crate::docs::to_rustdoc;
use crate::model::{AuthScheme, Model, Operation};

/// Plans the package-level data, except the fields that depend on the rest of the plan.
pub(super) fn krate(model: &Model, settings: &Settings) -> Crate {
    let service = &model.service;
    let sdk_name = service.traits.sdk_id.as_deref().unwrap_or(service.id.name());
    let title = service.traits.title.clone().unwrap_or_else(|| sdk_name.to_owned());
    let default_name = || names::crate_name(sdk_name);
    let optional_features = optional_features(model);
    Crate {
        name: settings.crate_name.clone().unwrap_or_else(default_name),
        description: format!("Client for {}", one_line(&title)),
        docs: documentation::service(service),
        title: one_line(&to_rustdoc(&title)),
        service_id: service.id.to_string(),
        version: service.version.clone(),
        sdk_id: service.traits.sdk_id.clone(),
        auth: service.auth.clone(),
        protocol: service.protocol.runtime_name,
        query_compatible: service.traits.aws_query_compatible,
        runtime: settings.runtime.clone(),
        required_features: Vec::new(),
        rust_version: rust_version(&optional_features),
        optional_features,
        command: settings.command.clone(),
        example: None,
    }
}

/// Returns the minimum Rust version of the runtime with the default features of the crate.
fn rust_version(optional_features: &[(&'static str, bool)]) -> &'static str {
    // `aws-sigv4` needs a newer version.
    if optional_features.contains(&("sigv4", true)) { "1.94.1" } else { "1.85" }
}

/// Returns the Cargo features of the crate and whether each is a default feature. `sigv4` is present if the
/// service supports it, and a default if an operation uses it.
fn optional_features(model: &Model) -> Vec<(&'static str, bool)> {
    let is_sigv4 = |scheme: &AuthScheme| matches!(scheme, AuthScheme::SigV4(_));
    let schemes_of = |operation: &Operation| operation.auth.as_ref().unwrap_or(&model.service.auth).clone();
    let uses_sigv4 = model.operations.values().any(|operation| schemes_of(operation).iter().any(is_sigv4));
    let supports_sigv4 = uses_sigv4 || model.service.auth.iter().any(is_sigv4);
    let sigv4 = supports_sigv4.then_some(("sigv4", uses_sigv4));
    let always = [("async", true), ("blocking", false), ("http2", false), ("native-roots", false)];
    always.into_iter().chain(sigv4).collect()
}

/// Returns the runtime features that the protocol and the operations require.
pub(super) fn required_features(model: &Model, plan: &Plan) -> Vec<&'static str> {
    let any = |is_match: fn(&OperationTrait) -> bool| {
        plan.operations.iter().any(|operation| operation.traits.iter().any(is_match))
    };
    let features = [
        model.service.protocol.runtime_feature,
        any(|t| matches!(t, OperationTrait::RequestCompression(_))).then_some("gzip"),
        any(|t| matches!(t, OperationTrait::HttpChecksumRequired)).then_some("md5"),
        any(|t| matches!(t, OperationTrait::TreeHash)).then_some("tree-hash"),
    ];
    features.into_iter().flatten().collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
