//! Uniqueness of names in JSON objects, which the
//! [`jsonName` trait](https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait) can change.

use super::context::{Context, is_bound_in_request, is_bound_in_response};
use crate::model::{Member, Shape, ShapeKind, Traits};
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(context: &Context<'_, '_>, diagnostics: &mut Diagnostics) {
    let inputs: BTreeSet<&ShapeId> = context.closure.operations.values().map(|o| &o.input).collect();
    let responses: BTreeSet<&ShapeId> =
        context.closure.operations.values().flat_map(|o| o.errors.iter().chain([&o.output])).collect();
    let nested = nested(context);
    for shape in context.closure.shapes.values() {
        let (ShapeKind::Structure(members) | ShapeKind::Union(members)) = &shape.kind else { continue };
        let in_document = |traits: &Traits| {
            nested.contains(&shape.id)
                || (inputs.contains(&shape.id) && !is_bound_in_request(traits))
                || (responses.contains(&shape.id) && !is_bound_in_response(traits))
        };
        check_unique(
            context,
            shape,
            members.iter().filter(|member| in_document(&member.traits)),
            diagnostics,
        );
    }
}

/// Returns the shapes that are targets of members. HTTP bindings are ignored in nested shapes.
fn nested<'c>(context: &Context<'c, '_>) -> BTreeSet<&'c ShapeId> {
    let targets = |shape: &'c Shape| -> Vec<&'c ShapeId> {
        match &shape.kind {
            ShapeKind::List(member) => vec![&member.target],
            ShapeKind::Map(_, value) => vec![&value.target],
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                members.iter().map(|member| &member.target).collect()
            }
            _ => Vec::new(),
        }
    };
    context.closure.shapes.values().flat_map(targets).collect()
}

fn check_unique<'c>(
    context: &Context<'_, '_>,
    shape: &Shape,
    members: impl Iterator<Item = &'c Member>,
    diagnostics: &mut Diagnostics,
) {
    let span =
        |member: &Member| context.raw_model.trait_span(&shape.id, Some(&member.name), "smithy.api#jsonName");
    let mut by_name: BTreeMap<&str, &Member> = BTreeMap::new();
    for member in members {
        let name = member.traits.json_name.as_deref().unwrap_or(&member.name);
        if let Some(other) = by_name.get(name) {
            let message = format!(
                "members `{}` and `{}` of `{}` have the same JSON name `{}`",
                other.name,
                member.name,
                shape.id,
                name.escape_debug()
            );
            let diagnostic = Diagnostic::new(span(member), message)
                .label("duplicate JSON name")
                .related(span(other), "first used here")
                .help("change the `smithy.api#jsonName` of one of the members");
            diagnostics.push(diagnostic);
        } else {
            by_name.insert(name, member);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, input};

    #[test]
    fn rejects_duplicate_json_names() {
        let members = r#"
"x": {"target": "smithy.api#String"},
"y": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": "x"}}"#;
        let found = ["4:72 «\"x\"» members `x` and `y` of `a#In` have the same JSON name `x`"];
        assert_eq!(diagnostics(&input(members)), found);
    }

    #[test]
    fn ignores_names_of_members_outside_the_body() {
        let members = r#"
"x": {"target": "smithy.api#String", "traits": {"smithy.api#httpQuery": "x"}},
"y": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": "x"}}"#;
        assert!(diagnostics(&input(members)).is_empty());
        let nested = input(r#""again": {"target": "a#In"}, "#).replace(", }", &format!(", {members}}}"));
        assert_eq!(diagnostics(&nested).len(), 1, "query bindings are ignored in nested structures");
    }
}
