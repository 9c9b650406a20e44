//! What the [Smithy RPC v2](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-cbor.html)
//! protocols share, which differ in their format.

use super::error_body::ErrorBody;
use super::{ErrorReport, rpc};
use crate::codec::{ReadError, WriteError};
use crate::schema::OperationSchema;
use crate::shape::Structure;
use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderName, HeaderValue, Request, Response, Uri};

static PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");

/// One of the protocols.
pub(super) struct RpcV2 {
    /// The value of the header `Smithy-Protocol`.
    pub(super) name: &'static str,
    /// The media type of documents.
    pub(super) media_type: &'static str,
}

impl RpcV2 {
    /// The request that asks for an operation. An input that the model does not give has no document.
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

    /// Reads an output. Nobody asks for the document of one that has no members; any may be empty.
    pub(super) fn output(
        &self,
        response: &Response<Bytes>,
        output: &mut dyn Structure,
        read: impl FnOnce(&[u8], &mut dyn Structure) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        if !self.speaks(response) {
            let message = format!("the header Smithy-Protocol of the response is not {}", self.name);
            return Err(ReadError::new(message));
        }
        if response.body().is_empty() || output.schema().members.is_empty() {
            return Ok(());
        }
        read(response.body(), output)
    }

    /// What a response says about the error that it reports: the error's name is in `__type` and nowhere
    /// else. A response of anything but the protocol, such as a proxy's, says nothing.
    pub(super) fn error_report(
        &self,
        operation: &OperationSchema,
        response: &Response<Bytes>,
        read: impl FnOnce(&[u8]) -> ErrorBody,
    ) -> ErrorReport {
        if !self.speaks(response) {
            return ErrorReport::default();
        }
        let body = read(response.body());
        let report = ErrorReport::new([body.r#type()], body.message());
        rpc::with_query_code(report, operation, response)
    }

    fn speaks(&self, response: &Response<Bytes>) -> bool {
        response.headers().get(&PROTOCOL).is_some_and(|value| value == self.name)
    }
}
