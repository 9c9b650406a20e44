//! Auth schemes.

use super::value::Value;
use crate::model::AuthScheme;

/// Returns a list of schemes, in order of preference.
pub(super) fn schemes(schemes: &[AuthScheme]) -> Value {
    Value::slice(schemes.iter().map(scheme))
}

fn scheme(scheme: &AuthScheme) -> Value {
    match scheme {
        AuthScheme::SigV4(name) => Value::Struct("AuthScheme::SigV4", vec![("name", Value::str(name))]),
        AuthScheme::HttpBasic => Value::path("AuthScheme::HttpBasic"),
        AuthScheme::HttpBearer => Value::path("AuthScheme::HttpBearer"),
        AuthScheme::HttpApiKey { name, in_header, scheme } => {
            let location = if *in_header { "ApiKeyLocation::Header" } else { "ApiKeyLocation::Query" };
            let scheme = Value::option(scheme.as_ref().map(Value::str));
            let members =
                vec![("name", Value::str(name)), ("location", Value::path(location)), ("scheme", scheme)];
            Value::Struct("AuthScheme::HttpApiKey", members)
        }
        AuthScheme::Other(id) => Value::call("AuthScheme::Other", [Value::str(id)]),
    }
}

/// Returns the names of `farrier_runtime::service` that a list of schemes needs.
pub(super) fn imports(schemes: &[AuthScheme]) -> Vec<&'static str> {
    let has_key = schemes.iter().any(|scheme| matches!(scheme, AuthScheme::HttpApiKey { .. }));
    let imports = [has_key.then_some("ApiKeyLocation"), (!schemes.is_empty()).then_some("AuthScheme")];
    imports.into_iter().flatten().collect()
}

/// Returns true if a scheme needs AWS signatures.
pub(super) fn is_sigv4(scheme: &AuthScheme) -> bool {
    matches!(scheme, AuthScheme::SigV4(_))
}
