//! Resolved endpoints.

use crate::types::Document;
use std::fmt;

/// A resolved endpoint. `Debug` does not show the URL or values, because they may contain request parameters.
#[derive(Clone, PartialEq)]
pub struct ResolvedEndpoint {
    /// The URL, which may have a path.
    pub url: String,
    /// The headers to add to requests, with their values.
    pub headers: Vec<(&'static str, Vec<String>)>,
    /// The properties, such as `authSchemes`.
    pub properties: Vec<(&'static str, Document)>,
}

impl ResolvedEndpoint {
    /// Returns the property with this name.
    pub fn property(&self, name: &str) -> Option<&Document> {
        self.properties.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Returns the authentication scheme configurations, each with a `name`: the property
    /// [`authSchemes`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-authschemes-list-property).
    pub fn auth_schemes(&self) -> &[Document] {
        self.property("authSchemes").and_then(Document::as_array).map_or(&[], Vec::as_slice)
    }

    /// Returns [`auth_schemes`](Self::auth_schemes) without a copy.
    pub(crate) fn into_auth_schemes(self) -> Vec<Document> {
        match self.properties.into_iter().find(|(known, _)| *known == "authSchemes") {
            Some((_, Document::Array(schemes))) => schemes,
            _ => Vec::new(),
        }
    }
}

impl fmt::Debug for ResolvedEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        let properties: Vec<&str> = self.properties.iter().map(|(name, _)| *name).collect();
        f.debug_struct("ResolvedEndpoint")
            .field("headers", &headers)
            .field("properties", &properties)
            .finish_non_exhaustive()
    }
}
