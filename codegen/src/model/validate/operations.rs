//! Consistency of the [`http` trait](https://smithy.io/2.0/spec/http-bindings.html#http-trait) of operations
//! with the bindings of their inputs, outputs and errors.

use super::context::{Context, is_bound_in_request, is_bound_in_response};
use crate::model::uri::{Segment, UriPattern};
use crate::model::{Member, Operation, Shape, ShapeKind, SimpleKind, Traits};
use crate::shape_id::ShapeId;
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
        check_uri(context, operation, diagnostics);
    }
    for id in inputs {
        check_payload(context, id, is_bound_in_request, diagnostics);
    }
    for id in responses {
        check_payload(context, id, is_bound_in_response, diagnostics);
    }
}

fn check_uri(context: &Context<'_, '_>, operation: &Operation, diagnostics: &mut Diagnostics) {
    let Some(http) = &operation.traits.http else {
        // A trait with an invalid value is already reported.
        if context.raw_model.get(&operation.id).is_some_and(|raw_shape| !raw_shape.has(HTTP)) {
            diagnostics.push(no_http(operation));
        }
        return;
    };
    let uri_span = uri_span(context, &operation.id);
    let pattern = match UriPattern::parse(&http.uri) {
        Ok(pattern) => pattern,
        Err(reason) => {
            let message = format!("URI pattern of operation `{}` {reason}", operation.id);
            let help =
                "write a pattern such as `/things/{id}?list`, in which labels are entire path segments";
            diagnostics.push(Diagnostic::new(uri_span, message).label("invalid URI pattern").help(help));
            return;
        }
    };
    let members: BTreeMap<&str, &Member> = context
        .members(&operation.input)
        .iter()
        .filter(|member| member.traits.http_label)
        .map(|member| (member.name.as_str(), member))
        .collect();
    check_labels(context, operation, &pattern, &members, uri_span, diagnostics);
    check_label_members(context, operation, &pattern, &members, uri_span, diagnostics);
}

fn no_http(operation: &Operation) -> Diagnostic {
    Diagnostic::new(operation.span, format!("operation `{}` has no HTTP method or URI", operation.id))
        .label("missing `smithy.api#http`")
        .help("add `smithy.api#http` to the operation, such as {\"method\": \"POST\", \"uri\": \"/…\"}")
}

/// Returns the location of the URI in the trait.
fn uri_span(context: &Context<'_, '_>, operation: &ShapeId) -> Span {
    let applied = context.raw_model.get(operation).and_then(|raw_shape| raw_shape.traits.get(HTTP));
    let entries = applied.and_then(|applied| applied.value.entries()).unwrap_or_default();
    let uri = entries.iter().find(|entry| entry.key == "uri");
    uri.map_or_else(|| context.raw_model.trait_span(operation, None, HTTP), |entry| entry.value.span())
}

/// Checks that a member is bound to each label, and that greedy labels are strings.
fn check_labels(
    context: &Context<'_, '_>,
    operation: &Operation,
    pattern: &UriPattern<'_>,
    members: &BTreeMap<&str, &Member>,
    uri_span: Span,
    diagnostics: &mut Diagnostics,
) {
    for segment in &pattern.segments {
        let Some(label) = segment.label() else { continue };
        let Some(member) = members.get(label) else {
            let message = format!("no member is bound to label `{label}` of operation `{}`", operation.id);
            let input = context.shape(&operation.input).map_or(uri_span, |shape| shape.span);
            let diagnostic = Diagnostic::new(uri_span, message)
                .label(format!("`{{{label}}}` in this URI"))
                .related(input, format!("no `{LABEL}` member `{label}`"))
                .help(format!("apply `{LABEL}` to a required member `{label}` of `{}`", operation.input));
            diagnostics.push(diagnostic);
            continue;
        };
        let string =
            |kind: &ShapeKind| matches!(kind, ShapeKind::Simple(SimpleKind::String) | ShapeKind::Enum(_));
        if matches!(segment, Segment::Greedy(_)) && !context.kind(&member.target).is_none_or(string) {
            let message =
                format!("greedy label `{label}` must target a string, but targets `{}`", member.target);
            let span = context.raw_model.trait_span(&operation.input, Some(&member.name), LABEL);
            let diagnostic = Diagnostic::new(span, message)
                .label("expected a string")
                .related(uri_span, "greedy label in this URI")
                .help("target a string, or remove `+` from the label");
            diagnostics.push(diagnostic);
        }
    }
}

