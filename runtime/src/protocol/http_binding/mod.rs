//! [HTTP bindings](https://smithy.io/2.0/spec/http-bindings.html) of members to parts of requests and
//! responses. Shared by all REST protocols, which add the document in the body.

mod header;
mod header_list;
mod payload;
mod text;
mod uri;

pub(super) use header::{read_headers, write_headers};
pub(super) use payload::{Payload, find_payload, read_payload, write_payload};
pub(super) use uri::{join_path, write_uri};
