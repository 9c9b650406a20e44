//! [Authentication schemes](https://smithy.io/2.0/spec/authentication-traits.html) of a service and its
//! operations, in order of preference.

use super::names;
use super::raw::{RawModel, RawShape};
use super::shapes::Model;
use super::traits::{AuthScheme, Traits};
use crate::ast::Node;
use crate::shape_id::ShapeId;
use crate::{Diagnostic, Diagnostics};
use std::collections::BTreeMap;

const AUTH: &str = "smithy.api#auth";

/// Sets the schemes of the service, and of each operation whose schemes differ.
pub(super) fn resolve(
    model: &mut Model,
    raw_model: &RawModel<'_>,
    service: &RawShape<'_>,
    diagnostics: &mut Diagnostics,
) {
    let schemes = service_schemes(&model.service.traits, raw_model, service);
    let mut resolver = Resolver { service, schemes: &schemes, diagnostics };
    let listed = resolver.listed(service, &model.service.traits);
    model.service.auth = listed.unwrap_or_else(|| schemes.values().cloned().collect());
    for (id, operation) in &mut model.operations {
        let Some(raw_shape) = raw_model.get(id) else { continue };
        let listed = resolver.listed(raw_shape, &operation.traits);
        operation.auth = listed.filter(|listed| *listed != model.service.auth);
    }
}

/// Returns the schemes whose traits are applied to the service, by shape id, which is their order of
/// preference without the `auth` trait. Includes traits that the model defines with `authDefinition`.
fn service_schemes(
    traits: &Traits,
    raw_model: &RawModel<'_>,
    service: &RawShape<'_>,
) -> BTreeMap<String, AuthScheme> {
    let mut schemes: BTreeMap<_, _> = traits.auth_schemes.iter().cloned().collect();
    let defines = |id: &str| {
        let shape = ShapeId::parse(id).and_then(|id| raw_model.get(&id));
        shape.is_some_and(|shape| shape.has("smithy.api#authDefinition"))
    };
    for id in service.traits.keys().filter(|id| defines(id)) {
        schemes.entry(id.to_string()).or_insert_with(|| AuthScheme::Other(id.to_string()));
    }
    schemes
}

struct Resolver<'s, 'a, 'm> {
    service: &'s RawShape<'a>,
    schemes: &'s BTreeMap<String, AuthScheme>,
    diagnostics: &'m mut Diagnostics,
}

impl Resolver<'_, '_, '_> {
    /// Returns the schemes in the `auth` trait of a service or operation, if it has the trait.
    fn listed(&mut self, raw_shape: &RawShape<'_>, traits: &Traits) -> Option<Vec<AuthScheme>> {
        let ids = traits.auth.as_ref()?;
        let known = ids.iter().enumerate().filter_map(|(index, id)| match self.schemes.get(id) {
            Some(scheme) => Some(scheme.clone()),
            None => {
                self.diagnostics.push(self.unknown(raw_shape, index, id));
                None
            }
        });
        Some(known.collect())
    }

    fn unknown(&self, raw_shape: &RawShape<'_>, index: usize, id: &str) -> Diagnostic {
        let value = raw_shape.traits.get(AUTH).map(|applied| &applied.value);
        let item = value.and_then(|value| value.items()?.get(index));
        let span = item.or(value).map_or(raw_shape.span, Node::span);
        let id = id.escape_debug();
        let message = format!("service `{}` does not have auth scheme `{id}`", self.service.id);
        let help = match self.schemes.is_empty() {
            true => format!("apply `{id}` to the service, or remove it from `{AUTH}`"),
            false => format!(
                "apply `{id}` to the service, or use one of its schemes: {}",
                names::list(self.schemes.keys())
            ),
        };
        Diagnostic::new(span, message).label("not an auth scheme of the service").help(help)
    }
}

#[cfg(test)]
mod tests {
    use super::AuthScheme;
    use crate::model::testing::{diagnostics_in, helps, load};

