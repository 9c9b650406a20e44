//! Authentication over loopback: requests are verified as a service would verify them.

mod blocking;
mod clients;
mod clock_skew;
mod log;
mod plain_text;
mod presigned;
mod signatures;
mod support;
mod variables;
