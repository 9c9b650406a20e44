//! Stage 2: the resolved and validated model of one service.
//!
//! This stage merges mixins and `apply` statements, upgrades Smithy 1.0 to 2.0, parses trait values and drops
//! every shape outside the service's closure. All validation happens here: later stages may rely on every
//! target of a [`Model`] existing and having the right shape type.

mod apply;
mod auth;
mod closure;
mod context_params;
mod customizations;
mod data_shape;
pub(crate) mod endpoint;
mod endpoint_discovery;
mod inputs;
mod mixins;
mod names;
pub(crate) mod numbers;
mod prelude;
mod protocol_tests;
mod raw;
mod resolve;
#[cfg(test)]
mod robustness_tests;
mod service;
mod service_rules;
mod shapes;
mod suggest;
mod survey;
mod targets;
#[cfg(test)]
pub(crate) mod testing;
mod trait_values;
mod traits;
mod upgrade;
pub(crate) mod uri;
mod validate;

pub(crate) use crate::shape_id::ShapeId;
pub(crate) use protocol_tests::{AppliesTo, HttpMessageTest, HttpRequestTest, HttpResponseTest};
pub(crate) use resolve::resolve;
pub(crate) use service::Selection;
pub use service_rules::ServiceRules;
pub(crate) use service_rules::service_rules;
pub(crate) use shapes::{
    EnumValue, Member, Model, Operation, Service, Shape, ShapeKind, SimpleKind, Skipped,
};
pub(crate) use survey::survey;
pub use survey::{Survey, SurveyedCase};
pub(crate) use traits::{AuthScheme, Fault, Length, Range, TimestampFormat, Traits};
