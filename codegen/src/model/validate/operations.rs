//! The [`http` trait](https://smithy.io/2.0/spec/http-bindings.html#http-trait) of operations against the
//! bindings of their inputs, outputs and errors.

use super::{Context, is_bound_in_request, is_bound_in_response};
use crate::model::uri::{Segment, UriPattern};
use crate::model::{Member, Operation, Shape, ShapeId, ShapeKind, SimpleKind, Traits};
use crate::{Diagnostic, Diagnostics, Span};
use std::collections::{BTreeMap, BTreeSet};

const HTTP: &str = "smithy.api#http";
const LABEL: &str = "smithy.api#httpLabel";

pub(super) fn check(context: &Context<'_, '_>, diagnostics: &mut Diagnostics) {
    let mut inputs = BTreeSet::new();
    let mut responses = BTreeSet::new();
    for operation in context.closure.operations.values() {
        inputs.insert(&operation.input);
        responses.extend(operation.errors.iter().chain([&operation.output]));
        uri(context, operation, diagnostics);
    }
    for id in inputs {
        whole_body(context, id, is_bound_in_request, diagnostics);
    }
    for id in responses {
        whole_body(context, id, is_bound_in_response, diagnostics);
    }
}

fn uri(context: &Context<'_, '_>, operation: &Operation, diagnostics: &mut Diagnostics) {
    let Some(http) = &operation.traits.http else {
        // A trait whose value could not be read was reported before.
        if context.drafts.get(&operation.id).is_some_and(|draft| !draft.has(HTTP)) {
            diagnostics.push(no_http(operation));
        }
        return;
    };
    let place = uri_place(context, &operation.id);
    let pattern = match UriPattern::parse(&http.uri) {
        Ok(pattern) => pattern,
        Err(reason) => {
            let message = format!("the URI of operation `{}` {reason}", operation.id);
            let help =
                "a URI pattern looks like `/things/{id}?list`, a label being a whole segment of its path";
            diagnostics.push(Diagnostic::new(place, message).label("not a URI pattern").help(help));
            return;
        }
    };
    let members: BTreeMap<&str, &Member> = context
        .members(&operation.input)
        .iter()
        .filter(|member| member.traits.http_label)
        .map(|member| (member.name.as_str(), member))
        .collect();
    labels_have_members(context, operation, &pattern, &members, place, diagnostics);
    members_have_labels(context, operation, &pattern, &members, place, diagnostics);
}

fn no_http(operation: &Operation) -> Diagnostic {
    Diagnostic::new(operation.span, format!("operation `{}` has no HTTP method and URI", operation.id))
        .label("`smithy.api#http` is missing")
        .help("the service's protocol needs it: apply \"smithy.api#http\": {\"method\": \"POST\", \"uri\": \"/…\"}")
}

/// Where the URI stands in the trait.
fn uri_place(context: &Context<'_, '_>, operation: &ShapeId) -> Span {
    let applied = context.drafts.get(operation).and_then(|draft| draft.traits.get(HTTP));
    let entries = applied.and_then(|applied| applied.value.entries()).unwrap_or_default();
    let uri = entries.iter().find(|entry| entry.key == "uri");
    uri.map_or_else(|| context.drafts.place(operation, None, HTTP), |entry| entry.value.span())
}

fn labels_have_members(
    context: &Context<'_, '_>,
    operation: &Operation,
    pattern: &UriPattern<'_>,
    members: &BTreeMap<&str, &Member>,
    place: Span,
    diagnostics: &mut Diagnostics,
) {
    for segment in &pattern.segments {
        let Some(label) = segment.label() else { continue };
        let Some(member) = members.get(label) else {
            let message = format!("label `{label}` of operation `{}` has no member", operation.id);
            let input = context.shape(&operation.input).map_or(place, |shape| shape.span);
            let diagnostic = Diagnostic::new(place, message)
                .label(format!("`{{{label}}}` stands in this URI"))
                .related(input, "no member of the input is bound to it")
                .help(format!("apply `{LABEL}` to a required member `{label}` of `{}`", operation.input));
            diagnostics.push(diagnostic);
            continue;
        };
        let string =
            |kind: &ShapeKind| matches!(kind, ShapeKind::Simple(SimpleKind::String) | ShapeKind::Enum(_));
        if matches!(segment, Segment::Greedy(_)) && !context.kind(&member.target).is_none_or(string) {
            let message = format!("greedy label `{label}` targets `{}`", member.target);
            let span = context.drafts.place(&operation.input, Some(&member.name), LABEL);
            let diagnostic = Diagnostic::new(span, message).label("bound to a greedy label");
            diagnostics
                .push(diagnostic.related(place, "in this URI").help("a greedy label must target a string"));
        }
    }
}

