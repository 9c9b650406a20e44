//! The commands of `cargo xtask`. Only the programs of this repository use this library.
#![allow(missing_docs, reason = "the messages of errors describe their variants and fields")]

pub mod bench;
pub mod cargo;
pub mod checkout;
pub mod codegen;
pub mod conformance;
mod model_dir;
pub mod mutate;
pub mod test_models;
mod workspace;
