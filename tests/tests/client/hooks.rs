//! Hooks before each attempt and after each response.

mod attempts;
mod dpop;
mod modes;
mod responses;
mod support;
