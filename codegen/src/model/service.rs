//! Selection of the service and its protocol.

use super::raw::{RawModel, RawShape};
use crate::ast::ShapeType;
use crate::model::names;
use crate::protocols::{self, Protocol, SUPPORTED};
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics, Span};

/// The trait of the definitions of protocol traits.
const PROTOCOL_DEFINITION: &str = "smithy.api#protocolDefinition";

/// Selects one of several services and protocols in a model.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Selection<'c> {
    /// The shape id of the service, or its name if that is unique. Unnecessary if the model has only one
    /// service.
    pub(crate) service: Option<&'c str>,
    /// The shape id or name of the protocol's trait. Defaults to the most preferred protocol that is
    /// supported.
    pub(crate) protocol: Option<&'c str>,
    /// The shape ids or names of the operations. Defaults to all.
    pub(crate) operations: Option<&'c [String]>,
}

/// Returns the requested service, or the only service of the model.
///
/// # Errors
/// Returns a diagnostic if no or several services match, and `None` if this may be the result of errors that
/// are already reported.
pub(super) fn select<'d, 'a>(
    raw_model: &'d RawModel<'a>,
    requested: Option<&str>,
) -> Result<&'d RawShape<'a>, Option<Diagnostic>> {
    let services: Vec<&RawShape<'a>> = raw_model
        .by_id
        .values()
        .filter(|shape| shape.ty == ShapeType::Service && !shape.is_mixin())
        .collect();
    let matching: Vec<&RawShape<'a>> = services
        .iter()
        .copied()
        .filter(|shape| {
            requested.is_none_or(|requested| requested == shape.id.as_str() || requested == shape.id.name())
        })
        .collect();
    let ids = |services: &[&RawShape<'_>]| names::list(services.iter().map(|service| service.id.as_str()));
    let diagnostic = match (matching.as_slice(), requested) {
        ([service], _) => return Ok(service),
        // The service may be among the shapes that could not be read.
        ([], _) if raw_model.incomplete => return Err(None),
        ([], Some(requested)) if !services.is_empty() => {
            let span = services.first().map(|shape| shape.span).unwrap_or_default();
            Diagnostic::new(span, format!("the model has no service `{}`", requested.escape_debug()))
                .label("service defined here")
                .help(format!("select one of {}", ids(&services)))
        }
        ([], _) => {
            Diagnostic::new(Span::default(), "the model has no service").help("add a shape of type `service`")
        }
        ([first, others @ ..], _) => {
            let message = format!("the model has {} services: {}", matching.len(), ids(&matching));
            let diagnostic = Diagnostic::new(first.span, message)
                .label("first service")
                .help("select one with `--service ID`");
            others
                .iter()
                .take(8)
                .fold(diagnostic, |diagnostic, shape| diagnostic.related(shape.span, "another service"))
        }
    };
    Err(Some(diagnostic))
}

/// Returns the shape ids of the service's supported protocols, in order of preference.
pub(super) fn supported_protocols(service: &RawShape<'_>) -> Vec<&'static str> {
    SUPPORTED.iter().map(|protocol| protocol.trait_id).filter(|id| service.has(id)).collect()
}

/// Returns the requested protocol, or the service's most preferred one that is supported. Adds a diagnostic
/// if there is none.
pub(super) fn select_protocol(
    raw_model: &RawModel<'_>,
    service: &RawShape<'_>,
    requested: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<&'static Protocol> {
    let is_requested = |id: &str| {
        requested.is_none_or(|requested| {
            requested == id || id.rsplit_once('#').is_some_and(|(_, name)| requested == name)
        })
    };
    let is_match = |id: &str| service.has(id) && is_requested(id);
    if let Some(protocol) = SUPPORTED.iter().find(|protocol| is_match(protocol.trait_id)) {
        return Some(protocol);
    }
    let offered: Vec<&str> = service.traits.keys().copied().filter(|id| is_protocol(raw_model, id)).collect();
    // The protocol trait may be the part of the service that could not be read.
    if offered.is_empty() && raw_model.invalid_shapes.contains(&service.id) {
        return None;
    }
    let supported = names::list(SUPPORTED.iter().map(|protocol| protocol.trait_id));
    let diagnostic = if let Some(requested) = requested.filter(|_| !offered.is_empty()) {
        let requested = requested.escape_debug();
        let message = format!("protocol `{requested}` is not available for service `{}`", service.id);
        Diagnostic::new(service.span, message)
            .label(format!("this service has {}", names::list(&offered)))
            .help(format!("use a protocol of the service that is supported: {supported}"))
    } else if offered.is_empty() {
        let message = format!("service `{}` has no protocol trait", service.id);
        Diagnostic::new(service.span, message)
            .label("missing protocol trait")
            .help(format!("apply a supported protocol: {supported}"))
    } else {
        let message =
            format!("service `{}` uses {}, which is not supported yet", service.id, names::list(&offered));
        let trait_span = offered.first().and_then(|id| service.traits.get(*id)).map(|applied| applied.span);
        Diagnostic::new(trait_span.unwrap_or(service.span), message)
            .label("unsupported protocol")
            .help(format!("apply a supported protocol: {supported}"))
    };
    diagnostics.push(diagnostic);
    None
}

/// Returns true if the trait is a [protocol](https://smithy.io/2.0/spec/protocol-traits.html#protocoldefinition-trait):
/// a well-known one, or one that the model defines.
fn is_protocol(raw_model: &RawModel<'_>, trait_id: &str) -> bool {
    let definition = || raw_model.get(&ShapeId::parse(trait_id)?);
    protocols::is_known(trait_id) || definition().is_some_and(|shape| shape.has(PROTOCOL_DEFINITION))
}

#[cfg(test)]
mod tests {
    use crate::model::Selection;
    use crate::model::testing::{self, diagnostics_in, helps};

    const SERVICES: &str = r#"{"smithy": "2", "shapes": {
"a#S": {"type": "service", "traits": {"aws.protocols#restJson1": {}}},
"b#S": {"type": "service", "traits": {"aws.protocols#restJson1": {}}},
"b#T": {"type": "service", "traits": {"aws.protocols#restJson1": {}}}}}"#;

    fn selection(service: &str) -> Selection<'_> {
        Selection { service: Some(service), ..Selection::default() }
    }

    fn select(requested: &str) -> Result<String, String> {
        let model = testing::select(&[SERVICES], selection(requested));
        model.map(|(model, _)| model.service.id.to_string()).map_err(|diagnostics| diagnostics.to_string())
    }

    #[test]
    fn selects_service_by_id_or_unique_name() {
        assert_eq!(select("a#S").as_deref(), Ok("a#S"));
        assert_eq!(select("T").as_deref(), Ok("b#T"));
        assert_eq!(select("S"), Err("error: the model has 2 services: `a#S`, `b#S`".to_owned()));
        assert_eq!(select("X"), Err("error: the model has no service `X`".to_owned()));
        let diagnostics = testing::select(&[SERVICES], selection("X")).unwrap_err();
        assert_eq!(
            diagnostics.iter().next().unwrap().help.as_deref(),
            Some("select one of `a#S`, `b#S`, `b#T`")
        );
    }

    #[test]
    fn selects_requested_or_preferred_protocol() {
        let source = r#"{"smithy": "2", "shapes": {"a#S": {"type": "service", "traits": {
            "aws.protocols#awsJson1_0": {}, "smithy.protocols#rpcv2Cbor": {}, "aws.protocols#awsQuery": {}}}}}"#;
        let protocol = |requested| {
            let selection = Selection { protocol: requested, ..Selection::default() };
            let (model, diagnostics) = testing::select(&[source], selection).unwrap();
            diagnostics
                .into_result(model.service.protocol.trait_id)
                .map_err(|diagnostics| diagnostics.to_string())
        };
        assert_eq!(protocol(None), Ok("smithy.protocols#rpcv2Cbor"));
        assert_eq!(protocol(Some("awsJson1_0")), Ok("aws.protocols#awsJson1_0"));
        assert_eq!(protocol(Some("aws.protocols#awsJson1_0")), Ok("aws.protocols#awsJson1_0"));
        let unavailable = "error: protocol `awsQuery` is not available for service `a#S`";
        assert_eq!(protocol(Some("awsQuery")), Err(unavailable.to_owned()));
    }

    #[test]
    fn rejects_ambiguous_and_missing_services() {
        assert_eq!(diagnostics_in(SERVICES), ["2:1 «\"a#S\"» the model has 3 services: `a#S`, `b#S`, `b#T`"]);
        assert_eq!(helps(SERVICES), ["select one with `--service ID`"]);
        assert_eq!(diagnostics_in(r#"{"smithy": "2"}"#), ["1:1 «» the model has no service"]);
    }

    #[test]
    fn rejects_missing_and_unsupported_protocols() {
        let service = |traits: &str| {
            format!(
                r#"{{"smithy": "2", "shapes": {{"a#S": {{"type": "service", "traits": {{{traits}}}}}}}}}"#
            )
        };
        let other = service(r#""aws.protocols#awsQuery": {}, "aws.api#service": {"sdkId": 1}"#);
        assert_eq!(
            diagnostics_in(&other),
            [
                "1:66 «\"aws.protocols#awsQuery\"» service `a#S` uses `aws.protocols#awsQuery`, which is not supported yet",
                "1:125 «1» `aws.api#service`: expected a string, found a number",
            ]
        );
        assert!(
            helps(&other)[0].starts_with("apply a supported protocol: `smithy.protocols#rpcv2Cbor`, "),
            "{}",
            helps(&other)[0]
        );
        let well_known = diagnostics_in(&service(r#""alloy#simpleRestJson": {}"#));
        let message = "service `a#S` uses `alloy#simpleRestJson`, which is not supported yet";
        assert!(well_known.len() == 1 && well_known[0].ends_with(message), "{well_known:?}");
        let definition = r#""b#rpc": {"type": "structure", "traits": {"smithy.api#trait": {}, "smithy.api#protocolDefinition": {}}}, "a#S":"#;
        let defined = service(r#""b#rpc": {}"#).replace("\"a#S\":", definition);
        assert!(diagnostics_in(&defined)[0].ends_with("uses `b#rpc`, which is not supported yet"));
        assert_eq!(diagnostics_in(&service("")), ["1:28 «\"a#S\"» service `a#S` has no protocol trait"]);
        let both = service(r#""aws.protocols#awsQuery": {}, "aws.protocols#restJson1": {}"#);
        assert!(diagnostics_in(&both).is_empty());
    }
}
