//! [HTTP bindings](https://smithy.io/2.0/spec/http-bindings.html) of structure members.

use super::context::Context;
use crate::model::{Member, Shape, ShapeKind, SimpleKind, Traits};
use crate::shape_id::ShapeId;
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
        // Bound members and their binding traits, by the description of the binding location.
        let mut bound: BTreeMap<String, (&Member, &str)> = BTreeMap::new();
        for member in members {
            let bindings = bindings(&member.traits);
            check_single_binding(context, structure, member, &bindings, diagnostics);
            for id in bindings {
                check_target(context, structure, member, id, diagnostics);
                let Some(location) = exclusive_location(&member.traits, id) else { continue };
                if let Some((other, other_id)) = bound.get(&location) {
                    let first = context.raw_model.trait_span(&structure.id, Some(&other.name), other_id);
                    diagnostics.push(
                        at(
                            context,
                            structure,
                            member,
                            id,
                            format!("multiple members of `{}` are bound to {location}", structure.id),
                        )
                        .label(format!("bound to `{}` here", member.name))
                        .related(first, format!("bound to `{}` here", other.name))
                        .help("remove one of the bindings"),
                    );
                } else {
                    bound.insert(location, (member, id));
                }
            }
            check_label_is_required(context, structure, member, diagnostics);
        }
    }
}

/// Returns the binding traits of a member.
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

fn check_single_binding(
    context: &Context<'_, '_>,
    structure: &Shape,
    member: &Member,
    bindings: &[&str],
    diagnostics: &mut Diagnostics,
) {
    let [first, others @ ..] = bindings else { return };
    for id in others {
        let message = format!(
            "member `{}${}` has conflicting HTTP bindings `{first}` and `{id}`",
            structure.id, member.name
        );
        let diagnostic = at(context, structure, member, id, message)
            .label("conflicting binding")
            .related(context.raw_model.trait_span(&structure.id, Some(&member.name), first), "first binding")
            .help("keep one of the two traits");
        diagnostics.push(diagnostic);
    }
}

/// Returns a description of the binding location, if only one member of a structure may be bound to it.
fn exclusive_location(traits: &Traits, id: &str) -> Option<String> {
    Some(match id {
        HEADER => format!("header `{}`", traits.http_header.as_deref()?.to_ascii_lowercase()),
        QUERY => format!("query parameter `{}`", traits.http_query.as_deref()?.escape_debug()),
        PREFIX_HEADERS => "`httpPrefixHeaders`".to_owned(),
        PAYLOAD => "the payload".to_owned(),
        QUERY_PARAMS => "`httpQueryParams`".to_owned(),
        RESPONSE_CODE => "the response status code".to_owned(),
        _ => return None,
    })
}

fn check_label_is_required(
    context: &Context<'_, '_>,
    structure: &Shape,
    member: &Member,
    diagnostics: &mut Diagnostics,
) {
    if member.traits.http_label && !has_required_trait(context, structure, member) {
        let message = format!("member `{}${}` has `{LABEL}` but is not required", structure.id, member.name);
        let diagnostic = at(context, structure, member, LABEL, message)
            .label("not required")
            .help("apply `smithy.api#required` to the member");
        diagnostics.push(diagnostic);
    }
}

/// Returns true if the `required` trait is applied, even with an invalid value, which is already reported.
fn has_required_trait(context: &Context<'_, '_>, structure: &Shape, member: &Member) -> bool {
    let raw_shape =
        context.raw_model.get(&structure.id).and_then(|raw_shape| raw_shape.members.get(&member.name));
    raw_shape.is_some_and(|member| member.traits.contains_key("smithy.api#required"))
}

