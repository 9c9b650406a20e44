//! Names of fields and variants, each unique in its shape.
//!
//! Members whose names differ only in case or underscores, such as `userId` and `user_id`, have the same name in
//! Rust. The first one in the model gets it, and the others get it with a number, in their order. New members are
//! [added at the end](https://smithy.io/2.0/guides/evolving-models.html), so they do not rename others.

use super::names;
use crate::model::{Model, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// Names chosen by the user, by the id of a shape or member.
pub(crate) type ChosenNames = BTreeMap<String, String>;

/// The names of the members of each shape, in their order.
pub(crate) struct MemberNames<'a>(BTreeMap<&'a ShapeId, Vec<String>>);

impl<'a> MemberNames<'a> {
    /// Names the members of all structures, unions and enums.
    pub(crate) fn new(model: &'a Model, chosen: &ChosenNames) -> Self {
        let names = model.shapes.values().filter_map(|shape| Some((&shape.id, names(shape, chosen)?)));
        Self(names.collect())
    }

    /// Returns the names of a shape's members; empty if it has none.
    pub(crate) fn of(&self, shape: &ShapeId) -> &[String] {
        self.0.get(shape).map_or(&[], Vec::as_slice)
    }
}

fn names(shape: &Shape, chosen: &ChosenNames) -> Option<Vec<String>> {
    let chosen = |member: &String| chosen.get(&format!("{}${member}", shape.id)).cloned();
    let fields = |members: Vec<&String>| unique(&members, chosen, names::snake_name, field_number);
    let variants = |members: Vec<&String>| unique(&members, chosen, names::variant_name, variant_number);
    Some(match &shape.kind {
        ShapeKind::Structure(members) => fields(members.iter().map(|member| &member.name).collect()),
        ShapeKind::Union(members) => variants(members.iter().map(|member| &member.name).collect()),
        ShapeKind::Enum(values) => variants(values.iter().map(|value| &value.name).collect()),
        ShapeKind::IntEnum(values) => variants(values.iter().map(|value| &value.name).collect()),
        ShapeKind::Simple(_) | ShapeKind::List(_) | ShapeKind::Map(..) => return None,
    })
}

fn field_number(name: &str, number: u32) -> String {
    format!("{}_{number}", name.trim_start_matches("r#").trim_end_matches('_'))
}

fn variant_number(name: &str, number: u32) -> String {
    format!("{}{number}", name.trim_end_matches('_'))
}

/// Names the members in their order. Chosen names are not given to other members.
fn unique(
    members: &[&String],
    chosen: impl Fn(&String) -> Option<String>,
    derive: fn(&str) -> String,
    with_number: fn(&str, u32) -> String,
) -> Vec<String> {
    // The setter of a field `new` is `new_`.
    let key = |name: &str| names::setter_name(name);
    let mut used: BTreeSet<String> =
        members.iter().filter_map(|member| chosen(member)).map(|name| key(&name)).collect();
    let name = |member: &&String| {
        chosen(member).unwrap_or_else(|| {
            let plain = derive(member);
            let numbered = (2..=u32::MAX).map(|number| with_number(&plain, number));
            let mut candidates = std::iter::once(plain.clone()).chain(numbered);
            let name = candidates.find(|name| !used.contains(&key(name))).unwrap_or(plain.clone());
            used.insert(key(&name));
            name
        })
    };
    members.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(members: &[&str], chosen: &[(&str, &str)]) -> Vec<String> {
        named(members, chosen, names::snake_name, field_number)
    }

    fn variants(members: &[&str]) -> Vec<String> {
        named(members, &[], names::variant_name, variant_number)
    }

    fn named(
        members: &[&str],
        chosen: &[(&str, &str)],
        derive: fn(&str) -> String,
        with_number: fn(&str, u32) -> String,
    ) -> Vec<String> {
        let members: Vec<String> = members.iter().map(|member| (*member).to_owned()).collect();
        let chosen = |member: &String| {
            chosen.iter().find(|(name, _)| name == member).map(|(_, chosen)| (*chosen).to_owned())
        };
        unique(&members.iter().collect::<Vec<_>>(), chosen, derive, with_number)
    }

    #[test]
    fn the_first_member_gets_a_name_and_the_others_a_number() {
        assert_eq!(fields(&["userId", "user_id", "UserID"], &[]), ["user_id", "user_id_2", "user_id_3"]);
        assert_eq!(fields(&["type", "Type", "new", "New"], &[]), ["r#type", "type_2", "new", "new_2"]);
        assert_eq!(fields(&["id", "_id"], &[]), ["id", "_id"]);
        assert_eq!(variants(&["Mb", "MB", "Mb2"]), ["Mb", "Mb2", "Mb22"]);
        assert_eq!(variants(&["Unknown", "UnknownValue"]), ["UnknownValue", "UnknownValue2"]);
    }

    #[test]
    fn new_members_do_not_rename_others() {
        let members = ["user_id", "userId", "new", "user_id_2", "a", "A_", "type", "_a"];
        let all = fields(&members, &[]);
        for count in 0..members.len() {
            assert_eq!(fields(&members[..count], &[]), all[..count]);
        }
    }

    #[test]
    fn chosen_names_come_first() {
        let chosen = [("user_id", "user_id"), ("x", "key")];
        assert_eq!(fields(&["userId", "user_id", "x"], &chosen), ["user_id_2", "user_id", "key"]);
    }
}
