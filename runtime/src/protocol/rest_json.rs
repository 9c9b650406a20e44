//! [AWS restJson1](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html).

use super::error_report::REST_JSON;
use super::http_binding::HttpBindingProtocol;
use super::preset::Preset;
use crate::codec::json::Json;
use crate::schema::NameKind;
use crate::service::Protocol;

/// The protocol `aws.protocols#restJson1`.
#[derive(Clone, Copy, Debug)]
pub struct RestJson1;

impl Preset for RestJson1 {
    const PROTOCOL: &'static dyn Protocol = &HttpBindingProtocol {
        id: "aws.protocols#restJson1",
        codec: Json {
            media_type: "application/json",
            name_kind: NameKind::Json,
            timestamp_formats: true,
            big_numbers_as_text: false,
        },
        error_code: REST_JSON,
    };
}

#[cfg(test)]
mod tests;
