//! `tests/endpoint.rs`: the endpoint tests of the model.

use super::krate::recursion_limit;
use super::scope::{Scope, ident};
use super::value;
use crate::plan::{EndpointTests, Plan};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits one test for all cases, with one line of JSON per case. The test reports each failed case.
/// ```text
/// #[test]
/// fn endpoints_match_the_model() {
///     check_endpoints::<operation::GetCity>(CASES);
/// }
///
/// const CASES: &str = r#"[
/// {"documentation":"…","params":{"Region":"eu-west-1"},"expect":{"endpoint":{"url":"https://…"}}}
/// ]"#;
/// ```
pub(super) fn expand(plan: &Plan, tests: &EndpointTests) -> Vec<TokenStream> {
    let recursion_limit = recursion_limit(plan);
    let krate = ident(&plan.krate.name.replace('-', "_"));
    let operation = ident(&tests.operation);
    let cases = value::expand(&tests.cases, &Scope::empty());
    vec![
        quote! {
            #![doc = " Endpoint tests of the model."]
            #recursion_limit
            use farrier_runtime::testing::check_endpoints;
            use #krate::operation;
        },
        quote! {
            #[test]
            fn endpoints_match_the_model() {
                check_endpoints::<operation::#operation>(CASES);
            }
        },
        quote!(const CASES: &str = #cases;),
    ]
}
