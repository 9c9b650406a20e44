use super::*;
use crate::auth::test_support::operation;
use crate::service::ApiKeyLocation;

const API_KEY: AuthScheme =
    AuthScheme::HttpApiKey { name: "x-api-key", location: ApiKeyLocation::Header, scheme: None };
const OTHER: AuthScheme = AuthScheme::Other("test#future");

fn chosen_identity(
    schemes: &'static [AuthScheme],
    traits: &'static [OperationTrait],
    identities: &Identities,
) -> Result<Option<IdentityKind>, AuthError> {
    let signer = choose_signer(&operation(schemes, traits), &[], Some("us-east-1"), identities)?;
    Ok(signer.map(|signer| signer.0.kind()))
}

#[test]
fn chooses_the_first_scheme_with_an_identity() {
    let schemes = &[OTHER, AuthScheme::HttpBasic, AuthScheme::HttpBearer, API_KEY];
    let none = Identities::new();
    let key = none.clone().api_key("k");
    let token = key.clone().token("t");
    let basic = token.clone().basic_auth("u", "p");
    assert_eq!(chosen_identity(schemes, &[], &key).unwrap(), Some(IdentityKind::ApiKey));
    assert_eq!(chosen_identity(schemes, &[], &token).unwrap(), Some(IdentityKind::Token));
    assert_eq!(chosen_identity(schemes, &[], &basic).unwrap(), Some(IdentityKind::Basic));
    let error = chosen_identity(schemes, &[], &none).unwrap_err();
    assert!(matches!(error, AuthError::NoIdentity(IdentityKind::Basic)), "{error}");
}

#[test]
fn schemes_of_the_operation_override_those_of_the_service() {
    let identities = Identities::new().api_key("k").token("t");
    let own = &[OperationTrait::Auth(&[AuthScheme::HttpBearer])];
    assert_eq!(chosen_identity(&[API_KEY], own, &identities).unwrap(), Some(IdentityKind::Token));
    assert_eq!(chosen_identity(&[API_KEY], &[OperationTrait::Auth(&[])], &identities).unwrap(), None);
    assert_eq!(chosen_identity(&[], &[], &identities).unwrap(), None);
}

#[test]
fn optional_auth_uses_an_identity_if_configured() {
    let optional = &[OperationTrait::OptionalAuth];
    assert_eq!(chosen_identity(&[API_KEY], optional, &Identities::new()).unwrap(), None);
    assert_eq!(chosen_identity(&[OTHER], optional, &Identities::new()).unwrap(), None);
    let key = Identities::new().api_key("k");
    assert_eq!(chosen_identity(&[API_KEY], optional, &key).unwrap(), Some(IdentityKind::ApiKey));
}

#[test]
fn error_names_the_unsupported_scheme() {
    let error = chosen_identity(&[OTHER], &[], &Identities::new()).unwrap_err();
    let text = "unsupported authentication scheme `test#future`";
    assert_eq!(error.to_string(), text);
}

#[test]
fn error_names_the_setter_of_the_missing_identity() {
    let error = chosen_identity(&[AuthScheme::HttpBearer], &[], &Identities::new()).unwrap_err();
    let text = "no bearer token configured: call `.token(…)` when building the client";
    assert_eq!(error.to_string(), text);
}

#[cfg(not(feature = "sigv4"))]
#[test]
fn sigv4_requires_its_feature() {
    let error = chosen_identity(&[AuthScheme::SigV4 { name: "s" }], &[], &Identities::new()).unwrap_err();
    assert!(error.to_string().contains("feature `sigv4`"), "{error}");
}
