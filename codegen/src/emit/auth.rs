//! Auth schemes.

use crate::model::AuthScheme;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits `AuthScheme::SigV4 { name: "cities" }`.
pub(super) fn expand(scheme: &AuthScheme) -> TokenStream {
    match scheme {
        AuthScheme::SigV4(name) => quote!(AuthScheme::SigV4 { name: #name }),
        AuthScheme::HttpBasic => quote!(AuthScheme::HttpBasic),
        AuthScheme::HttpBearer => quote!(AuthScheme::HttpBearer),
        AuthScheme::HttpApiKey { name, in_header, scheme } => {
            let location = if *in_header { quote!(Header) } else { quote!(Query) };
            let scheme = scheme.as_ref().map_or(quote!(None), |scheme| quote!(Some(#scheme)));
            quote!(AuthScheme::HttpApiKey { name: #name, location: ApiKeyLocation::#location, scheme: #scheme })
        }
        AuthScheme::Other(id) => quote!(AuthScheme::Other(#id)),
    }
}
