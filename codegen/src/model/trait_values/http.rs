//! Values of HTTP traits.

use super::reader::{ReadResult, TraitReader};
use crate::ast::Node;
use crate::model::traits::Http;

impl TraitReader<'_> {
    /// Reads a header name: a token of [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.1).
    pub(super) fn header(&self, value: &Node<'_>) -> ReadResult<String> {
        let name = self.string(value)?;
        let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if !name.is_empty() && name.bytes().all(is_token) {
            return Ok(name);
        }
        Err(self.invalid(value, "an HTTP header name"))
    }

    pub(super) fn http(&self, value: &Node<'_>) -> ReadResult<Http> {
        let members = self.structure(value, "an object with `method`, `uri` and optional `code`")?;
        Ok(Http {
            method: self.method(&members.required(self, "method")?)?,
            uri: self.string(&members.required(self, "uri")?)?,
            code: members.get("code").map_or(Ok(200), |code| self.status(&code))?,
        })
    }

    pub(super) fn method(&self, value: &Node<'_>) -> ReadResult<String> {
        let method = self.string(value)?;
        let is_token = !method.is_empty() && method.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if is_token { Ok(method) } else { Err(self.invalid(value, "an HTTP method such as \"POST\"")) }
    }

    pub(super) fn status(&self, value: &Node<'_>) -> ReadResult<u16> {
        let expected = "an HTTP status between 100 and 599";
        if value.number().is_none() {
            return Err(self.unexpected(value, expected));
        }
        let status = value.integer().and_then(|code| u16::try_from(code).ok());
        status.filter(|code| (100..=599).contains(code)).ok_or_else(|| self.invalid(value, expected))
    }
}
