//! The choice of an auth scheme.

use super::signer::{AuthMethod, Signer};
#[cfg(feature = "sigv4")]
use super::sigv4::{SigV4, SigningRules};
use super::{AuthError, Identities, IdentityKind};
use crate::service::{AuthScheme, OperationSchema, OperationTrait};
use crate::types::Document;
use std::sync::Arc;

/// Chooses the signer of a call: the first auth scheme of the operation, or by default of its service, that
/// is supported and has an identity. Schemes that the identities prefer come first. Returns `None` if requests are sent without authentication.
///
/// `endpoint_schemes` is the
/// [`authSchemes`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-authschemes-list-property)
/// property of the endpoint, which may override the signing name and region of AWS signatures, or require
/// another signature algorithm.
///
/// # Errors
/// Returns an error if the operation requires authentication and no scheme can be used.
pub fn choose_signer(
    operation: &OperationSchema,
    endpoint_schemes: &[Document],
    region: Option<&str>,
    identities: &Identities,
) -> Result<Option<Signer>, AuthError> {
    let context = Context { operation, endpoint_schemes, region, identities };
    let mut failure: Option<AuthError> = None;
    let (schemes, preferred) = (schemes(operation), &identities.preferred_schemes);
    let first = preferred.iter().flat_map(|name| schemes.iter().filter(move |scheme| scheme.name() == *name));
    let rest = schemes.iter().filter(|scheme| preferred.iter().all(|name| scheme.name() != *name));
    for scheme in first.chain(rest) {
        match context.auth_method(scheme) {
            Ok(method) => return Ok(Some(Signer(method))),
            Err(error) if !is_skippable(&error) => return Err(error),
            // An error that the user can fix takes precedence.
            Err(error) => match failure {
                None | Some(AuthError::UnsupportedScheme(_)) => failure = Some(error),
                Some(_) => {}
            },
        }
    }
    match failure {
        Some(error) if !operation.traits.contains(&OperationTrait::OptionalAuth) => Err(error),
        _ => Ok(None),
    }
}

/// Returns the signer for the auth scheme with a name, which the model need not list for the operation. Returns `None`
/// for `noAuth`.
///
/// # Errors
/// Returns an error if neither the operation nor its service has the scheme, or if it cannot be used.
pub(crate) fn choose_named_signer(
    name: &str,
    operation: &OperationSchema,
    endpoint_schemes: &[Document],
    region: Option<&str>,
    identities: &Identities,
) -> Result<Option<Signer>, AuthError> {
    if name == NO_AUTH {
        return Ok(None);
    }
    let mut known = schemes(operation).iter().chain(operation.service.auth);
    match known.find(|scheme| scheme.name() == name) {
        Some(scheme) => {
            let context = Context { operation, endpoint_schemes, region, identities };
            context.auth_method(scheme).map(|method| Some(Signer(method)))
        }
        None => Err(AuthError::UnknownScheme(name.to_owned())),
    }
}

/// The name of [`smithy.api#noAuth`](https://smithy.io/2.0/spec/authentication-traits.html#smithy-api-noauth), which no
/// model lists.
const NO_AUTH: &str = "noAuth";

fn schemes(operation: &OperationSchema) -> &'static [AuthScheme] {
    let own = operation.traits.iter().find_map(|t| match t {
        OperationTrait::Auth(schemes) => Some(*schemes),
        _ => None,
    });
    own.unwrap_or(operation.service.auth)
}

/// Returns true if the scheme is skipped, so that the next one is considered.
fn is_skippable(error: &AuthError) -> bool {
    matches!(error, AuthError::NoIdentity(_) | AuthError::UnsupportedScheme(_) | AuthError::SigV4Disabled)
}

/// The arguments of [`choose_signer`].
#[cfg_attr(not(feature = "sigv4"), expect(dead_code, reason = "only SigV4 uses all of it"))]
struct Context<'c> {
    operation: &'c OperationSchema,
    endpoint_schemes: &'c [Document],
    region: Option<&'c str>,
    identities: &'c Identities,
}

impl Context<'_> {
    fn auth_method(&self, scheme: &AuthScheme) -> Result<AuthMethod, AuthError> {
        let (identity, kind) = match *scheme {
            AuthScheme::SigV4 { name } => return self.sigv4(name),
            AuthScheme::HttpBasic => (&self.identities.basic, IdentityKind::Basic),
            AuthScheme::HttpBearer => (&self.identities.token, IdentityKind::Token),
            AuthScheme::HttpApiKey { .. } => (&self.identities.api_key, IdentityKind::ApiKey),
            AuthScheme::Other(id) => return Err(AuthError::UnsupportedScheme(id.to_owned())),
        };
        let identity = identity.as_ref().ok_or(AuthError::NoIdentity(kind))?;
        Ok(AuthMethod::Sent(Arc::clone(identity), *scheme))
    }

    #[cfg(feature = "sigv4")]
    fn sigv4(&self, name: &'static str) -> Result<AuthMethod, AuthError> {
        let rules = SigningRules::new(self.operation, name, self.endpoint_schemes, self.region);
        let missing = AuthError::NoIdentity(IdentityKind::Credentials);
        match (rules, &self.identities.credentials) {
            // Another signature algorithm takes precedence.
            (Err(error @ AuthError::UnsupportedScheme(_)), _) => Err(error),
            (_, None) => Err(missing),
            (rules, Some(credentials)) => Ok(AuthMethod::SigV4(SigV4::new(Arc::clone(credentials), rules?))),
        }
    }

    #[cfg(not(feature = "sigv4"))]
    fn sigv4(&self, _: &'static str) -> Result<AuthMethod, AuthError> {
        Err(AuthError::SigV4Disabled)
    }
}

#[cfg(test)]
mod tests;
