//! The commands of `cargo xtask`. Only the programs of this repository use this library.
#![allow(missing_docs, reason = "the messages of errors describe their variants and fields")]

pub mod bench;
pub mod cargo;
pub mod codegen;
pub mod conformance;
mod crate_dir;
mod diff;
mod model_dir;
pub mod model_files;
pub mod mutate;
mod parallel;
mod report;
mod runtime_path;
pub mod services;
pub mod test_models;
mod workspace;