/// Checks that the URI has a label for each member with `httpLabel`.
fn check_label_members(
    context: &Context<'_, '_>,
    operation: &Operation,
    pattern: &UriPattern<'_>,
    members: &BTreeMap<&str, &Member>,
    uri_span: Span,
    diagnostics: &mut Diagnostics,
) {
    let labels: BTreeSet<&str> = pattern.labels().collect();
    for member in members.values().filter(|member| !labels.contains(member.name.as_str())) {
        let message = format!(
            "no label `{}` in the URI of operation `{}` for member `{}${0}`",
            member.name, operation.id, operation.input
        );
        let span = context.raw_model.trait_span(&operation.input, Some(&member.name), LABEL);
        let diagnostic = Diagnostic::new(span, message)
            .label("bound to a label")
            .related(uri_span, format!("no `{{{}}}` in this URI", member.name))
            .help(format!("add the label to the URI, or remove `{LABEL}`"));
        diagnostics.push(diagnostic);
    }
}

/// Checks that all other members are bound if one member is the payload.
fn check_payload(
    context: &Context<'_, '_>,
    structure: &ShapeId,
    is_bound: fn(&Traits) -> bool,
    diagnostics: &mut Diagnostics,
) {
    let members = context.members(structure);
    let Some(payload) = members.iter().find(|member| member.traits.http_payload) else { return };
    let span =
        |shape: &Shape, member: &Member| context.raw_model.trait_span(&shape.id, Some(&member.name), "");
    let Some(shape) = context.shape(structure) else { return };
    for member in members.iter().filter(|member| !is_bound(&member.traits)) {
        let message = format!("member `{structure}${}` is not bound to the HTTP message", member.name);
        let diagnostic = Diagnostic::new(span(shape, member), message)
            .label("missing HTTP binding")
            .related(span(shape, payload), "this member is the entire body")
            .help("bind the member to a header, or move it into the payload");
        diagnostics.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics_in, input, model};

    /// Returns the diagnostics for an operation with this URI and these input members.
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
    fn rejects_unmatched_labels_and_members() {
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
                "3:49 «\"smithy.api#httpLabel\"» no label `y` in the URI of operation `a#Op` for member `a#In$y`",
                "7:59 «\"/{x}\"» no member is bound to label `x` of operation `a#Op`",
            ]
        );
        assert_eq!(
            diagnostics("/{x+}", &label("x", "Integer", "")),
            [
                "3:50 «\"smithy.api#httpLabel\"» member `a#In$x` has `smithy.api#httpLabel` but is not required",
                "3:50 «\"smithy.api#httpLabel\"» greedy label `x` must target a string, but targets `smithy.api#Integer`",
            ]
        );
        assert_eq!(
            diagnostics("op", ""),
            ["6:59 «\"op\"» URI pattern of operation `a#Op` does not start with `/`"]
        );
    }

    #[test]
    fn rejects_operations_without_http_trait() {
        let source = model(&input("")).replace("smithy.api#http\"", "a#other\"");
        assert_eq!(diagnostics_in(&source), ["5:1 «\"a#Op\"» operation `a#Op` has no HTTP method or URI"]);
    }

    #[test]
    fn rejects_unbound_members_besides_payload() {
        let members = r#"
"body": {"target": "smithy.api#Blob", "traits": {"smithy.api#httpPayload": {}}},
"header": {"target": "smithy.api#String", "traits": {"smithy.api#httpHeader": "H"}},
"left": {"target": "smithy.api#String"}"#;
        assert_eq!(
            diagnostics("/", members),
            ["5:1 «\"left\"» member `a#In$left` is not bound to the HTTP message"]
        );
    }
}
