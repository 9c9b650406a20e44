//! Where requests go, and what is known of it.

use crate::types::Document;
use std::fmt;

/// Where requests go, and what is known of it. `Debug` shows no values, since a URL may hold those of a request.
#[derive(Clone, PartialEq)]
pub struct ResolvedEndpoint {
    /// The URL, with a path perhaps.
    pub url: String,
    /// Headers of requests, each with its values.
    pub headers: Vec<(&'static str, Vec<String>)>,
    /// What else is known.
    pub properties: Vec<(&'static str, Document)>,
}

impl ResolvedEndpoint {
    /// The property of that name.
    pub fn property(&self, name: &str) -> Option<&Document> {
        self.properties.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The configurations of authentication schemes, each with a `name`: the property
    /// [`authSchemes`](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#endpoint-authschemes-list-property).
    pub fn auth_schemes(&self) -> &[Document] {
        self.property("authSchemes").and_then(Document::as_array).map_or(&[], Vec::as_slice)
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