/// Checks that the binding trait supports the member's target.
fn check_target(
    context: &Context<'_, '_>,
    structure: &Shape,
    member: &Member,
    id: &str,
    diagnostics: &mut Diagnostics,
) {
    let Some(kind) = context.kind(&member.target) else { return };
    let (is_supported, expected) = match id {
        LABEL => (is_scalar(kind), "a string, number, boolean or timestamp"),
        HEADER | QUERY => {
            let is_scalar_list = list_item(kind).is_some_and(|item| target_is(context, item, is_scalar));
            (is_scalar(kind) || is_scalar_list, "a string, number, boolean or timestamp, or a list of them")
        }
        PREFIX_HEADERS => {
            (map_value(kind).is_some_and(|value| target_is(context, value, is_string)), "a map of strings")
        }
        QUERY_PARAMS => {
            let is_string_map = map_value(kind).is_some_and(|value| {
                let item = context.kind(value).and_then(list_item);
                target_is(context, item.unwrap_or(value), is_string)
            });
            (is_string_map, "a map of strings or of lists of strings")
        }
        RESPONSE_CODE => {
            let is_integer = matches!(kind, ShapeKind::Simple(SimpleKind::Integer) | ShapeKind::IntEnum(_));
            (is_integer, "an integer")
        }
        _ => return,
    };
    if !is_supported {
        let message = format!(
            "`{id}` does not support the target `{}` of member `{}${}`",
            member.target, structure.id, member.name
        );
        let diagnostic = at(context, structure, member, id, message).label("unsupported target");
        diagnostics.push(diagnostic.help(format!("target {expected}")));
    }
}

fn at(
    context: &Context<'_, '_>,
    structure: &Shape,
    member: &Member,
    id: &str,
    message: String,
) -> Diagnostic {
    Diagnostic::new(context.raw_model.trait_span(&structure.id, Some(&member.name), id), message)
}

/// Returns true if a target is of a kind, or undefined, which is already reported.
fn target_is(context: &Context<'_, '_>, target: &ShapeId, is: fn(&ShapeKind) -> bool) -> bool {
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
    fn rejects_two_bindings_of_one_member() {
        let member = string("x", r#""smithy.api#httpHeader": "X", "smithy.api#httpQuery": "x""#);
        assert_eq!(
            diagnostics(&input(&member)),
            [
                "3:103 «\"x\"» member `a#In$x` has conflicting HTTP bindings `smithy.api#httpHeader` and `smithy.api#httpQuery`"
            ]
        );
    }

    #[test]
    fn rejects_two_members_with_one_binding() {
        let two = |a: &str, b: &str| diagnostics(&input(&[string("x", a), string("y", b)].join(",")));
        assert_eq!(
            two(r#""smithy.api#httpHeader": "X-A""#, r#""smithy.api#httpHeader": "x-a""#),
            ["4:74 «\"x-a\"» multiple members of `a#In` are bound to header `x-a`"]
        );
        assert_eq!(
            two(r#""smithy.api#httpQuery": "q""#, r#""smithy.api#httpQuery": "q""#),
            ["4:73 «\"q\"» multiple members of `a#In` are bound to query parameter `q`"]
        );
        assert!(two(r#""smithy.api#httpQuery": "q""#, r#""smithy.api#httpQuery": "Q""#).is_empty());
        assert_eq!(
            two(r#""smithy.api#httpPayload": {}"#, r#""smithy.api#httpPayload": {}"#),
            ["4:49 «\"smithy.api#httpPayload\"» multiple members of `a#In` are bound to the payload"]
        );
    }

    #[test]
    fn rejects_unsupported_targets() {
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
                "3:62 «\"A\"» `smithy.api#httpHeader` does not support the target `a#Map` of member `a#In$a`",
                "5:38 «\"smithy.api#httpQueryParams\"» `smithy.api#httpQueryParams` does not support the target `a#List` of member `a#In$c`",
                "7:49 «\"smithy.api#httpResponseCode\"» `smithy.api#httpResponseCode` does not support the target `smithy.api#String` of member `a#In$e`",
            ]
        );
    }
}
