use super::*;
use crate::auth::test_support::operation;
use crate::schema::ApiKeyLocation;

const API_KEY: AuthScheme =
    AuthScheme::HttpApiKey { name: "x-api-key", location: ApiKeyLocation::Header, scheme: None };
const OTHER: AuthScheme = AuthScheme::Other("test#future");

fn chosen(
    schemes: &'static [AuthScheme],
    traits: &'static [OperationTrait],
    identities: &Identities,
) -> Result<Option<IdentityKind>, AuthError> {
    let signer = choose(&operation(schemes, traits), &[], Some("us-east-1"), identities)?;
    Ok(signer.map(|signer| signer.0.kind()))
}

#[test]
fn the_first_scheme_with_an_identity_is_chosen() {
    let schemes = &[OTHER, AuthScheme::HttpBasic, AuthScheme::HttpBearer, API_KEY];
    let none = Identities::new();
    let key = none.clone().api_key("k");
    let token = key.clone().token("t");
    let basic = token.clone().basic_auth("u", "p");
    assert_eq!(chosen(schemes, &[], &key).unwrap(), Some(IdentityKind::ApiKey));
    assert_eq!(chosen(schemes, &[], &token).unwrap(), Some(IdentityKind::Token));
    assert_eq!(chosen(schemes, &[], &basic).unwrap(), Some(IdentityKind::Basic));
    let error = chosen(schemes, &[], &none).unwrap_err();
    assert!(matches!(error, AuthError::NoIdentity(IdentityKind::Basic)), "{error}");
}

#[test]
fn an_operation_has_its_own_say() {
    let identities = Identities::new().api_key("k").token("t");
    let own = &[OperationTrait::Auth(&[AuthScheme::HttpBearer])];
    assert_eq!(chosen(&[API_KEY], own, &identities).unwrap(), Some(IdentityKind::Token));
    assert_eq!(chosen(&[API_KEY], &[OperationTrait::Auth(&[])], &identities).unwrap(), None);
    assert_eq!(chosen(&[], &[], &identities).unwrap(), None);
}

#[test]
fn where_it_is_optional_an_identity_is_used_if_there_is_one() {
    let optional = &[OperationTrait::OptionalAuth];
    assert_eq!(chosen(&[API_KEY], optional, &Identities::new()).unwrap(), None);
    assert_eq!(chosen(&[OTHER], optional, &Identities::new()).unwrap(), None);
    let key = Identities::new().api_key("k");
    assert_eq!(chosen(&[API_KEY], optional, &key).unwrap(), Some(IdentityKind::ApiKey));
}

#[test]
fn a_scheme_that_is_not_supported_is_named() {
    let error = chosen(&[OTHER], &[], &Identities::new()).unwrap_err();
    let text = "the service asks for the authentication scheme `test#future`, which is not supported";
    assert_eq!(error.to_string(), text);
}

#[test]
fn what_is_missing_is_named_with_what_to_do() {
    let error = chosen(&[AuthScheme::HttpBearer], &[], &Identities::new()).unwrap_err();
    let text = "the operation needs a token: call `.token(…)` when building the client";
    assert_eq!(error.to_string(), text);
}

#[cfg(not(feature = "sigv4"))]
#[test]
fn without_its_feature_a_signature_is_missed() {
    let error = chosen(&[AuthScheme::SigV4 { name: "s" }], &[], &Identities::new()).unwrap_err();
    assert!(error.to_string().contains("feature `sigv4`"), "{error}");
}
