//! The parameters of a signature.

use crate::auth::AuthError;
use crate::service::{OperationSchema, OperationTrait};
use crate::types::Document;

/// The signing names of services whose paths are object keys, which are signed without normalization.
const S3_FAMILY: [&str; 4] = ["s3", "s3-object-lambda", "s3-outposts", "s3express"];

/// The parameters of a signature besides credentials, time and request.
#[derive(Clone, Debug)]
pub(in crate::auth) struct SigningRules {
    pub(super) service: String,
    pub(super) region: String,
    /// Percent-encodes the path twice.
    pub(super) double_encoding: bool,
    /// Removes dot segments and empty segments from the path.
    pub(super) normalize_path: bool,
    /// Sends the payload hash in a header, and leaves the payload of presigned requests unsigned.
    pub(super) s3: bool,
    pub(super) unsigned_payload: bool,
}

impl SigningRules {
    /// Creates the rules of an operation. `name` is the signing name of its service, which the auth schemes
    /// of the endpoint may override like the region.
    ///
    /// # Errors
    /// Returns an error if there is no region, or if the endpoint supports only other AWS signature
    /// algorithms, such as `sigv4a`.
    pub(in crate::auth) fn new(
        operation: &OperationSchema,
        name: &str,
        endpoint_schemes: &[Document],
        region: Option<&str>,
    ) -> Result<Self, AuthError> {
        let endpoint = endpoint_scheme(endpoint_schemes)?;
        let text = |key: &str| endpoint?.get(key)?.as_str().filter(|text| !text.is_empty());
        let is_set = |key: &str| endpoint.and_then(|scheme| scheme.get(key)?.as_bool()) == Some(true);
        let service = text("signingName").unwrap_or(name).to_owned();
        let region = text("signingRegion").or(region).filter(|region| !region.is_empty());
        let s3 = S3_FAMILY.contains(&service.as_str());
        Ok(Self {
            region: region.ok_or(AuthError::NoRegion)?.to_owned(),
            double_encoding: !s3 && !is_set("disableDoubleEncoding"),
            normalize_path: !s3 && !is_set("disableNormalizePath"),
            unsigned_payload: operation.traits.iter().any(|t| matches!(t, OperationTrait::UnsignedPayload)),
            service,
            s3,
        })
    }
}

/// Returns the `sigv4` auth scheme of an endpoint, if any.
///
/// # Errors
/// Returns an error if the endpoint supports only other AWS signature algorithms, such as `sigv4a`.
fn endpoint_scheme(schemes: &[Document]) -> Result<Option<&Document>, AuthError> {
    let name = |scheme: &Document| scheme.get("name").and_then(Document::as_str).map(str::to_owned);
    if let Some(found) = schemes.iter().find(|scheme| name(scheme).as_deref() == Some("sigv4")) {
        return Ok(Some(found));
    }
    match schemes.iter().filter_map(name).find(|name| name.starts_with("sigv4")) {
        Some(other) => Err(AuthError::UnsupportedScheme(other)),
        None => Ok(None),
    }
}
