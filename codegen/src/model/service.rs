//! Which service, and which of its protocols.

use super::draft::{Draft, Drafts};
use crate::ast::ShapeType;
use crate::model::Protocol;
use crate::model::mixins::MIXIN;
use crate::model::words;
use crate::{Diagnostic, Diagnostics, Span};

/// The protocols that are supported, best first.
const SUPPORTED: [(&str, Protocol); 5] = [
    ("smithy.protocols#rpcv2Cbor", Protocol::RpcV2Cbor),
    ("smithy.protocols#rpcv2Json", Protocol::RpcV2Json),
    ("aws.protocols#awsJson1_0", Protocol::AwsJson1_0),
    ("aws.protocols#awsJson1_1", Protocol::AwsJson1_1),
    ("aws.protocols#restJson1", Protocol::RestJson1),
];

impl Protocol {
    /// The shape id of the protocol's trait.
    pub fn trait_id(self) -> &'static str {
        SUPPORTED.iter().find(|(_, protocol)| *protocol == self).map_or("", |(id, _)| id)
    }
}

/// Protocols that exist, to be named in messages.
const KNOWN: [&str; 8] = [
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "smithy.protocols#rpcv2Cbor",
    "smithy.protocols#rpcv2Json",
];

/// What the caller chooses where a model leaves a choice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Selection<'c> {
    /// The service: its shape id, or its name if only one has that name.
    pub service: Option<&'c str>,
    /// The protocol: the id of its trait, or its name.
    pub protocol: Option<&'c str>,
}

