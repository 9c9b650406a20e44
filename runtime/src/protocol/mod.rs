//! How an operation travels: one file per protocol, over shared HTTP bindings.

mod aws_json;
mod error_body;
mod http_binding;
mod rest_json;
mod rpc;
#[cfg(test)]
mod rpc_tests;
mod rpc_v2;
#[cfg(feature = "cbor")]
mod rpc_v2_cbor;
mod rpc_v2_json;

pub use aws_json::{AWS_JSON_1_0, AWS_JSON_1_1, AwsJson};
pub use rest_json::RestJson1;
#[cfg(feature = "cbor")]
pub use rpc_v2_cbor::RpcV2Cbor;
pub use rpc_v2_json::RpcV2Json;

use crate::codec::{ReadError, WriteError};
use crate::schema::OperationSchema;
use crate::shape::Structure;
use bytes::Bytes;
use std::fmt;

/// A [protocol](https://smithy.io/2.0/spec/protocol-traits.html): inputs to requests, responses to outputs
/// and errors, for any service.
pub trait Protocol: fmt::Debug + Send + Sync {
    /// The shape id of the protocol's trait.
    fn id(&self) -> &'static str;

    /// The request that asks for an operation at an endpoint, whose path is kept as a prefix.
    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &http::Uri,
    ) -> Result<http::Request<Bytes>, WriteError>;

    /// Fills a blank output from the response to a request that succeeded.
    fn output(
        &self,
        operation: &OperationSchema,
        response: &http::Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError>;

    /// What a response says about the error it reports. Never fails: what is not there is `None`.
    fn error_report(&self, operation: &OperationSchema, response: &http::Response<Bytes>) -> ErrorReport;

    /// Fills a blank error structure from the response that reports it.
    fn error(&self, response: &http::Response<Bytes>, error: &mut dyn Structure) -> Result<(), ReadError>;
}

/// What a response says about the error that it reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorReport {
    /// The error's code: mostly the name of its shape.
    pub code: Option<String>,
    /// The name of the error's shape, by which it is found among those that the operation declares.
    pub shape: Option<String>,
    /// The text meant for people.
    pub message: Option<String>,
}
