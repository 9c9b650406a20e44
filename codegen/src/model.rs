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
pub mod endpoint;
mod mixins;
mod names;
mod prelude;
mod protocol_tests;
mod raw;
mod resolve;
#[cfg(test)]
mod robustness_tests;
mod service;
mod shapes;
mod suggest;
mod survey;
mod targets;
#[cfg(test)]
pub(crate) mod testing;
mod trait_values;
mod traits;
mod upgrade;
pub mod uri;
mod validate;

pub use crate::shape_id::ShapeId;
pub use protocol_tests::*;
pub use resolve::resolve;
pub use service::Selection;
pub use shapes::*;
pub use survey::{Survey, SurveyedCase, survey};
pub use traits::*;
