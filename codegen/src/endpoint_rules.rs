//! Endpoint rules of models, for programs that evaluate the rules of many services. See
//! [`endpoint_rules`](crate::endpoint_rules()).

pub use crate::model::ServiceRules;
pub use crate::model::endpoint::{
    Bdd, Condition, Endpoint, EndpointCase, Expr, Function, Outcome, Parameter, ParameterKind,
    ParameterValue, Property, Rule, RuleBody, RuleSet, Rules, Step,
};
pub use crate::plan::Slots;