/// The one service of the model, or the wanted one: its shape id, or its name if only one has that name.
///
/// # Errors
/// Why there is none to choose; nothing when that only follows from mistakes that were reported before.
pub(super) fn choose<'d, 'a>(
    drafts: &'d Drafts<'a>,
    requested: Option<&str>,
) -> Result<&'d Draft<'a>, Option<Diagnostic>> {
    let services: Vec<&Draft<'a>> =
        drafts.by_id.values().filter(|draft| draft.ty == ShapeType::Service && !draft.has(MIXIN)).collect();
    let matching: Vec<&Draft<'a>> = services
        .iter()
        .copied()
        .filter(|draft| {
            requested.is_none_or(|requested| requested == draft.id.as_str() || requested == draft.id.name())
        })
        .collect();
    let ids = |drafts: &[&Draft<'_>]| words::list(drafts.iter().map(|draft| draft.id.as_str()));
    let diagnostic = match (matching.as_slice(), requested) {
        ([service], _) => return Ok(service),
        // It may be one that could not be read.
        ([], _) if drafts.incomplete => return Err(None),
        ([], Some(requested)) if !services.is_empty() => {
            let span = services.first().map(|draft| draft.span).unwrap_or_default();
            Diagnostic::new(span, format!("the model has no service `{}`", requested.escape_debug()))
                .label("a service")
                .help(format!("it has {}", ids(&services)))
        }
        ([], _) => Diagnostic::new(Span::default(), "the model has no service")
            .help("add a shape of type `service`; a client is generated for one service"),
        ([first, others @ ..], _) => {
            let message = format!("the model has {} services: {}", matching.len(), ids(&matching));
            let diagnostic =
                Diagnostic::new(first.span, message).label("one").help("choose one with `--service ID`");
            others
                .iter()
                .take(8)
                .fold(diagnostic, |diagnostic, draft| diagnostic.related(draft.span, "another"))
        }
    };
    Err(Some(diagnostic))
}

/// The shape ids of the supported protocols that the service offers, best first.
pub(super) fn supported(service: &Draft<'_>) -> Vec<&'static str> {
    SUPPORTED.iter().map(|(id, _)| *id).filter(|id| service.has(id)).collect()
}

/// The best protocol that the service offers and that is supported, or the wanted one; a mistake when there
/// is none.
pub(super) fn protocol(
    drafts: &Drafts<'_>,
    service: &Draft<'_>,
    requested: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Protocol> {
    let is_wanted = |id: &str| {
        requested.is_none_or(|requested| {
            requested == id || id.rsplit_once('#').is_some_and(|(_, name)| requested == name)
        })
    };
    let found = SUPPORTED.iter().find(|(id, _)| service.has(id) && is_wanted(id));
    if let Some((_, protocol)) = found {
        return Some(*protocol);
    }
    let offered: Vec<&str> = KNOWN.into_iter().filter(|id| service.has(id)).collect();
    // Its protocol may be what could not be read.
    if offered.is_empty() && drafts.unread.contains(&service.id) {
        return None;
    }
    let supported = words::list(SUPPORTED.map(|(id, _)| id));
    let diagnostic = if let Some(requested) = requested.filter(|_| !offered.is_empty()) {
        let message = format!("service `{}` cannot be called by `{}`", service.id, requested.escape_debug());
        Diagnostic::new(service.span, message)
            .label("this service")
            .help(format!("it speaks {}; supported: {supported}", words::list(&offered)))
    } else if offered.is_empty() {
        let message = format!("service `{}` has no protocol", service.id);
        Diagnostic::new(service.span, message)
            .label("no protocol trait")
            .help(format!("apply the trait of a protocol to it; supported: {supported}"))
    } else {
        let message =
            format!("service `{}` speaks {}, which is not supported yet", service.id, words::list(&offered));
        let trait_span = offered.first().and_then(|id| service.traits.get(*id)).map(|applied| applied.span);
        Diagnostic::new(trait_span.unwrap_or(service.span), message)
            .label("not a supported protocol")
            .help(format!("supported: {supported}"))
    };
    diagnostics.push(diagnostic);
    None
}

#[cfg(test)]
mod tests {
    use crate::ast;
    use crate::model::testing::{diagnostics_in, helps};
    use crate::model::{Protocol, Selection, resolve};

    const TWO: &str = r#"{"smithy": "2", "shapes": {
"a#S": {"type": "service", "traits": {"aws.protocols#restJson1": {}}},
"b#S": {"type": "service", "traits": {"aws.protocols#restJson1": {}}},
"b#T": {"type": "service", "traits": {"aws.protocols#restJson1": {}}}}}"#;

    fn selection(service: &str) -> Selection<'_> {
        Selection { service: Some(service), protocol: None }
    }

    fn chosen(requested: &str) -> Result<String, String> {
        let model = resolve(&ast::parse(TWO).unwrap(), selection(requested));
        model.map(|(model, _)| model.service.id.to_string()).map_err(|diagnostics| diagnostics.to_string())
    }

    #[test]
    fn a_service_is_chosen_by_its_id_or_by_its_name_when_only_one_has_it() {
        assert_eq!(chosen("a#S").as_deref(), Ok("a#S"));
        assert_eq!(chosen("T").as_deref(), Ok("b#T"));
        assert_eq!(chosen("S"), Err("error: the model has 2 services: `a#S`, `b#S`".to_owned()));
        assert_eq!(chosen("X"), Err("error: the model has no service `X`".to_owned()));
        let diagnostics = resolve(&ast::parse(TWO).unwrap(), selection("X")).unwrap_err();
        assert_eq!(diagnostics.iter().next().unwrap().help.as_deref(), Some("it has `a#S`, `b#S`, `b#T`"));
    }

    #[test]
    fn the_best_protocol_is_taken_unless_another_is_wanted() {
        let source = r#"{"smithy": "2", "shapes": {"a#S": {"type": "service", "traits": {
            "aws.protocols#awsJson1_0": {}, "smithy.protocols#rpcv2Cbor": {}, "aws.protocols#awsQuery": {}}}}}"#;
        let protocol = |requested| {
            let selection = Selection { service: None, protocol: requested };
            let (model, diagnostics) = resolve(&ast::parse(source).unwrap(), selection).unwrap();
            diagnostics.into_result(model.service.protocol).map_err(|diagnostics| diagnostics.to_string())
        };
        assert_eq!(protocol(None), Ok(Protocol::RpcV2Cbor));
        assert_eq!(protocol(Some("awsJson1_0")), Ok(Protocol::AwsJson1_0));
        assert_eq!(protocol(Some("aws.protocols#awsJson1_0")), Ok(Protocol::AwsJson1_0));
        let refused = "error: service `a#S` cannot be called by `awsQuery`";
        assert_eq!(protocol(Some("awsQuery")), Err(refused.to_owned()));
    }

    #[test]
    fn several_services_without_a_choice_are_an_error_that_says_how_to_choose() {
        assert_eq!(diagnostics_in(TWO), ["2:1 «\"a#S\"» the model has 3 services: `a#S`, `b#S`, `b#T`"]);
        assert_eq!(helps(TWO), ["choose one with `--service ID`"]);
        assert_eq!(diagnostics_in(r#"{"smithy": "2"}"#), ["1:1 «» the model has no service"]);
    }

    #[test]
    fn a_protocol_that_is_not_supported_is_named_and_so_are_the_supported_ones() {
        let service = |traits: &str| {
            format!(
                r#"{{"smithy": "2", "shapes": {{"a#S": {{"type": "service", "traits": {{{traits}}}}}}}}}"#
            )
        };
        let other = service(r#""aws.protocols#awsQuery": {}, "aws.api#service": {"sdkId": 1}"#);
        assert_eq!(
            diagnostics_in(&other),
            [
                "1:66 «\"aws.protocols#awsQuery\"» service `a#S` speaks `aws.protocols#awsQuery`, which is not supported yet",
                "1:125 «1» `aws.api#service` takes a string, not a number",
            ]
        );
        assert!(
            helps(&other)[0].starts_with("supported: `smithy.protocols#rpcv2Cbor`, "),
            "{}",
            helps(&other)[0]
        );
        assert_eq!(diagnostics_in(&service("")), ["1:28 «\"a#S\"» service `a#S` has no protocol"]);
        let both = service(r#""aws.protocols#awsQuery": {}, "aws.protocols#restJson1": {}"#);
        assert!(diagnostics_in(&both).is_empty());
    }
}
