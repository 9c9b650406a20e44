//! Values of auth scheme traits.

use super::reader::{ReadResult, TraitReader};
use crate::Diagnostic;
use crate::ast::Node;
use crate::model::AuthScheme;

impl TraitReader<'_> {
    pub(super) fn auth_scheme(&self, value: &Node<'_>) -> ReadResult<AuthScheme> {
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

    fn api_key(&self, value: &Node<'_>) -> ReadResult<AuthScheme> {
        let members = self.structure(value, "an object with `name`, `in`")?;
        let (name, location) = (members.required(self, "name")?, members.required(self, "in")?);
        let in_header = match self.string(&location)?.as_str() {
            "header" => true,
            "query" => false,
            _ => return Err(self.invalid(&location, "\"header\" or \"query\"")),
        };
        let name = if in_header { self.header(&name)? } else { self.nonempty(&name)? };
        let scheme = members.get("scheme");
        if let Some(scheme) = scheme.filter(|_| !in_header) {
            let message = format!("`{}`: `scheme` is not allowed for a key in the query string", self.id);
            let diagnostic = Diagnostic::new(scheme.span(), message);
            return Err(diagnostic.label("only allowed for a key in a header").help("remove `scheme`"));
        }
        Ok(AuthScheme::HttpApiKey { name, in_header, scheme: self.optional_string(scheme)? })
    }
}
