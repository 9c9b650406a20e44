//! Names of members on the wire.

use super::traits::Trait;

/// A kind of member name. Each format uses one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// The name in the model.
    Member,
    /// The [`jsonName`](https://smithy.io/2.0/spec/protocol-traits.html#jsonname-trait), by default the name
    /// in the model.
    Json,
}

/// The names of a member that may differ from its name in the model.
#[derive(Debug)]
pub(super) struct WireNames {
    json: &'static str,
}

impl WireNames {
    /// Finds the names of a member in its traits.
    pub(super) const fn new(member: &'static str, traits: &'static [Trait]) -> Self {
        let mut names = Self { json: member };
        let mut index = 0;
        while index < traits.len() {
            if let Trait::JsonName(name) = traits[index] {
                names.json = name;
            }
            index += 1;
        }
        names
    }

    #[inline]
    pub(super) fn get(&self, kind: NameKind, member: &'static str) -> &'static str {
        match kind {
            NameKind::Member => member,
            NameKind::Json => self.json,
        }
    }
}
