//! [Service customizations](https://smithy.io/2.0/aws/customizations/index.html), driven by traits in the
//! schema.

use crate::codec::WriteError;
use crate::endpoint::parse_url;
use crate::schema::Trait;
use crate::service::{OperationSchema, OperationTrait};
use crate::shape::{Slot, Structure, View};
use crate::types::Body;
use http::{HeaderName, HeaderValue, Request, Uri};

/// Sets members that are unset or empty to the value of their `WhenEmpty` trait.
pub(super) fn fill_empty(input: &mut dyn Structure) {
    for (index, member) in input.schema().members.iter().enumerate() {
        let Some(text) = member.find(|t| if let Trait::WhenEmpty(text) = t { Some(*text) } else { None })
        else {
            continue;
        };
        let Some(value) = input.member_mut(index) else { continue };
        if !matches!(value.view(), View::Absent | View::String("")) {
            continue;
        }
        if let Slot::String(slot) = value.slot() {
            text.clone_into(slot);
        }
    }
}

/// Returns the endpoint that a member of the input contains.
pub(super) fn endpoint(
    operation: &OperationSchema,
    input: &dyn Structure,
) -> Result<Option<Uri>, WriteError> {
    let name = operation.traits.iter().find_map(|t| match t {
        OperationTrait::EndpointMember(name) => Some(*name),
        _ => None,
    });
    let Some(name) = name else { return Ok(None) };
    let index = input.schema().members.iter().position(|member| member.name == name);
    let view = index.and_then(|index| input.member(index)).map(|value| value.view());
    let Some(View::String(url)) = view else { return Ok(None) };
    let invalid = |reason| WriteError::new(format!("invalid endpoint: {reason}")).within(name);
    parse_url(url).map(Some).map_err(invalid)
}

/// Adds the fixed headers of the operation, and its tree hash.
pub(super) fn add_headers(
    operation: &OperationSchema,
    request: &mut Request<Body>,
) -> Result<(), WriteError> {
    for operation_trait in operation.traits {
        match *operation_trait {
            OperationTrait::Header(name, value) => {
                let name = HeaderName::from_bytes(name.as_bytes());
                let name = name
                    .map_err(|_| WriteError::new("the schema of the operation has an invalid header name"))?;
                let value = HeaderValue::from_str(value);
                let value = value.map_err(|_| {
                    WriteError::new("the schema of the operation has an invalid header value")
                })?;
                request.headers_mut().entry(name).or_insert(value);
            }
            OperationTrait::TreeHash => add_tree_hash(request)?,
            _ => {}
        }
    }
    Ok(())
}

#[cfg(feature = "tree-hash")]
fn add_tree_hash(request: &mut Request<Body>) -> Result<(), WriteError> {
    use super::tree_hash;
    const SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
    const TREE_HASH: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");
    let Some(bytes) = request.body().as_bytes().cloned() else {
        return Err(WriteError::new("a checksum is required: the body must be in memory, not a stream"));
    };
    if bytes.is_empty() {
        return Ok(());
    }
    for (name, hash) in [(SHA256, tree_hash::sha256(&bytes)), (TREE_HASH, tree_hash::tree_hash(&bytes))] {
        let value = HeaderValue::try_from(hash).map_err(|_| WriteError::new("invalid checksum"))?;
        request.headers_mut().entry(name).or_insert(value);
    }
    Ok(())
}

#[cfg(not(feature = "tree-hash"))]
fn add_tree_hash(_: &mut Request<Body>) -> Result<(), WriteError> {
    Err(WriteError::new("a checksum is required: enable the feature `tree-hash` of `farrier-runtime`"))
}
