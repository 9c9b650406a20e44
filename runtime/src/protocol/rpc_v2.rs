//! Shared implementation of the
//! [Smithy RPC v2](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-cbor.html) protocols.

use super::error_body::ErrorBody;
use super::{ErrorReport, rpc};
use crate::codec::{ReadError, WriteError};
use crate::schema::OperationSchema;
use crate::shape::Structure;
use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderName, HeaderValue, Request, Response, Uri};

static PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");

/// A Smithy RPC v2 protocol.
pub(super) struct RpcV2 {
    /// The value of the header `Smithy-Protocol`.
    pub(super) name: &'static str,
    /// The media type of documents.
    pub(super) media_type: &'static str,
}

impl RpcV2 {
    /// Creates the request for an operation. It has no body if the operation declares no input.
    pub(super) fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &Uri,
        write: impl FnOnce(&dyn Structure) -> Result<Vec<u8>, WriteError>,
    ) -> Result<Request<Bytes>, WriteError> {
        let path = ["/service/", operation.service.name(), "/operation/", operation.name()];
        let mut request = rpc::post(operation, endpoint, &path)?;
        let headers = request.headers_mut();
        headers.insert(PROTOCOL.clone(), HeaderValue::from_static(self.name));
        headers.insert(ACCEPT, HeaderValue::from_static(self.media_type));
        if !input.schema().is_unit() {
            rpc::set_body(&mut request, write(input)?, self.media_type);
        }
        Ok(request)
    }

    /// Reads an output. Ignores an empty body, and the body of a structure without members.
    pub(super) fn output(
        &self,
        response: &Response<Bytes>,
        output: &mut dyn Structure,
        read: impl FnOnce(&[u8], &mut dyn Structure) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        if !self.is_protocol_response(response) {
            let message = format!("response header `Smithy-Protocol` is not `{}`", self.name);
            return Err(ReadError::new(message));
        }
        if response.body().is_empty() || output.schema().members.is_empty() {
            return Ok(());
        }
        read(response.body(), output)
    }

    /// Returns the error report of a response. The error's name is only in `__type`. The report is empty if
    /// the response is not one of the protocol, for example a proxy's.
    pub(super) fn error_report(
        &self,
        operation: &OperationSchema,
        response: &Response<Bytes>,
        read: impl FnOnce(&[u8]) -> ErrorBody,
    ) -> ErrorReport {
        if !self.is_protocol_response(response) {
            return ErrorReport::default();
        }
        let body = read(response.body());
        let report = ErrorReport::new([body.r#type()], body.message());
        rpc::with_query_code(report, operation, response)
    }

    fn is_protocol_response(&self, response: &Response<Bytes>) -> bool {
        response.headers().get(&PROTOCOL).is_some_and(|value| value == self.name)
    }
}
