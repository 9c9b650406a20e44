//! Documents, examples, and programs outside the workspace.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod dependency_tree;
mod examples;
mod packages;
mod program;
mod standalone;
mod without_io;
mod wording;
