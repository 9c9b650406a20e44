//! Service-specific [customizations](https://smithy.io/2.0/aws/customizations/index.html) that published
//! models do not express. Each service has a function that sets traits; the runtime handles these traits for
//! any service.

use super::{Member, Model, ShapeKind};
use crate::shape_id::ShapeId;

/// Applies the customizations of the service, if it has any.
pub(super) fn apply(model: &mut Model) {
    if model.service.id.namespace().starts_with("com.amazonaws.") {
        omit_nested_defaults(model);
    }
    match model.service.id.as_str() {
        "com.amazonaws.glacier#Glacier" => glacier(model),
        "com.amazonaws.machinelearning#AmazonML_20141212" => machine_learning(model),
        "com.amazonaws.signin#Signin" => sign_in(model),
        _ => {}
    }
}

/// Services of AWS: requests omit members of nested structures that were not set, instead of sending their
/// [default values](https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait). Many of these defaults are
/// zeros that Smithy 1.0 implied and that the service rejects or understands as a value. The official clients send none.
fn omit_nested_defaults(model: &mut Model) {
    model.service.omits_nested_defaults = true;
}

/// [Glacier](https://smithy.io/2.0/aws/customizations/glacier-customizations.html): adds a version header to
/// every request and tree hashes to uploads, and defaults `accountId` to `-`, the account of the caller.
fn glacier(model: &mut Model) {
    let version = model.service.version.clone();
    for operation in model.operations.values_mut() {
        operation.traits.static_headers.push(("X-Amz-Glacier-Version".to_owned(), version.clone()));
        operation.traits.tree_hash = matches!(operation.id.name(), "UploadArchive" | "UploadMultipartPart");
    }
    let inputs: Vec<_> = model.operations.values().map(|operation| operation.input.clone()).collect();
    for id in inputs {
        if let Some(member) = member(model, &id, "accountId") {
            member.traits.client_optional = true;
            member.traits.value_when_empty = Some("-".to_owned());
        }
    }
}

/// [Machine Learning](https://smithy.io/2.0/aws/customizations/machinelearning-customizations.html): sends
/// `Predict` to the endpoint in its input.
fn machine_learning(model: &mut Model) {
    for operation in model.operations.values_mut().filter(|operation| operation.id.name() == "Predict") {
        operation.traits.endpoint_member = Some("PredictEndpoint".to_owned());
    }
}

/// Sign-In: marks authorization codes as single-use
/// ([RFC 6749, section 4.1.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2)).
fn sign_in(model: &mut Model) {
    let structures =
        model.shapes.values_mut().filter(|shape| shape.id.name() == "CreateOAuth2TokenRequestBody");
    for shape in structures {
        if let ShapeKind::Structure(members) = &mut shape.kind {
            let codes = members.iter_mut().filter(|member| member.name == "code");
            codes.for_each(|code| code.traits.single_use = true);
        }
    }
}

fn member<'m>(model: &'m mut Model, structure: &ShapeId, name: &str) -> Option<&'m mut Member> {
    match &mut model.shapes.get_mut(structure)?.kind {
        ShapeKind::Structure(members) => members.iter_mut().find(|member| member.name == name),
        _ => None,
    }
}
