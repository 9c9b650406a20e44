//! [Authentication](https://smithy.io/2.0/spec/authentication-traits.html): which schemes a service and each of its
//! operations have, best first.

use super::draft::{Draft, Drafts};
use super::{Model, Traits, words};
use crate::{Diagnostic, Diagnostics};
use std::collections::BTreeMap;

const AUTH: &str = "smithy.api#auth";

/// A way to authenticate requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// `aws.auth#sigv4`: the service's name in signatures.
    SigV4(String),
    /// `smithy.api#httpBasicAuth`
    HttpBasic,
    /// `smithy.api#httpBearerAuth`
    HttpBearer,
    /// `smithy.api#httpApiKeyAuth`
    HttpApiKey {
        /// The name of the header or query parameter.
        name: String,
        /// Whether the key stands in a header, rather than in the query.
        in_header: bool,
        /// What stands before the key in a header.
        scheme: Option<String>,
    },
    /// A scheme that the runtime has not: the shape id of its trait.
    Other(String),
}

/// Works out the schemes of the service, and of each operation that has others.
pub(super) fn resolve(
    model: &mut Model,
    drafts: &Drafts<'_>,
    service: &Draft<'_>,
    diagnostics: &mut Diagnostics,
) {
    let schemes = schemes(&model.service.traits, drafts, service);
    let mut schemes = Schemes { service, schemes: &schemes, diagnostics };
    let of_service = schemes.listed(service, &model.service.traits);
    let all = || schemes.schemes.values().cloned().collect();
    model.service.auth = of_service.unwrap_or_else(all);
    for (id, operation) in &mut model.operations {
        let Some(draft) = drafts.get(id) else { continue };
        let own = schemes.listed(draft, &operation.traits);
        operation.auth = own.filter(|own| *own != model.service.auth);
    }
}

/// The schemes whose traits the service carries, by shape id: that is their order without `auth`. Traits that are
/// authentication schemes by the model's own definition are among them.
fn schemes(traits: &Traits, drafts: &Drafts<'_>, service: &Draft<'_>) -> BTreeMap<String, AuthScheme> {
    let mut schemes: BTreeMap<_, _> = traits.auth_schemes.iter().cloned().collect();
    let defines = |id: &str| {
        let shape = super::ShapeId::parse(id).and_then(|id| drafts.get(&id));
        shape.is_some_and(|shape| shape.has("smithy.api#authDefinition"))
    };
    for id in service.traits.keys().filter(|id| defines(id)) {
        schemes.entry(id.to_string()).or_insert_with(|| AuthScheme::Other(id.to_string()));
    }
    schemes
}

struct Schemes<'s, 'a, 'm> {
    service: &'s Draft<'a>,
    schemes: &'s BTreeMap<String, AuthScheme>,
    diagnostics: &'m mut Diagnostics,
}

impl Schemes<'_, '_, '_> {
    /// The schemes that `auth` of a service or operation lists, if it has that trait.
    fn listed(&mut self, draft: &Draft<'_>, traits: &Traits) -> Option<Vec<AuthScheme>> {
        let ids = traits.auth.as_ref()?;
        let known = ids.iter().enumerate().filter_map(|(index, id)| match self.schemes.get(id) {
            Some(scheme) => Some(scheme.clone()),
            None => {
                self.diagnostics.push(self.unknown(draft, index, id));
                None
            }
        });
        Some(known.collect())
    }

    fn unknown(&self, draft: &Draft<'_>, index: usize, id: &str) -> Diagnostic {
        let value = draft.traits.get(AUTH).map(|applied| applied.value);
        let item = value.and_then(|value| value.items()?.get(index).copied());
        let span = item.or(value).map_or(draft.span, |node| node.span());
        let id = id.escape_debug();
        let message = format!("`{id}` is no authentication scheme of service `{}`", self.service.id);
        let help = match self.schemes.is_empty() {
            true => format!("apply `{id}` to the service, or list nothing"),
            false => format!(
                "apply it to the service, or list one that it has: {}",
                words::list(self.schemes.keys())
            ),
        };
        Diagnostic::new(span, message).label("listed here").help(help)
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

    /// The schemes of the service, and of the operation where they differ.
    fn auth(service: &str, operation: &str) -> (Vec<AuthScheme>, Option<Vec<AuthScheme>>) {
        let model = load(&model(service, operation)).unwrap();
        (model.service.auth, model.operations.into_values().next().unwrap().auth)
    }

    #[test]
    fn without_auth_all_schemes_of_the_service_are_in_the_order_of_their_ids() {
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
    fn auth_of_an_operation_wins_and_an_empty_one_is_none() {
        let service = format!(r#"{ALL}, "smithy.api#auth": ["smithy.api#httpBearerAuth", "aws.auth#sigv4"]"#);
        let (of_service, own) = auth(&service, r#""smithy.api#auth": []"#);
        assert_eq!(of_service, [AuthScheme::HttpBearer, AuthScheme::SigV4("s".to_owned())]);
        assert_eq!(own, Some(vec![]));
        let (_, own) = auth(&service, r#""smithy.api#auth": ["smithy.api#httpBasicAuth"]"#);
        assert_eq!(own, Some(vec![AuthScheme::HttpBasic]));
        let same = r#""smithy.api#auth": ["smithy.api#httpBearerAuth", "aws.auth#sigv4"]"#;
        assert_eq!(auth(&service, same).1, None);
    }

    #[test]
    fn auth_lists_what_the_service_has() {
        let bad = model(r#", "smithy.api#auth": []"#, r#""smithy.api#auth": ["aws.auth#sigv4"]"#);
        let message =
            "4:61 «\"aws.auth#sigv4\"» `aws.auth#sigv4` is no authentication scheme of service `a#S`";
        assert_eq!(diagnostics_in(&bad), [message]);
        assert_eq!(helps(&bad), ["apply `aws.auth#sigv4` to the service, or list nothing"]);
        let bad = model(ALL, r#""smithy.api#auth": ["a#other"]"#);
        assert!(helps(&bad)[0].ends_with("`smithy.api#httpDigestAuth`"), "{:?}", helps(&bad));
    }

    #[test]
    fn an_api_key_is_in_a_header_or_in_the_query() {
        let wrong = |value: &str| {
            let service = format!(r#", "smithy.api#httpApiKeyAuth": {value}"#);
            let diagnostics = diagnostics_in(&model(&service, ""));
            diagnostics
                .iter()
                .map(|diagnostic| diagnostic.split_once("» ").unwrap().1.to_owned())
                .collect::<Vec<_>>()
        };
        assert!(wrong(r#"{"name": "key", "in": "query"}"#).is_empty());
        assert_eq!(
            wrong(r#"{"name": "key", "in": "cookie"}"#),
            ["`smithy.api#httpApiKeyAuth` takes \"header\" or \"query\", not \"cookie\""]
        );
        assert_eq!(wrong(r#"{"in": "query"}"#), ["`smithy.api#httpApiKeyAuth` has no `name`"]);
        assert_eq!(
            wrong(r#"{"name": "a b", "in": "header"}"#),
            ["`smithy.api#httpApiKeyAuth` takes the name of an HTTP header, not \"a b\""]
        );
        assert_eq!(
            wrong(r#"{"name": "key", "in": "query", "scheme": "Key"}"#),
            ["`smithy.api#httpApiKeyAuth` takes no `scheme` where the key is in the query, not \"Key\""]
        );
    }
}
