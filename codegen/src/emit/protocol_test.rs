//! `tests/protocol.rs`: the protocol tests of the model.

use super::krate::recursion_limit;
use super::scope::{Scope, doc, ident};
use super::value;
use crate::plan::{Message, Plan, ProtocolTest};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits for each case
/// ```text
/// /// Documentation.
/// #[test]
/// fn get_city_sends_its_name() {
///     let case = RequestCase {
///         id: "GetCitySendsItsName",
///         method: "GET",
///         uri: "/cities/Oslo",
///         params: r#"{"name":"Oslo"}"#,
///         ..RequestCase::default()
///     };
///     check_request::<operation::GetCity>(case);
/// }
/// ```
/// Members with the default value are omitted.
pub(super) fn expand(plan: &Plan) -> Vec<TokenStream> {
    let recursion_limit = recursion_limit(plan);
    let krate = ident(&plan.krate.name.replace('-', "_"));
    let has = |message| plan.protocol_tests.iter().any(|test| test.message == message);
    let requests = has(Message::Request).then(|| quote!(RequestCase, check_request,));
    let responses = has(Message::Response).then(|| quote!(ResponseCase, check_response,));
    let mut file = vec![quote! {
        #![doc = " Protocol tests of the model."]
            #recursion_limit
        #![allow(clippy::needless_update, reason = "a case may set every field")]
        use farrier_runtime::testing::{#requests #responses};
        use #krate::operation;
    }];
    file.extend(plan.protocol_tests.iter().map(expand_test));
    file
}

fn expand_test(test: &ProtocolTest) -> TokenStream {
    let (name, docs, operation) = (ident(&test.name), doc(&test.docs), ident(&test.operation));
    let (check, case) = match test.message {
        Message::Request => (quote!(check_request), quote!(RequestCase)),
        Message::Response => (quote!(check_response), quote!(ResponseCase)),
    };
    let members = value::expand_members(&test.members, &Scope::empty());
    quote! {
        #docs
        #[test]
        fn #name() {
            let case = #case { #members, ..#case::default() };
            #check::<operation::#operation>(case);
        }
    }
}
