//! Names of operations and of their methods.

use super::member_names::ChosenNames;
use super::names;
use crate::model::{Model, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

/// The Rust names of the operations, by shape id.
pub(crate) struct OperationNames<'a>(BTreeMap<&'a ShapeId, Names>);

struct Names {
    ty: String,
    method: String,
}

impl<'a> OperationNames<'a> {
    /// Names the operations. If two have the same method, such as `GetCity` and `Get_City`, the later one by
    /// shape id gets a number.
    pub(crate) fn new(model: &'a Model, chosen: &ChosenNames) -> Self {
        let mut methods = BTreeSet::new();
        let names = model.operations.keys().map(|id| {
            let chosen = chosen.get(id.as_str());
            let ty = chosen.cloned().unwrap_or_else(|| names::type_name(id.name()));
            let plain = names::method_name(chosen.map_or(id.name(), String::as_str));
            let numbered =
                (2..=u32::MAX).map(|number| format!("{}_{number}", plain.trim_start_matches("r#")));
            let mut candidates = std::iter::once(plain.clone()).chain(numbered);
            let method = candidates.find(|name| !methods.contains(name)).unwrap_or(plain.clone());
            methods.insert(method.clone());
            (id, Names { ty, method })
        });
        Self(names.collect())
    }

    /// Returns the name of the operation's type.
    pub(crate) fn ty(&self, operation: &ShapeId) -> &str {
        self.0.get(operation).map_or("", |names| &names.ty)
    }

    /// Returns the name of the client's method.
    pub(crate) fn method(&self, operation: &ShapeId) -> &str {
        self.0.get(operation).map_or("", |names| &names.method)
    }

    /// Returns the name of the enum of the operation's errors.
    pub(crate) fn error(&self, operation: &ShapeId) -> String {
        format!("{}Error", self.ty(operation))
    }
}
