//! The runtime library of client crates that Farrier generates from Smithy models.
//!
//! A generated crate depends on this one and re-exports it as `runtime`. Programs use its types, such as
//! [`client::Builder`], [`Error`] and [`types::Body`], and need no dependency of their own on it.
//!
//! - [`guide`] explains how to use a generated client: configuration, errors, retries, limits and tests.
//! - [`client`], [`auth`], [`endpoint`], [`transport`] and [`types`] are what programs configure and pass.
//! - [`testing`] has transports for tests without a network.
//! - [`operation`], [`schema`], [`shape`], [`service`], [`codec`] and [`protocol`] are what generated code and own
//!   transports, codecs or protocols use.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(any(feature = "async", feature = "blocking")),
    allow(dead_code, reason = "calls are executed by the async or blocking mode only")
)]

pub mod auth;
#[cfg(feature = "blocking")]
mod block_on;
mod boxed;
mod cache;
pub mod client;
pub mod codec;
pub mod endpoint;
pub mod error;
pub mod guide;
mod one_line;
pub mod operation;
mod percent;
pub mod protocol;
pub mod schema;
pub mod service;
mod set_optional;
pub mod shape;
mod system;
pub mod testing;
pub mod transport;
pub mod types;

/// Fails to compile if a generated client needs another version of this crate, `major.minor`.
#[doc(hidden)]
#[macro_export]
macro_rules! require_version {
    ("0.1") => {};
    ($version:literal) => {
        ::core::compile_error!(::core::concat!(
            "this client was generated for farrier-runtime ",
            $version,
            " and is compiled with farrier-runtime 0.1: generate it again, or change the version of farrier-runtime"
        ));
    };
}

/// Includes the module of a client that a build script has generated with the crate `farrier`: `include_client!("todo")`
/// defines the public module `todo`.
#[macro_export]
macro_rules! include_client {
    ($module:literal) => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/", $module, ".rs"));
    };
}

pub use error::{Error, ErrorKind};
pub use operation::AnyError;
pub use set_optional::SetOptional;

#[cfg(test)]
mod test_shapes;
