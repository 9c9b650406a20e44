//! Which scheme a call is authenticated by.

use super::signer::{AuthMethod, Signer};
use super::{AuthError, Identities, IdentityKind};
use crate::schema::{AuthScheme, OperationSchema, OperationTrait};
use crate::types::Document;

/// What authenticates the requests of a call: the first scheme of the operation, or else of its service, that
/// is supported and for which there is an identity. `None` if requests go as they are.
///
/// `endpoint_schemes` is what the endpoint says of schemes
/// ([`authSchemes`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-authschemes-list-property)):
/// it names service and region of AWS signatures otherwise than the model and the client do, or asks for
/// signatures of another kind.
///
/// # Errors
/// When the operation must be authenticated and cannot be.
pub fn choose(
    operation: &OperationSchema,
    endpoint_schemes: &[Document],
    region: Option<&str>,
    identities: &Identities,
) -> Result<Option<Signer>, AuthError> {
    let context = Context { operation, endpoint_schemes, region, identities };
    let mut failure: Option<AuthError> = None;
    for scheme in schemes(operation) {
        match context.signer(scheme) {
            Ok(how) => return Ok(Some(Signer(how))),
            Err(error) if !may_try_another(&error) => return Err(error),
            // What can be mended is told before what cannot.
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

fn schemes(operation: &OperationSchema) -> &'static [AuthScheme] {
    let own = operation.traits.iter().find_map(|t| match t {
        OperationTrait::Auth(schemes) => Some(*schemes),
        _ => None,
    });
    own.unwrap_or(operation.service.auth)
}

/// Whether another scheme may do, or none where authentication is optional.
fn may_try_another(error: &AuthError) -> bool {
    matches!(error, AuthError::NoIdentity(_) | AuthError::UnsupportedScheme(_) | AuthError::SigV4IsOff)
}

/// What the choice depends on.
#[cfg_attr(not(feature = "sigv4"), expect(dead_code, reason = "only AWS signatures depend on all of it"))]
pub(super) struct Context<'c> {
    pub(super) operation: &'c OperationSchema,
    pub(super) endpoint_schemes: &'c [Document],
    pub(super) region: Option<&'c str>,
    pub(super) identities: &'c Identities,
}

impl Context<'_> {
    fn signer(&self, scheme: &AuthScheme) -> Result<AuthMethod, AuthError> {
        match *scheme {
            AuthScheme::SigV4 { name } => self.sigv4(name),
            AuthScheme::HttpBasic => {
                let basic = self.identities.basic.as_ref();
                Ok(AuthMethod::Basic(basic.ok_or(AuthError::NoIdentity(IdentityKind::Basic))?.clone()))
            }
            AuthScheme::HttpBearer => {
                let token = self.identities.token.as_ref();
                Ok(AuthMethod::Bearer(token.ok_or(AuthError::NoIdentity(IdentityKind::Token))?.clone()))
            }
            AuthScheme::HttpApiKey { name, location, scheme } => {
                let key = self.identities.api_key.as_ref();
                let key = key.ok_or(AuthError::NoIdentity(IdentityKind::ApiKey))?.clone();
                Ok(AuthMethod::ApiKey { key, name, location, scheme })
            }
            AuthScheme::Other(id) => Err(AuthError::UnsupportedScheme(id.to_owned())),
        }
    }

    #[cfg(feature = "sigv4")]
    fn sigv4(&self, name: &'static str) -> Result<AuthMethod, AuthError> {
        super::sigv4::SigV4::choose(self, name).map(AuthMethod::SigV4)
    }

    #[cfg(not(feature = "sigv4"))]
    fn sigv4(&self, _: &'static str) -> Result<AuthMethod, AuthError> {
        Err(AuthError::SigV4IsOff)
    }
}

#[cfg(test)]
mod tests;
