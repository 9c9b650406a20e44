//! `tests/endpoint.rs`: the endpoint tests of the model.

use super::scope::ident;
use crate::model::endpoint::{EndpointCase, Endpoints};
use crate::plan::Plan;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::fmt::Write;

/// Returns true if the model has endpoint tests.
pub(super) fn is_needed(plan: &Plan) -> bool {
    !plan.operations.is_empty()
        && plan.endpoints.as_ref().is_some_and(|endpoints| !endpoints.cases.is_empty())
}

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
/// The rules belong to the service, so the first operation is used. Returns `None` if there are no cases.
pub(super) fn expand(plan: &Plan) -> Option<Vec<TokenStream>> {
    let endpoints = plan.endpoints.as_ref().filter(|endpoints| !endpoints.cases.is_empty())?;
    let krate = ident(&plan.krate.name.replace('-', "_"));
    let operation = ident(&plan.operations.first()?.name);
    let cases = cases(endpoints);
    Some(vec![
        quote! {
            #![doc = " Endpoint tests of the model."]
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
    ])
}

fn cases(endpoints: &Endpoints) -> Literal {
    let cases: Vec<String> = endpoints.cases.iter().map(case).collect();
    let text = format!("[\n{}\n]", cases.join(",\n"));
    let hashes = (1..=8).map(|count| "#".repeat(count)).find(|hashes| !text.contains(&format!("\"{hashes}")));
    let raw = hashes.and_then(|hashes| format!("r{hashes}\"{text}\"{hashes}").parse().ok());
    raw.unwrap_or_else(|| Literal::string(&text))
}

fn case(case: &EndpointCase) -> String {
    let documentation = serde_json::Value::from(case.documentation.as_str());
    let EndpointCase { params, expect, .. } = case;
    ascii(&format!("{{\"documentation\":{documentation},\"params\":{params},\"expect\":{expect}}}"))
}

/// Escapes non-ASCII and control characters, which JSON allows only inside strings.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if (' '..='~').contains(&c) {
            text.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text
}
