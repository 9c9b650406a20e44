//! Endpoint resolution with the Smithy
//! [rules engine](https://smithy.io/2.0/additional-specs/rules-engine/specification.html).
//!
//! A rule set is static data ([`RuleSet`]): a tree of rules or a binary decision diagram. [`resolve`]
//! evaluates it with parameter values ([`Params`]).
//!
//! ```
//! use farrier_runtime::endpoint::{
//!     Condition, Endpoint, Expr, Function, Outcome, Parameter, ParameterKind, Params, Rule, RuleSet, Rules, resolve,
//! };
//!
//! static RULES: RuleSet = RuleSet {
//!     parameters: &[Parameter {
//!         name: "Region",
//!         kind: ParameterKind::String,
//!         built_in: Some("AWS::Region"),
//!         required: true,
//!         default: None,
//!     }],
//!     variables: 0,
//!     rules: Rules::Tree(&[
//!         Rule {
//!             conditions: &[Condition {
//!                 test: Expr::Call(Function::IsValidHostLabel, &[Expr::Ref(0), Expr::Bool(false)]),
//!                 assign: None,
//!             }],
//!             outcome: Outcome::Endpoint(Endpoint {
//!                 url: Expr::Template(&[Expr::Str("https://"), Expr::Ref(0), Expr::Str(".example.com")]),
//!                 headers: &[],
//!                 properties: &[],
//!             }),
//!         },
//!         Rule { conditions: &[], outcome: Outcome::Error(Expr::Str("invalid region")) },
//!     ]),
//! };
//!
//! let mut params = Params::new(&RULES);
//! params.set("Region", "eu-west-1")?;
//! assert_eq!(resolve(&RULES, &params)?.url, "https://eu-west-1.example.com");
//! # Ok::<(), farrier_runtime::endpoint::EndpointError>(())
//! ```

mod authority;
mod bdd;
mod error;
mod evaluate;
mod expression;
mod functions;
pub mod notation;
mod params;
mod partitions;
mod path;
mod resolved;
mod rules;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use authority::{is_region, parse_url, with_prefix};
pub use error::EndpointError;
pub use evaluate::{resolve, resolve_with};
pub use params::{ParamValue, Params};
pub use partitions::{PARTITIONS, Partition};
pub use path::PathStep;
pub use resolved::ResolvedEndpoint;
pub use rules::{
    Bdd, BddNode, Condition, Endpoint, Expr, Function, Outcome, Parameter, ParameterKind, Property, Rule,
    RuleSet, Rules, SlotIndex, StaticValue, Step,
};

/// The maximum depth of nested expressions, properties and rule trees. Published models nest less than 20
/// deep.
const MAX_DEPTH: usize = 64;
