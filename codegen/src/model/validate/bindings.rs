//! [HTTP bindings](https://smithy.io/2.0/spec/http-bindings.html) of the members of one structure.

use super::Context;
use crate::model::{Member, Shape, ShapeId, ShapeKind, SimpleKind, Traits};
use crate::{Diagnostic, Diagnostics};
use std::collections::BTreeMap;

const LABEL: &str = "smithy.api#httpLabel";
const HEADER: &str = "smithy.api#httpHeader";
const QUERY: &str = "smithy.api#httpQuery";
const PREFIX_HEADERS: &str = "smithy.api#httpPrefixHeaders";
const PAYLOAD: &str = "smithy.api#httpPayload";
const QUERY_PARAMS: &str = "smithy.api#httpQueryParams";
const RESPONSE_CODE: &str = "smithy.api#httpResponseCode";

pub(super) fn check(context: &Context<'_, '_>, diagnostics: &mut Diagnostics) {
    for (structure, members) in context.structures() {
        // What is bound to one place, by the place in words.
        let mut taken: BTreeMap<String, (&Member, &str)> = BTreeMap::new();
        for member in members {
            let bindings = bindings(&member.traits);
            one_binding(context, structure, member, &bindings, diagnostics);
            for id in bindings {
                target(context, structure, member, id, diagnostics);
                let Some(place) = exclusive_place(&member.traits, id) else { continue };
                if let Some((other, other_id)) = taken.get(&place) {
                    let first = context.drafts.place(&structure.id, Some(&other.name), other_id);
                    diagnostics.push(
                        at(
                            context,
                            structure,
                            member,
                            id,
                            format!("{place} is bound twice in `{}`", structure.id),
                        )
                        .label(format!("to `{}` here", member.name))
                        .related(first, format!("to `{}` here", other.name))
                        .help("bind one member to it"),
                    );
                } else {
                    taken.insert(place, (member, id));
                }
            }
            label_is_required(context, structure, member, diagnostics);
        }
    }
}

/// The binding traits that a member has.
fn bindings(traits: &Traits) -> Vec<&'static str> {
    let all = [
        (traits.http_label, LABEL),
        (traits.http_header.is_some(), HEADER),
        (traits.http_query.is_some(), QUERY),
        (traits.http_prefix_headers.is_some(), PREFIX_HEADERS),
        (traits.http_payload, PAYLOAD),
        (traits.http_query_params, QUERY_PARAMS),
        (traits.http_response_code, RESPONSE_CODE),
    ];
    all.into_iter().filter_map(|(has, id)| has.then_some(id)).collect()
}

fn one_binding(
    context: &Context<'_, '_>,
    structure: &Shape,
    member: &Member,
    bindings: &[&str],
    diagnostics: &mut Diagnostics,
) {
    let [first, others @ ..] = bindings else { return };
    for id in others {
        let message =
            format!("member `{}${}` is bound twice: by `{first}` and `{id}`", structure.id, member.name);
        let diagnostic = at(context, structure, member, id, message)
            .label("bound again here")
            .related(context.drafts.place(&structure.id, Some(&member.name), first), "bound here")
            .help("a member has one place in the message: keep one of the traits");
        diagnostics.push(diagnostic);
    }
}

/// The place that only one member of a structure can have, if the binding is to such a one.
fn exclusive_place(traits: &Traits, id: &str) -> Option<String> {
    Some(match id {
        HEADER => format!("header `{}`", traits.http_header.as_deref()?.to_ascii_lowercase()),
        QUERY => format!("query parameter `{}`", traits.http_query.as_deref()?.escape_debug()),
        PREFIX_HEADERS => "what `httpPrefixHeaders` stands for".to_owned(),
        PAYLOAD => "the payload".to_owned(),
        QUERY_PARAMS => "what `httpQueryParams` stands for".to_owned(),
        RESPONSE_CODE => "the response code".to_owned(),
        _ => return None,
    })
}

fn label_is_required(
    context: &Context<'_, '_>,
    structure: &Shape,
    member: &Member,
    diagnostics: &mut Diagnostics,
) {
    if member.traits.http_label && !says_required(context, structure, member) {
        let message = format!("member `{}${}` is a label but not required", structure.id, member.name);
        let diagnostic = at(context, structure, member, LABEL, message)
            .label("a part of the URI")
            .help("apply `smithy.api#required` to it: a request without it has no URI");
        diagnostics.push(diagnostic);
    }
}

/// Whether the trait is there; a value that could not be read was reported before.
fn says_required(context: &Context<'_, '_>, structure: &Shape, member: &Member) -> bool {
    let draft = context.drafts.get(&structure.id).and_then(|draft| draft.members.get(&member.name));
    draft.is_some_and(|member| member.traits.contains_key("smithy.api#required"))
}

