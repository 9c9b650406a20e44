//! Endpoint parameters that are set on the client's builder.

use super::data::{ClientParam, Form, Item};
use super::names;
use super::types::RustType;
use crate::docs::to_rustdoc;
use crate::model::Model;
use crate::model::endpoint::ParameterKind;

/// Plans the client parameters of the service, sorted by name.
pub(super) fn client_params(model: &Model) -> Vec<ClientParam> {
    let parameters = model.service.endpoints.iter().flat_map(|endpoints| &endpoints.client_parameters);
    let plan = parameters.map(|parameter| {
        let docs = parameter.documentation.as_deref().map(to_rustdoc).filter(|docs| !docs.is_empty());
        ClientParam {
            name: parameter.name.clone(),
            method: names::builder_method_name(&parameter.name),
            docs: docs.unwrap_or_else(|| format!("The `{}` endpoint parameter.", parameter.name)),
            argument: argument(parameter.kind),
        }
    });
    plan.collect()
}

fn argument(kind: ParameterKind) -> Item {
    let string = RustType::Std("String");
    match kind {
        ParameterKind::Boolean => Item { ty: RustType::Std("bool"), form: Form::Exact },
        ParameterKind::String => Item { ty: string, form: Form::IntoValue },
        ParameterKind::StringArray => Item { ty: RustType::Vec(Box::new(string)), form: Form::Exact },
    }
}
