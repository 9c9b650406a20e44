//! Values of the traits that bind operations and input members to endpoint parameters.

use super::reader::{ReadResult, TraitReader};
use crate::Diagnostic;
use crate::ast::{Entry, Node};
use crate::model::endpoint::{ParameterValue, PathStep, parse_path};

impl TraitReader<'_> {
    pub(super) fn context_param(&self, value: &Node<'_>) -> ReadResult<String> {
        let members = self.structure(value, "an object with `name`")?;
        self.nonempty(&members.required(self, "name")?)
    }

    pub(super) fn static_context_params(
        &self,
        value: &Node<'_>,
    ) -> ReadResult<Vec<(String, ParameterValue)>> {
        self.each_param(value, "value", |value| {
            ParameterValue::read(value)
                .ok_or_else(|| self.unexpected(value, "a string, a boolean or an array of strings"))
        })
    }

    pub(super) fn operation_context_params(
        &self,
        value: &Node<'_>,
    ) -> ReadResult<Vec<(String, Vec<PathStep>)>> {
        self.each_param(value, "path", |value| {
            let path = self.string(value)?;
            parse_path(&path).map_err(|reason| {
                Diagnostic::new(value.span(), format!("`{}`: invalid path: {reason}", self.id))
                    .label("invalid path")
                    .help("use only names, `.`, `[*]`, `*`, `[]`, `[a, b]` and `keys(…)`")
            })
        })
    }

    /// Reads an object of parameters, each of which has one member `name`.
    fn each_param<T>(
        &self,
        value: &Node<'_>,
        name: &str,
        read: impl Fn(&Node<'_>) -> ReadResult<T>,
    ) -> ReadResult<Vec<(String, T)>> {
        let params = self.structure(value, "an object of parameters")?;
        let expected = format!("an object with `{name}`");
        let param = |entry: &Entry<'_>| {
            let members = self.structure(&entry.value, &expected)?;
            Ok((entry.key.to_owned(), read(&members.required(self, name)?)?))
        };
        params.entries.iter().map(param).collect()
    }
}
