//! Generates Rust clients from Smithy models.
//!
//! - [`build`] generates a module of a crate in its build script. It needs no feature: depend on this crate with
//!   `default-features = false`.
//! - The program `farrier` generates crates: `farrier init`, `farrier generate`, `farrier check`. Its commands are in
//!   `commands`, with the feature `cli`.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod build;
#[cfg(feature = "cli")]
pub mod commands;
#[cfg(feature = "cli")]
pub mod config;
#[cfg(feature = "cli")]
mod crate_files;
#[cfg(feature = "cli")]
mod diff;
pub mod generate;
pub mod model_files;
#[cfg(feature = "cli")]
pub mod parallel;
#[cfg(feature = "cli")]
pub mod relative_path;
pub mod report;
#[cfg(feature = "cli")]
mod staging;
