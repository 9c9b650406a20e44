//! Reads the traits that are authentication schemes.

use super::{Read, Reader};
use crate::ast::Node;
use crate::model::AuthScheme;

impl Reader<'_> {
    pub(super) fn auth_scheme(&self, value: &Node<'_>) -> Read<AuthScheme> {
        match self.id {
            "aws.auth#sigv4" => {
                let members = self.structure(value, "an object with `name`")?;
                Ok(AuthScheme::SigV4(self.nonempty(&members.required(self, "name")?)?))
            }
            "smithy.api#httpApiKeyAuth" => self.api_key(value),
            "smithy.api#httpBasicAuth" => self.annotation(value).map(|_| AuthScheme::HttpBasic),
            "smithy.api#httpBearerAuth" => self.annotation(value).map(|_| AuthScheme::HttpBearer),
            other => self.annotation(value).map(|_| AuthScheme::Other(other.to_owned())),
        }
    }

    fn api_key(&self, value: &Node<'_>) -> Read<AuthScheme> {
        let members = self.structure(value, "an object with `name`, `in`")?;
        let (name, place) = (members.required(self, "name")?, members.required(self, "in")?);
        let in_header = match self.string(&place)?.as_str() {
            "header" => true,
            "query" => false,
            _ => return Err(self.invalid(&place, "\"header\" or \"query\"")),
        };
        let name = if in_header { self.header(&name)? } else { self.nonempty(&name)? };
        let scheme = members.get("scheme");
        if let Some(scheme) = scheme.filter(|_| !in_header) {
            return Err(self.invalid(&scheme, "no `scheme` where the key is in the query"));
        }
        Ok(AuthScheme::HttpApiKey { name, in_header, scheme: self.optional_string(scheme)? })
    }
}