fn members_have_labels(
    context: &Context<'_, '_>,
    operation: &Operation,
    pattern: &UriPattern<'_>,
    members: &BTreeMap<&str, &Member>,
    place: Span,
    diagnostics: &mut Diagnostics,
) {
    let labels: BTreeSet<&str> = pattern.labels().collect();
    for member in members.values().filter(|member| !labels.contains(member.name.as_str())) {
        let message = format!(
            "member `{}${}` is a label that the URI of `{}` does not have",
            operation.input, member.name, operation.id
        );
        let span = context.drafts.place(&operation.input, Some(&member.name), LABEL);
        let diagnostic = Diagnostic::new(span, message)
            .label("bound to the URI here")
            .related(place, format!("no `{{{}}}` here", member.name))
            .help("add the label to the URI, or bind the member to another place");
        diagnostics.push(diagnostic);
    }
}

/// Checks that nothing is left for the body when one member is the payload.
fn whole_body(
    context: &Context<'_, '_>,
    structure: &ShapeId,
    is_bound: fn(&Traits) -> bool,
    diagnostics: &mut Diagnostics,
) {
    let members = context.members(structure);
    let Some(payload) = members.iter().find(|member| member.traits.http_payload) else { return };
    let span = |shape: &Shape, member: &Member| context.drafts.place(&shape.id, Some(&member.name), "");
    let Some(shape) = context.shape(structure) else { return };
    for member in members.iter().filter(|member| !is_bound(&member.traits)) {
        let message = format!("member `{structure}${}` has no place in the HTTP message", member.name);
        let diagnostic = Diagnostic::new(span(shape, member), message)
            .label("not bound")
            .related(span(shape, payload), "this member is the whole body")
            .help("bind it to a header, or move it into the payload");
        diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics_in, input, model};

    /// What is wrong when the operation has this URI and its input these members.
    fn diagnostics(uri: &str, members: &str) -> Vec<String> {
        diagnostics_in(&model(&input(members)).replace("/op", uri))
    }

    fn label(name: &str, target: &str, traits: &str) -> String {
        format!(
            "\n\"{name}\": {{\"target\": \"smithy.api#{target}\", \"traits\": {{\"smithy.api#httpLabel\": {{}}{traits}}}}}"
        )
    }

    const REQUIRED: &str = r#", "smithy.api#required": {}"#;

    #[test]
    fn labels_and_members_must_match() {
        assert!(
            diagnostics(
                "/{x}/{y+}",
                &[label("x", "Integer", REQUIRED), label("y", "String", REQUIRED)].join(",")
            )
            .is_empty()
        );
        assert_eq!(
            diagnostics("/{x}", &label("y", "String", REQUIRED)),
            [
                "3:49 «\"smithy.api#httpLabel\"» member `a#In$y` is a label that the URI of `a#Op` does not have",
                "7:59 «\"/{x}\"» label `x` of operation `a#Op` has no member",
            ]
        );
        assert_eq!(
            diagnostics("/{x+}", &label("x", "Integer", "")),
            [
                "3:50 «\"smithy.api#httpLabel\"» member `a#In$x` is a label but not required",
                "3:50 «\"smithy.api#httpLabel\"» greedy label `x` targets `smithy.api#Integer`",
            ]
        );
        assert_eq!(
            diagnostics("op", ""),
            ["6:59 «\"op\"» the URI of operation `a#Op` does not start with `/`"]
        );
    }

    #[test]
    fn an_operation_needs_a_method_and_a_uri() {
        let source = model(&input("")).replace("smithy.api#http\"", "a#other\"");
        assert_eq!(diagnostics_in(&source), ["5:1 «\"a#Op\"» operation `a#Op` has no HTTP method and URI"]);
    }

    #[test]
    fn with_a_payload_every_other_member_must_be_bound() {
        let members = r#"
"body": {"target": "smithy.api#Blob", "traits": {"smithy.api#httpPayload": {}}},
"header": {"target": "smithy.api#String", "traits": {"smithy.api#httpHeader": "H"}},
"left": {"target": "smithy.api#String"}"#;
        assert_eq!(
            diagnostics("/", members),
            ["5:1 «\"left\"» member `a#In$left` has no place in the HTTP message"]
        );
    }
}
