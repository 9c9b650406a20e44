//! [Smithy RPC v2 JSON](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-json.html).

use super::error_body::ErrorBody;
use super::rpc_v2::RpcV2;
use super::{ErrorReport, Protocol};
use crate::codec::json::Json;
use crate::codec::{Members, ReadError, WriteError};
use crate::schema::OperationSchema;
use crate::shape::Structure;
use bytes::Bytes;
use http::{Request, Response};

const JSON: Json = Json { json_names: false, timestamp_formats: false, big_numbers_as_text: true };

const RPC_V2: RpcV2 = RpcV2 { name: "rpc-v2-json", media_type: "application/json" };

/// The protocol `smithy.protocols#rpcv2Json`.
#[derive(Clone, Copy, Debug)]
pub struct RpcV2Json;

impl Protocol for RpcV2Json {
    fn id(&self) -> &'static str {
        "smithy.protocols#rpcv2Json"
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &http::Uri,
    ) -> Result<Request<Bytes>, WriteError> {
        RPC_V2.request(operation, input, endpoint, |input| JSON.write_structure(input, Members::All))
    }

    fn output(
        &self,
        _: &OperationSchema,
        response: &Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        RPC_V2.output(response, output, |body, output| JSON.read_structure(body, output, Members::All))
    }

    fn error_report(&self, operation: &OperationSchema, response: &Response<Bytes>) -> ErrorReport {
        RPC_V2.error_report(operation, response, ErrorBody::of_json)
    }

    fn error(&self, response: &Response<Bytes>, error: &mut dyn Structure) -> Result<(), ReadError> {
        RPC_V2.output(response, error, |body, error| JSON.read_structure(body, error, Members::AllOfError))
    }
}

#[cfg(test)]
mod tests;
