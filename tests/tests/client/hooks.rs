//! Hooks before each attempt and after each response.

mod attempts;
mod dpop;
mod modes;
mod outcomes;
mod responses;
mod support;
