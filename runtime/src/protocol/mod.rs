//! Protocols: conversion of inputs to HTTP requests, and of HTTP responses to outputs and errors.

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

/// A [protocol](https://smithy.io/2.0/spec/protocol-traits.html): converts inputs to requests, and responses
/// to outputs and errors, for any service.
pub trait Protocol: fmt::Debug + Send + Sync {
    /// Returns the shape id of the protocol's trait.
    fn id(&self) -> &'static str;

    /// Creates the request for an operation. The endpoint's path is a prefix of the request's path.
    ///
    /// # Errors
    /// Returns an error if the input cannot be serialized.
    fn request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
        endpoint: &http::Uri,
    ) -> Result<http::Request<Bytes>, WriteError>;

    /// Deserializes a successful response into an output that has its default value.
    ///
    /// # Errors
    /// Returns an error if the response is malformed or does not match the schema.
    fn output(
        &self,
        operation: &OperationSchema,
        response: &http::Response<Bytes>,
        output: &mut dyn Structure,
    ) -> Result<(), ReadError>;

    /// Returns the error code and message of an error response. Never fails: what is missing or malformed is
    /// `None`.
    fn error_report(&self, operation: &OperationSchema, response: &http::Response<Bytes>) -> ErrorReport;

    /// Deserializes an error response into an error structure that has its default value.
    ///
    /// # Errors
    /// Returns an error if the response is malformed or does not match the schema.
    fn error(&self, response: &http::Response<Bytes>, error: &mut dyn Structure) -> Result<(), ReadError>;
}

/// The parts of an error response that are read independently of the declared error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorReport {
    /// The error code. Usually the name of the error's shape.
    pub code: Option<String>,
    /// The name of the error's shape, which selects one of the operation's declared errors.
    pub shape: Option<String>,
    /// The human-readable message.
    pub message: Option<String>,
}
