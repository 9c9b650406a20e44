//! Names in JSON objects: the [`jsonName` trait](https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait)
//! must not give two members of a structure or union the same.

use super::{Context, is_bound_in_request, is_bound_in_response};
use crate::model::{Member, Shape, ShapeId, ShapeKind, Traits};
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
        unique(context, shape, members.iter().filter(|member| in_document(&member.traits)), diagnostics);
    }
}

/// Shapes that stand within others, where HTTP bindings mean nothing.
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

fn unique<'c>(
    context: &Context<'_, '_>,
    shape: &Shape,
    members: impl Iterator<Item = &'c Member>,
    diagnostics: &mut Diagnostics,
) {
    let place = |member: &Member| context.drafts.place(&shape.id, Some(&member.name), "smithy.api#jsonName");
    let mut taken: BTreeMap<&str, &Member> = BTreeMap::new();
    for member in members {
        let name = member.traits.json_name.as_deref().unwrap_or(&member.name);
        if let Some(other) = taken.get(name) {
            let message = format!(
                "members `{}` and `{}` of `{}` have the same name in JSON, `{}`",
                other.name,
                member.name,
                shape.id,
                name.escape_debug()
            );
            let diagnostic = Diagnostic::new(place(member), message)
                .label("the same name again")
                .related(place(other), "the first of that name")
                .help("give one of them another `smithy.api#jsonName`");
            diagnostics.push(diagnostic);
        } else {
            taken.insert(name, member);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, input};

    #[test]
    fn two_members_with_one_name_in_json_are_an_error() {
        let members = r#"
"x": {"target": "smithy.api#String"},
"y": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": "x"}}"#;
        let found = ["4:72 «\"x\"» members `x` and `y` of `a#In` have the same name in JSON, `x`"];
        assert_eq!(diagnostics(&input(members)), found);
    }

    #[test]
    fn a_name_that_does_not_stand_in_the_body_is_free() {
        let members = r#"
"x": {"target": "smithy.api#String", "traits": {"smithy.api#httpQuery": "x"}},
"y": {"target": "smithy.api#String", "traits": {"smithy.api#jsonName": "x"}}"#;
        assert!(diagnostics(&input(members)).is_empty());
        let nested = input(r#""again": {"target": "a#In"}, "#).replace(", }", &format!(", {members}}}"));
        assert_eq!(diagnostics(&nested).len(), 1, "within itself the query binding means nothing");
    }
}
