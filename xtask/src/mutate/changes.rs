//! Random changes to a model, with knowledge of its structure.

use super::json::Json;
use super::models::Model;
use super::random::Random;
use super::texts::{SCALARS, TEXTS, TYPES};

/// The maximum number of levels that a change adds.
const MAX_NESTING: usize = 300;

/// Changes models at random places.
pub(super) struct Changes<'m> {
    pub(super) random: Random,
    pub(super) model: &'m Model,
    /// All models: traits of others are added too.
    pub(super) models: &'m [Model],
}

impl Changes<'_> {
    /// Returns the text of the model after a few changes.
    pub(super) fn changed(&mut self) -> String {
        let mut json = self.model.json.clone();
        // Mostly one change: several are rarely accepted.
        for _ in 0..=self.random.below(5) / 3 {
            self.change(&mut json);
        }
        let mut text = String::new();
        json.write(&mut text);
        if self.random.one_in(40) {
            self.damage(&mut text);
        }
        text
    }

    fn change(&mut self, json: &mut Json) {
        if self.random.one_in(10) {
            let place = self.descend(json);
            return self.change_value(place);
        }
        match self.random.below(12) {
            0 | 1 => self.add_trait(json),
            2 => self.retarget(json),
            3 => self.change_type(json),
            4 => self.add_member(json),
            5 => self.nest_shapes(json),
            6 => self.delete_shape(json),
            _ => {
                if let Some(shape) = self.shape(json) {
                    let place = self.descend(shape);
                    self.change_value(place);
                }
            }
        }
    }

    /// Returns a random shape.
    fn shape<'j>(&mut self, json: &'j mut Json) -> Option<&'j mut Json> {
        let shapes = json.get_mut("shapes").entries_mut();
        let at = self.random.below(shapes.len());
        shapes.get_mut(at).map(|(_, shape)| shape)
    }

    /// Returns a random shape, or one of its members.
    fn owner<'j>(&mut self, json: &'j mut Json) -> Option<&'j mut Json> {
        let shape = self.shape(json)?;
        let has_members = shape.get("members").is_some_and(|members| !members.entries().is_empty());
        if self.random.one_in(3) || !has_members {
            return Some(shape);
        }
        let members = shape.get_mut("members").entries_mut();
        let at = self.random.below(members.len());
        members.get_mut(at).map(|(_, member)| member)
    }

    /// Returns a value at a random depth, a container more often than not.
    fn descend<'j>(&mut self, value: &'j mut Json) -> &'j mut Json {
        let mut value = value;
        while !self.random.one_in(4) {
            let length = match &*value {
                Json::Array(items) => items.len(),
                Json::Object(entries) => entries.len(),
                _ => 0,
            };
            if length == 0 {
                break;
            }
            let at = self.random.below(length);
            value = match value {
                Json::Array(items) => &mut items[at],
                Json::Object(entries) => &mut entries[at].1,
                other => return other,
            };
        }
        value
    }

    fn change_value(&mut self, place: &mut Json) {
        let donor = self.donor();
        match place {
            Json::Array(items) if !items.is_empty() && !self.random.one_in(5) => {
                let at = self.random.below(items.len());
                let other = self.random.below(items.len());
                match self.random.below(4) {
                    0 => drop(items.remove(at)),
                    1 => items.insert(other, items[at].clone()),
                    2 => items.swap(at, other),
                    _ => items.push(donor),
                }
            }
            Json::Object(entries) if !entries.is_empty() && !self.random.one_in(5) => {
                let at = self.random.below(entries.len());
                let other = self.random.below(entries.len());
                match self.random.below(6) {
                    0 => drop(entries.remove(at)),
                    1 => entries.insert(other, entries[at].clone()),
                    2 => {
                        let value = entries[at].1.clone();
                        entries[at].1 = std::mem::replace(&mut entries[other].1, value);
                    }
                    3 => entries[at].0 = self.name(),
                    4 => entries[at].0 = entries[other].0.clone(),
                    _ => entries.push((self.name(), donor)),
                }
            }
            Json::Text(text) if self.random.one_in(3) => {
                let hostile = self.random.pick(TEXTS).copied().unwrap_or_default();
                let at = self.random.below(text.len() + 1);
                let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
                text.insert_str(at, hostile);
            }
            other => *other = donor,
        }
    }

    /// Returns a value of this or another model, or a hostile one.
    fn donor(&mut self) -> Json {
        match self.random.below(6) {
            0 => Json::scalar(self.random.pick(SCALARS).copied().unwrap_or("null")),
            1 => Json::text(&self.text()),
            2 => self
                .random
                .pick(&[Json::Array(Vec::new()), Json::Object(Vec::new())])
                .cloned()
                .unwrap_or(Json::text("")),
            3 => self.nested(),
            4 => Json::target(&self.id()),
            _ => {
                let value = self.some_trait().map(|(_, value)| value);
                value.unwrap_or_else(|| Json::text("x"))
            }
        }
    }

    fn nested(&mut self) -> Json {
        let depth = self.random.below(MAX_NESTING);
        let in_array = self.random.one_in(2);
        (0..depth).fold(Json::text("x"), |inner, _| match in_array {
            true => Json::Array(vec![inner]),
            false => Json::entry("x", inner),
        })
    }

    fn text(&mut self) -> String {
        let text = self.random.pick(TEXTS).copied().unwrap_or_default();
        if self.random.one_in(10) { text.repeat(self.random.below(2_000)) } else { text.to_owned() }
    }

    /// Returns a name: a hostile one, a shape id or the id of a trait.
    fn name(&mut self) -> String {
        match self.random.below(3) {
            0 => self.text(),
            1 => self.id(),
            _ => self.some_trait().map_or_else(String::new, |(id, _)| id),
        }
    }

    fn id(&mut self) -> String {
        match self.random.below(4) {
            0 => self.random.pick(TEXTS).copied().unwrap_or_default().to_owned(),
            _ => self.random.pick(&self.model.ids).cloned().unwrap_or_default(),
        }
    }

    fn some_trait(&mut self) -> Option<(String, Json)> {
        let model = if self.random.one_in(2) { self.model } else { self.random.pick(self.models)? };
        self.random.pick(&model.traits).cloned()
    }

    /// Adds a trait that another shape or member has.
    fn add_trait(&mut self, json: &mut Json) {
        let Some((id, mut value)) = self.some_trait() else { return };
        if self.random.one_in(4) {
            let place = self.descend(&mut value);
            self.change_value(place);
        }
        if let Some(owner) = self.owner(json) {
            owner.get_mut("traits").entries_mut().push((id, value));
        }
    }

    /// Makes a reference point to another shape.
    fn retarget(&mut self, json: &mut Json) {
        let id = self.id();
        let Some(owner) = self.owner(json) else { return };
        let keys = ["input", "output", "member", "key", "value"];
        match keys.into_iter().find(|key| owner.get(key).is_some()) {
            Some(key) => *owner.get_mut(key) = Json::target(&id),
            None => *owner.get_mut("target") = Json::text(&id),
        }
    }

    fn change_type(&mut self, json: &mut Json) {
        let ty = self.random.pick(TYPES).copied().unwrap_or_default();
        if let Some(shape) = self.shape(json) {
            *shape.get_mut("type") = Json::text(ty);
        }
    }

    fn add_member(&mut self, json: &mut Json) {
        let (name, id) = (self.text(), self.id());
        let name = if self.random.one_in(2) { format!("added{}", self.random.below(3)) } else { name };
        if let Some(shape) = self.shape(json) {
            shape.get_mut("members").entries_mut().push((name, Json::target(&id)));
        }
    }

    /// Adds a chain of structures, lists or unions, and a member that refers to it.
    fn nest_shapes(&mut self, json: &mut Json) {
        let (depth, kind, last) = (1 + self.random.below(MAX_NESTING), self.random.below(3), self.id());
        let shapes = json.get_mut("shapes").entries_mut();
        for level in 0..depth {
            let target = if level + 1 == depth { last.clone() } else { format!("nested#Level{}", level + 1) };
            let members = Json::entry("next", Json::target(&target));
            let (ty, key, value) = match kind {
                0 => ("structure", "members", members),
                1 => ("union", "members", members),
                _ if level % 9 == 0 => ("structure", "members", members),
                _ => ("list", "member", Json::target(&target)),
            };
            let shape = Json::Object(vec![("type".to_owned(), Json::text(ty)), (key.to_owned(), value)]);
            shapes.push((format!("nested#Level{level}"), shape));
        }
        if let Some(shape) = self.shape(json) {
            let member = ("deep".to_owned(), Json::target("nested#Level0"));
            shape.get_mut("members").entries_mut().push(member);
        }
    }

    fn delete_shape(&mut self, json: &mut Json) {
        let shapes = json.get_mut("shapes").entries_mut();
        if !shapes.is_empty() {
            shapes.remove(self.random.below(shapes.len()));
        }
    }

    /// Damages the syntax: cuts the text, or removes or adds characters.
    fn damage(&mut self, text: &mut String) {
        let at = self.random.below(text.len() + 1);
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        match self.random.below(3) {
            0 => text.truncate(at),
            1 => text.insert_str(at, self.random.pick(TEXTS).copied().unwrap_or_default()),
            _ => drop(text.pop()),
        }
    }
}
