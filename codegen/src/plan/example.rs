//! The example call in the crate's documentation and README.

use super::data::{Example, Field, Operation, Plan, Structure};
use super::types::RustType;
use crate::model::Model;
use std::collections::BTreeSet;

/// Maximum nesting depth of example arguments.
const MAX_DEPTH: usize = 3;

/// Returns an example for the first operation, by name, whose input fits in a few lines.
pub(super) fn example(model: &Model, plan: &Plan) -> Option<Example> {
    plan.operations.iter().filter(|operation| operation.deprecated.is_none()).find_map(|operation| {
        let mut writer = Writer { plan, imports: BTreeSet::new() };
        let call = writer.call(operation)?;
        Some(Example {
            imports: writer.imports.into_iter().collect(),
            endpoint_setter: endpoint_setter(model),
            call,
        })
    })
}

/// Returns the builder method that sets the endpoint: `region` for AWS services, else `endpoint_url`.
fn endpoint_setter(model: &Model) -> &'static str {
    let parameters =
        model.service.endpoints.as_ref().map_or(&[][..], |endpoints| &endpoints.rules.parameters);
    match parameters.iter().any(|parameter| parameter.built_in.as_deref() == Some("AWS::Region")) {
        true => "region(\"us-east-1\")",
        false => "endpoint_url(\"https://example.com\")",
    }
}

struct Writer<'a> {
    plan: &'a Plan,
    imports: BTreeSet<String>,
}

impl<'a> Writer<'a> {
    fn call(&mut self, operation: &Operation) -> Option<String> {
        let argument = match &operation.input {
            RustType::Unit => String::new(),
            RustType::Generated(_, name) => {
                let input = self.structure(name)?;
                match input.fields.iter().find(|field| field.is_required()) {
                    Some(field) if !input.from.is_empty() => self.argument(field, MAX_DEPTH)?,
                    _ => self.constructor(input, MAX_DEPTH)?,
                }
            }
            _ => return None,
        };
        Some(format!("client.{}({argument})", operation.method))
    }

    fn structure(&self, name: &str) -> Option<&'a Structure> {
        self.plan.structures.iter().find(|structure| structure.name == name)
    }

    fn constructor(&mut self, structure: &Structure, depth: usize) -> Option<String> {
        let required = structure.fields.iter().filter(|field| field.is_required());
        let arguments: Option<Vec<_>> = required.map(|field| self.argument(field, depth)).collect();
        self.imports.insert(structure.name.clone());
        Some(format!("{}::new({})", structure.name, arguments?.join(", ")))
    }

    fn argument(&mut self, field: &Field, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        Some(match &field.ty {
            RustType::Std("String") => format!("\"{}\"", field.name.trim_start_matches("r#")),
            RustType::Std("bool") => "true".to_owned(),
            RustType::Std("f32" | "f64") => "1.0".to_owned(),
            RustType::Std(_) => "1".to_owned(),
            RustType::Vec(_) => "[]".to_owned(),
            RustType::Generated(_, name) => {
                if let Some(structure) = self.structure(name) {
                    return self.constructor(structure, depth);
                }
                let plan = self.plan.enums.iter().find(|plan| &plan.name == name)?;
                let variant = plan.variants.first()?;
                self.imports.insert(name.clone());
                format!("{name}::{}", variant.name)
            }
            _ => return None,
        })
    }
}
