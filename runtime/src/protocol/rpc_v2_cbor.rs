//! [Smithy RPC v2 CBOR](https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2-cbor.html).

use super::error_body::ErrorBody;
use super::rpc_v2::RpcV2;
use super::{ErrorReport, Protocol};
use crate::codec::cbor::Cbor;
use crate::codec::{Members, ReadError, WriteError};
use crate::schema::OperationSchema;
use crate::shape::Structure;
use bytes::Bytes;
use http::{Request, Response};

const RPC_V2: RpcV2 = RpcV2 { name: "rpc-v2-cbor", media_type: "application/cbor" };

/// The protocol `smithy.protocols#rpcv2Cbor`.
#[derive(Clone, Copy, Debug)]
pub struct RpcV2Cbor;

impl Protocol for RpcV2Cbor {
    fn id(&self) -> &'static str {
        "smithy.protocols#rpcv2Cbor"
    }

    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &http::Uri,
    ) -> Result<Request<Bytes>, WriteError> {
        RPC_V2.request(operation, input, endpoint, |input| Cbor.write_structure(input, Members::All))
    }

    fn output(
        &self,
        _: &OperationSchema,
        response: &Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError> {
        RPC_V2.output(response, output, |body, output| Cbor.read_structure(body, output, Members::All))
    }

    fn error_report(&self, operation: &OperationSchema, response: &Response<Bytes>) -> ErrorReport {
        RPC_V2.error_report(operation, response, ErrorBody::of_cbor)
    }

    fn error(&self, response: &Response<Bytes>, error: &mut dyn Structure) -> Result<(), ReadError> {
        RPC_V2.output(response, error, |body, error| Cbor.read_structure(body, error, Members::AllOfError))
    }
}

#[cfg(test)]
mod tests;
