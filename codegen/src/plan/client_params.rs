//! Endpoint parameters that are set on the client's builder.

use super::{ClientParam, names};
use crate::docs::to_rustdoc;
use crate::model::Model;

/// Plans the client parameters of the service, sorted by name.
pub(super) fn client_params(model: &Model) -> Vec<ClientParam> {
    let parameters = model.service.endpoints.iter().flat_map(|endpoints| &endpoints.client_parameters);
    let plan = parameters.map(|parameter| {
        let docs = parameter.documentation.as_deref().map(to_rustdoc).filter(|docs| !docs.is_empty());
        ClientParam {
            name: parameter.name.clone(),
            method: names::builder_method_name(&parameter.name),
            docs: docs.unwrap_or_else(|| format!("The `{}` endpoint parameter.", parameter.name)),
            kind: parameter.kind,
        }
    });
    plan.collect()
}
