//! Protocols: conversion of inputs to HTTP requests, and of HTTP responses to outputs and errors.
//!
//! There are two kinds, generic over the [`Codec`](crate::codec::Codec) of their documents:
//! [`HttpBindingProtocol`] and [`RpcProtocol`]. A protocol is one of them with its settings.

mod aws_json;
mod error_report;
mod http_binding;
mod join_path;
mod preset;
mod query_compatible;
mod rest_json;
mod rpc;
#[cfg(test)]
mod rpc_tests;
#[cfg(feature = "cbor")]
mod rpc_v2_cbor;
mod rpc_v2_json;

pub use crate::service::{ErrorReport, Protocol};
pub use aws_json::{AWS_JSON_1_0, AWS_JSON_1_1};
pub use http_binding::HttpBindingProtocol;
pub use rest_json::RestJson1;
pub use rpc::RpcProtocol;
#[cfg(feature = "cbor")]
pub use rpc_v2_cbor::RpcV2Cbor;
pub use rpc_v2_json::RpcV2Json;
