//! `tests/protocol.rs`: the protocol tests of the model.

use super::scope::{doc, ident};
use crate::model::{HttpMessageTest, HttpRequestTest, HttpResponseTest};
use crate::plan::{Plan, ProtocolCase, ProtocolTest};
use proc_macro2::{Literal, TokenStream};
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
    let krate = ident(&plan.krate.name.replace('-', "_"));
    let is_request = |test: &ProtocolTest| matches!(test.case, ProtocolCase::Request(_));
    let requests = plan.protocol_tests.iter().any(is_request);
    let responses = !plan.protocol_tests.iter().all(is_request);
    let requests = requests.then(|| quote!(RequestCase, check_request,)).into_iter();
    let responses = responses.then(|| quote!(ResponseCase, check_response,)).into_iter();
    let mut file = vec![quote! {
        #![doc = " Protocol tests of the model."]
        #![allow(clippy::needless_update, reason = "a case may set every field")]
        use farrier_runtime::testing::{#(#requests)* #(#responses)*};
        use #krate::operation;
    }];
    file.extend(plan.protocol_tests.iter().map(expand_test));
    file
}

fn expand_test(test: &ProtocolTest) -> TokenStream {
    let (name, docs, operation) = (ident(&test.name), doc(&test.docs), ident(&test.operation));
    let (check, case, members) = match &test.case {
        ProtocolCase::Request(case) => ("check_request", "RequestCase", expand_request(case)),
        ProtocolCase::Response(case, error) => {
            ("check_response", "ResponseCase", expand_response(case, error.as_deref()))
        }
    };
    let (check, case) = (ident(check), ident(case));
    quote! {
        #docs
        #[test]
        fn #name() {
            let case = #case { #(#members,)* ..#case::default() };
            #check::<operation::#operation>(case);
        }
    }
}

fn expand_request(case: &HttpRequestTest) -> Vec<TokenStream> {
    let (id, method, uri) = (&case.message.id, &case.method, string(&case.uri));
    let mut members = vec![quote!(id: #id), quote!(method: #method), quote!(uri: #uri)];
    members.extend(optional("host", case.host.as_deref()));
    members.extend(optional("resolved_host", case.resolved_host.as_deref()));
    members.extend(list("query_params", &case.query_params));
    members.extend(list("forbid_query_params", &case.forbid_query_params));
    members.extend(list("require_query_params", &case.require_query_params));
    members.extend(list("forbid_headers", &case.message.forbid_headers));
    members.extend(list("require_headers", &case.message.require_headers));
    members.extend(expand_message(&case.message));
    members
}

/// A client test has the complete response, so `forbidHeaders` and `requireHeaders` do not apply.
fn expand_response(case: &HttpResponseTest, error: Option<&str>) -> Vec<TokenStream> {
    let (id, code) = (&case.message.id, Literal::u16_unsuffixed(case.code));
    let mut members = vec![quote!(id: #id), quote!(code: #code)];
    members.extend(optional("error", error));
    members.extend(optional("error_code", case.error_code.as_deref().filter(|_| error.is_some())));
    members.extend(expand_message(&case.message));
    members
}

/// Emits the members that request and response cases share.
fn expand_message(message: &HttpMessageTest) -> Vec<TokenStream> {
    let headers = message.headers.iter().map(|(name, value)| {
        let (name, value) = (string(name), string(value));
        quote!((#name, #value))
    });
    let headers = (!message.headers.is_empty()).then(|| quote!(headers: &[#(#headers),*]));
    let params = message.params.as_deref().map(string).map(|params| quote!(params: #params));
    let body = optional("body", message.body.as_deref());
    let media_type = optional("body_media_type", message.body_media_type.as_deref());
    [headers, params, body, media_type].into_iter().flatten().collect()
}

fn optional(member: &str, value: Option<&str>) -> Option<TokenStream> {
    let (member, value) = (ident(member), string(value?));
    Some(quote!(#member: Some(#value)))
}

fn list(member: &str, values: &[String]) -> Option<TokenStream> {
    let (member, items) = (ident(member), values.iter().map(|value| string(value)));
    (!values.is_empty()).then(|| quote!(#member: &[#(#items),*]))
}

/// Returns a string literal, raw if that avoids escapes.
fn string(text: &str) -> Literal {
    let has_escapes = text.contains(['"', '\\']);
    let plain = |c: char| (' '..='~').contains(&c) || c == '\n';
    let hashes = (1..=8).map(|count| "#".repeat(count)).find(|hashes| !text.contains(&format!("\"{hashes}")));
    let raw = hashes.filter(|_| has_escapes && text.chars().all(plain));
    raw.and_then(|hashes| format!("r{hashes}\"{text}\"{hashes}").parse().ok())
        .unwrap_or_else(|| Literal::string(text))
}
