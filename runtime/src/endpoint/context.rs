//! stub
use super::{EndpointError, Params};
use crate::schema::OperationSchema;
use crate::shape::Structure;
pub(crate) fn fill(_: &OperationSchema, _: &dyn Structure, _: &mut Params) -> Result<(), EndpointError> {
    Ok(())
}
pub(crate) fn has_params(_: &OperationSchema) -> bool {
    false
}