/// Checks that the member's target is of a kind that can stand in its place.
fn target(
    context: &Context<'_, '_>,
    structure: &Shape,
    member: &Member,
    id: &str,
    diagnostics: &mut Diagnostics,
) {
    let Some(kind) = context.kind(&member.target) else { return };
    let (fits, wanted) = match id {
        LABEL => (is_scalar(kind), "a string, number, boolean or timestamp"),
        HEADER | QUERY => {
            let fits = is_scalar(kind) || list_item(kind).is_some_and(|item| fits(context, item, is_scalar));
            (fits, "a string, number, boolean or timestamp, or a list of them")
        }
        PREFIX_HEADERS => {
            (map_value(kind).is_some_and(|value| fits(context, value, is_string)), "a map of strings")
        }
        QUERY_PARAMS => {
            let fits = map_value(kind).is_some_and(|value| {
                let item = context.kind(value).and_then(list_item);
                fits(context, item.unwrap_or(value), is_string)
            });
            (fits, "a map of strings or of lists of strings")
        }
        RESPONSE_CODE => {
            let fits = matches!(kind, ShapeKind::Simple(SimpleKind::Integer) | ShapeKind::IntEnum(_));
            (fits, "an integer")
        }
        _ => return,
    };
    if !fits {
        let message = format!(
            "member `{}${}` targets `{}`, which `{id}` cannot bind",
            structure.id, member.name, member.target
        );
        let diagnostic = at(context, structure, member, id, message).label("bound here");
        diagnostics.push(diagnostic.help(format!("such a member must target {wanted}")));
    }
}

fn at(
    context: &Context<'_, '_>,
    structure: &Shape,
    member: &Member,
    id: &str,
    message: String,
) -> Diagnostic {
    Diagnostic::new(context.drafts.place(&structure.id, Some(&member.name), id), message)
}

/// Whether a target is of a kind; one that is missing was reported before.
fn fits(context: &Context<'_, '_>, target: &ShapeId, is: fn(&ShapeKind) -> bool) -> bool {
    context.kind(target).is_none_or(is)
}

fn is_scalar(kind: &ShapeKind) -> bool {
    match kind {
        ShapeKind::Simple(kind) => !matches!(kind, SimpleKind::Blob | SimpleKind::Document),
        ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => true,
        _ => false,
    }
}

fn is_string(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::Simple(SimpleKind::String) | ShapeKind::Enum(_))
}

fn list_item(kind: &ShapeKind) -> Option<&ShapeId> {
    match kind {
        ShapeKind::List(member) => Some(&member.target),
        _ => None,
    }
}

fn map_value(kind: &ShapeKind) -> Option<&ShapeId> {
    match kind {
        ShapeKind::Map(_, value) => Some(&value.target),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, input};

    fn string(name: &str, traits: &str) -> String {
        format!("\n\"{name}\": {{\"target\": \"smithy.api#String\", \"traits\": {{{traits}}}}}")
    }

    #[test]
    fn a_member_that_is_bound_twice_is_an_error() {
        let member = string("x", r#""smithy.api#httpHeader": "X", "smithy.api#httpQuery": "x""#);
        assert_eq!(
            diagnostics(&input(&member)),
            [
                "3:103 «\"x\"» member `a#In$x` is bound twice: by `smithy.api#httpHeader` and `smithy.api#httpQuery`"
            ]
        );
    }

    #[test]
    fn a_place_that_is_bound_twice_is_an_error() {
        let twice = |a: &str, b: &str| diagnostics(&input(&[string("x", a), string("y", b)].join(",")));
        assert_eq!(
            twice(r#""smithy.api#httpHeader": "X-A""#, r#""smithy.api#httpHeader": "x-a""#),
            ["4:74 «\"x-a\"» header `x-a` is bound twice in `a#In`"]
        );
        assert_eq!(
            twice(r#""smithy.api#httpQuery": "q""#, r#""smithy.api#httpQuery": "q""#),
            ["4:73 «\"q\"» query parameter `q` is bound twice in `a#In`"]
        );
        assert!(twice(r#""smithy.api#httpQuery": "q""#, r#""smithy.api#httpQuery": "Q""#).is_empty());
        assert_eq!(
            twice(r#""smithy.api#httpPayload": {}"#, r#""smithy.api#httpPayload": {}"#),
            ["4:49 «\"smithy.api#httpPayload\"» the payload is bound twice in `a#In`"]
        );
    }

    #[test]
    fn targets_must_fit_the_place() {
        let shapes = input(
            r#"
"a": {"target": "a#Map", "traits": {"smithy.api#httpHeader": "A"}},
"b": {"target": "a#List", "traits": {"smithy.api#httpQuery": "b"}},
"c": {"target": "a#List", "traits": {"smithy.api#httpQueryParams": {}}},
"d": {"target": "a#Map", "traits": {"smithy.api#httpPrefixHeaders": "d-"}},
"e": {"target": "smithy.api#String", "traits": {"smithy.api#httpResponseCode": {}}}"#,
        ) + r#", "a#List": {"type": "list", "member": {"target": "smithy.api#Integer"}},
            "a#Map": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "smithy.api#String"}}"#;
        assert_eq!(
            diagnostics(&shapes),
            [
                "3:62 «\"A\"» member `a#In$a` targets `a#Map`, which `smithy.api#httpHeader` cannot bind",
                "5:38 «\"smithy.api#httpQueryParams\"» member `a#In$c` targets `a#List`, which `smithy.api#httpQueryParams` cannot bind",
                "7:49 «\"smithy.api#httpResponseCode\"» member `a#In$e` targets `smithy.api#String`, which `smithy.api#httpResponseCode` cannot bind",
            ]
        );
    }
}
