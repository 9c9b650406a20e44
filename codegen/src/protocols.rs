//! The protocols. To add one, add a row to [`SUPPORTED`]; nothing else in the generator names a protocol.

/// A protocol that clients are generated for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Protocol {
    /// The shape id of its trait.
    pub(crate) trait_id: &'static str,
    /// True if it uses HTTP bindings. Models are then checked for valid and complete bindings.
    pub(crate) has_http_bindings: bool,
    /// True if it uses `jsonName`. Models are then checked for members with equal JSON names.
    pub(crate) has_json_names: bool,
    /// The name in the module `protocol` of the runtime.
    pub(crate) runtime_name: &'static str,
    /// The feature of the runtime that it needs.
    pub(crate) runtime_feature: Option<&'static str>,
}

/// A protocol without HTTP bindings and JSON names.
const fn rpc(trait_id: &'static str, runtime_name: &'static str) -> Protocol {
    let (has_http_bindings, has_json_names, runtime_feature) = (false, false, None);
    Protocol { trait_id, has_http_bindings, has_json_names, runtime_name, runtime_feature }
}

/// The supported protocols, in order of preference.
pub(crate) static SUPPORTED: [Protocol; 5] = [
    Protocol { runtime_feature: Some("cbor"), ..rpc("smithy.protocols#rpcv2Cbor", "RpcV2Cbor") },
    rpc("smithy.protocols#rpcv2Json", "RpcV2Json"),
    rpc("aws.protocols#awsJson1_0", "AWS_JSON_1_0"),
    rpc("aws.protocols#awsJson1_1", "AWS_JSON_1_1"),
    Protocol { has_http_bindings: true, has_json_names: true, ..rpc("aws.protocols#restJson1", "RestJson1") },
];

/// The trait ids of well-known protocols that are not supported, for diagnostics. The definitions of traits need not be
/// part of a model.
pub(crate) const UNSUPPORTED: [&str; 5] = [
    "alloy#simpleRestJson",
    "alloy.proto#grpc",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restXml",
];

/// Returns true if this is the id of a supported or well-known protocol trait.
pub(crate) fn is_known(trait_id: &str) -> bool {
    UNSUPPORTED.contains(&trait_id) || SUPPORTED.iter().any(|protocol| protocol.trait_id == trait_id)
}