    const MODEL: &str = r#"{"smithy": "2", "shapes": {
"a#S": {"type": "service", "operations": [{"target": "a#O"}],
  "traits": {"aws.protocols#awsJson1_0": {}SERVICE}},
"a#O": {"type": "operation", "traits": {OPERATION}},
"a#own": {"type": "structure", "traits": {"smithy.api#trait": {}, "smithy.api#authDefinition": {}}}}}"#;

    const ALL: &str = r#", "smithy.api#httpDigestAuth": {}, "smithy.api#httpBearerAuth": {}, "a#own": {},
  "aws.auth#sigv4a": {"name": "s"}, "aws.auth#sigv4": {"name": "s"}, "smithy.api#httpBasicAuth": {},
  "smithy.api#httpApiKeyAuth": {"name": "X-Key", "in": "header", "scheme": "Key"}"#;

    fn model(service: &str, operation: &str) -> String {
        MODEL.replace("SERVICE", service).replace("OPERATION", operation)
    }

    /// Returns the schemes of the service, and of the operation if they differ.
    fn auth(service: &str, operation: &str) -> (Vec<AuthScheme>, Option<Vec<AuthScheme>>) {
        let model = load(&model(service, operation)).unwrap();
        (model.service.auth, model.operations.into_values().next().unwrap().auth)
    }

    #[test]
    fn orders_schemes_by_id_without_auth_trait() {
        let other = |id: &str| AuthScheme::Other(id.to_owned());
        let key = AuthScheme::HttpApiKey {
            name: "X-Key".to_owned(),
            in_header: true,
            scheme: Some("Key".to_owned()),
        };
        let expected = vec![
            other("a#own"),
            AuthScheme::SigV4("s".to_owned()),
            other("aws.auth#sigv4a"),
            key,
            AuthScheme::HttpBasic,
            AuthScheme::HttpBearer,
            other("smithy.api#httpDigestAuth"),
        ];
        assert_eq!(auth(ALL, ""), (expected, None));
        assert_eq!(auth("", ""), (vec![], None));
    }

    #[test]
    fn operation_auth_overrides_service_auth() {
        let service = format!(r#"{ALL}, "smithy.api#auth": ["smithy.api#httpBearerAuth", "aws.auth#sigv4"]"#);
        let (service_auth, own) = auth(&service, r#""smithy.api#auth": []"#);
        assert_eq!(service_auth, [AuthScheme::HttpBearer, AuthScheme::SigV4("s".to_owned())]);
        assert_eq!(own, Some(vec![]));
        let (_, own) = auth(&service, r#""smithy.api#auth": ["smithy.api#httpBasicAuth"]"#);
        assert_eq!(own, Some(vec![AuthScheme::HttpBasic]));
        let same = r#""smithy.api#auth": ["smithy.api#httpBearerAuth", "aws.auth#sigv4"]"#;
        assert_eq!(auth(&service, same).1, None);
    }

    #[test]
    fn rejects_unknown_auth_schemes() {
        let bad = model(r#", "smithy.api#auth": []"#, r#""smithy.api#auth": ["aws.auth#sigv4"]"#);
        let message = "4:61 «\"aws.auth#sigv4\"» service `a#S` does not have auth scheme `aws.auth#sigv4`";
        assert_eq!(diagnostics_in(&bad), [message]);
        assert_eq!(
            helps(&bad),
            ["apply `aws.auth#sigv4` to the service, or remove it from `smithy.api#auth`"]
        );
        let bad = model(ALL, r#""smithy.api#auth": ["a#other"]"#);
        assert!(helps(&bad)[0].ends_with("`smithy.api#httpDigestAuth`"), "{:?}", helps(&bad));
    }

    #[test]
    fn accepts_api_keys_in_header_or_query() {
        let errors = |value: &str| {
            let service = format!(r#", "smithy.api#httpApiKeyAuth": {value}"#);
            let diagnostics = diagnostics_in(&model(&service, ""));
            diagnostics
                .iter()
                .map(|diagnostic| diagnostic.split_once("» ").unwrap().1.to_owned())
                .collect::<Vec<_>>()
        };
        assert!(errors(r#"{"name": "key", "in": "query"}"#).is_empty());
        assert_eq!(
            errors(r#"{"name": "key", "in": "cookie"}"#),
            ["`smithy.api#httpApiKeyAuth`: expected \"header\" or \"query\", found \"cookie\""]
        );
        assert_eq!(errors(r#"{"in": "query"}"#), ["`smithy.api#httpApiKeyAuth`: missing `name`"]);
        assert_eq!(
            errors(r#"{"name": "a b", "in": "header"}"#),
            ["`smithy.api#httpApiKeyAuth`: expected an HTTP header name, found \"a b\""]
        );
        assert_eq!(
            errors(r#"{"name": "key", "in": "query", "scheme": "Key"}"#),
            ["`smithy.api#httpApiKeyAuth`: `scheme` is not allowed for a key in the query string"]
        );
    }
}
