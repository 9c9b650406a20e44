//! Reads the traits by which an operation and its input give values to the parameters of endpoint rules.

use super::{Read, Reader};
use crate::ast::Node;
use crate::model::endpoint::{ParameterValue, PathStep, parse_path};

impl Reader<'_> {
    pub(super) fn context_param(&self, value: &Node<'_>) -> Read<String> {
        let members = self.structure(value, "an object with `name`")?;
        self.nonempty(&members.required(self, "name")?)
    }

    pub(super) fn static_context_params(&self, value: &Node<'_>) -> Read<Vec<(String, ParameterValue)>> {
        self.of_each(value, "value", |value| {
            ParameterValue::read(value)
                .ok_or_else(|| self.wrong(value, "a string, a boolean or an array of strings"))
        })
    }

    pub(super) fn operation_context_params(&self, value: &Node<'_>) -> Read<Vec<(String, Vec<PathStep>)>> {
        self.of_each(value, "path", |value| {
            let path = self.string(value)?;
            parse_path(&path).map_err(|why| {
                let help = "a path has names, `.`, `[*]`, `*`, `[]`, `[a, b]` and `keys(…)`";
                self.invalid(value, &format!("a path of the specification's part of JMESPath: {why}"))
                    .help(help)
            })
        })
    }

    /// One member of the object that each parameter has.
    fn of_each<T>(
        &self,
        value: &Node<'_>,
        name: &str,
        read: impl Fn(&Node<'_>) -> Read<T>,
    ) -> Read<Vec<(String, T)>> {
        let params = self.structure(value, "an object of parameters")?;
        let wanted = format!("an object with `{name}`");
        let param = |(param, node): &(std::borrow::Cow<'_, str>, Node<'_>)| {
            let members = self.structure(node, &wanted)?;
            Ok((param.to_string(), read(&members.required(self, name)?)?))
        };
        params.entries.iter().map(param).collect()
    }
}
