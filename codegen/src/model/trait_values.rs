//! Parsing of trait values into [`Traits`].

mod auth;
mod constraints;
mod context_params;
mod http;
mod protocol_tests;
mod reader;

use self::reader::{ReadResult, TraitReader};
use super::raw::TraitMap;
use super::traits::{Deprecated, EndpointDiscovery, Fault, Retryable, TimestampFormat, Traits};
use crate::ast::{Entry, Node};
use crate::{Diagnostic, Diagnostics};

/// Reads the traits that the generator supports and ignores all others.
pub(super) fn read(traits: &TraitMap<'_>, diagnostics: &mut Diagnostics) -> Traits {
    let mut values = Traits::default();
    for (id, applied) in traits {
        if let Err(diagnostic) = values.set(id, &applied.value) {
            diagnostics.push(diagnostic);
        }
    }
    values
}

impl Traits {
    /// Parses and sets the trait with this shape id. Ignores traits that the generator does not support.
    ///
    /// # Errors
    /// Returns a diagnostic if the value is not valid for the trait.
    pub(crate) fn set(&mut self, id: &str, value: &Node<'_>) -> Result<(), Diagnostic> {
        let reader = TraitReader { id };
        match id {
            "aws.api#clientDiscoveredEndpoint" => self.discovered_endpoint = Some(reader.is_required(value)?),
            "aws.api#clientEndpointDiscovery" => {
                self.endpoint_discovery = Some(reader.endpoint_discovery(value)?);
            }
            "aws.api#clientEndpointDiscoveryId" => self.endpoint_discovery_id = reader.annotation(value)?,
            "aws.api#service" => self.sdk_id = reader.sdk_id(value)?,
            "aws.auth#sigv4"
            | "aws.auth#sigv4a"
            | "smithy.api#httpApiKeyAuth"
            | "smithy.api#httpBasicAuth"
            | "smithy.api#httpBearerAuth"
            | "smithy.api#httpDigestAuth" => {
                self.auth_schemes.push((id.to_owned(), reader.auth_scheme(value)?));
            }
            "aws.auth#unsignedPayload" => self.unsigned_payload = reader.annotation(value)?,
            "aws.protocols#awsQueryCompatible" => self.aws_query_compatible = reader.annotation(value)?,
            "aws.protocols#awsQueryError" => self.aws_query_error = Some(reader.query_error(value)?),
            "farrier.api#singleUse" => self.single_use = reader.annotation(value)?,
            "smithy.api#addedDefault" => self.added_default = reader.annotation(value)?,
            "smithy.api#auth" => self.auth = Some(reader.strings(value, "an array of trait ids")?),
            "smithy.api#clientOptional" => self.client_optional = reader.annotation(value)?,
            "smithy.api#default" => {
                self.default = value.to_json().filter(|value| !value.is_null());
                self.default_number = value.number().map(str::to_owned);
            }
            "smithy.api#deprecated" => self.deprecated = Some(reader.deprecated(value)?),
            "smithy.api#documentation" => self.documentation = Some(reader.string(value)?),
            "smithy.api#endpoint" => self.host_prefix = Some(reader.host_prefix(value)?),
            "smithy.api#error" => self.error = Some(reader.error(value)?),
            "smithy.api#examples" => self.example_input = reader.example_input(value)?,
            "smithy.api#externalDocumentation" => self.external_documentation = reader.links(value)?,
            "smithy.api#hostLabel" => self.host_label = reader.annotation(value)?,
            "smithy.api#http" => self.http = Some(reader.http(value)?),
            "smithy.api#httpChecksumRequired" => self.http_checksum_required = reader.annotation(value)?,
            "smithy.api#httpError" => self.http_error = Some(reader.status(value)?),
            "smithy.api#httpHeader" => self.http_header = Some(reader.header(value)?),
            "smithy.api#httpLabel" => self.http_label = reader.annotation(value)?,
            "smithy.api#httpPayload" => self.http_payload = reader.annotation(value)?,
            "smithy.api#httpPrefixHeaders" => self.http_prefix_headers = Some(reader.string(value)?),
            "smithy.api#httpQuery" => self.http_query = Some(reader.nonempty(value)?),
            "smithy.api#httpQueryParams" => self.http_query_params = reader.annotation(value)?,
            "smithy.api#httpResponseCode" => self.http_response_code = reader.annotation(value)?,
            "smithy.api#idempotencyToken" => self.idempotency_token = reader.annotation(value)?,
            "smithy.api#idempotent" => self.idempotent = reader.annotation(value)?,
            "smithy.api#input" => self.input = reader.annotation(value)?,
            "smithy.api#internal" => self.internal = reader.annotation(value)?,
            "smithy.api#jsonName" => self.json_name = Some(reader.string(value)?),
            "smithy.api#length" => self.length = Some(reader.length(value)?),
            "smithy.api#mediaType" => self.media_type = Some(reader.string(value)?),
            "smithy.api#optionalAuth" => self.optional_auth = reader.annotation(value)?,
            "smithy.api#output" => self.output = reader.annotation(value)?,
            "smithy.api#pattern" => self.pattern = Some(reader.string(value)?),
            "smithy.api#range" => self.range = Some(reader.range(value)?),
            "smithy.api#readonly" => self.readonly = reader.annotation(value)?,
            "smithy.api#recommended" => self.recommended = Some(reader.recommended(value)?),
            "smithy.api#requestCompression" => self.request_compression = Some(reader.encodings(value)?),
            "smithy.api#required" => self.required = reader.annotation(value)?,
            "smithy.api#requiresLength" => self.requires_length = reader.annotation(value)?,
            "smithy.api#retryable" => self.retryable = Some(reader.retryable(value)?),
            "smithy.api#sensitive" => self.sensitive = reader.annotation(value)?,
            "smithy.api#since" => self.since = Some(reader.string(value)?),
            "smithy.api#sparse" => self.sparse = reader.annotation(value)?,
            "smithy.api#streaming" => self.streaming = reader.annotation(value)?,
            "smithy.api#timestampFormat" => self.timestamp_format = Some(reader.timestamp_format(value)?),
            "smithy.api#title" => self.title = Some(reader.string(value)?),
            "smithy.api#unstable" => self.unstable = reader.annotation(value)?,
            "smithy.rules#contextParam" => self.context_param = Some(reader.context_param(value)?),
            "smithy.rules#operationContextParams" => {
                self.operation_context_params = reader.operation_context_params(value)?;
            }
            "smithy.rules#staticContextParams" => {
                self.static_context_params = reader.static_context_params(value)?;
            }
            "smithy.test#httpRequestTests" => self.http_request_tests = reader.request_tests(value)?,
            "smithy.test#httpResponseTests" => self.http_response_tests = reader.response_tests(value)?,
            _ => {}
        }
        Ok(())
    }
}

impl TraitReader<'_> {
    fn sdk_id(&self, value: &Node<'_>) -> ReadResult<Option<String>> {
        self.optional_string(self.structure(value, "an object with `sdkId`")?.get("sdkId"))
    }

    fn query_error(&self, value: &Node<'_>) -> ReadResult<String> {
        let members = self.structure(value, "an object with `code` and `httpResponseCode`")?;
        self.string(&members.required(self, "code")?)
    }

    fn endpoint_discovery(&self, value: &Node<'_>) -> ReadResult<EndpointDiscovery> {
        let members = self.structure(value, "an object with `operation` and optional `error`")?;
        Ok(EndpointDiscovery {
            operation: self.string(&members.required(self, "operation")?)?,
            error: self.optional_string(members.get("error"))?,
        })
    }

    fn is_required(&self, value: &Node<'_>) -> ReadResult<bool> {
        let members = self.structure(value, "an object with `required`")?;
        members
            .get("required")
            .map_or(Ok(false), |node| node.boolean().ok_or_else(|| self.unexpected(&node, "a boolean")))
    }

    fn host_prefix(&self, value: &Node<'_>) -> ReadResult<String> {
        let members = self.structure(value, "an object with `hostPrefix`")?;
        self.nonempty(&members.required(self, "hostPrefix")?)
    }

    fn encodings(&self, value: &Node<'_>) -> ReadResult<Vec<String>> {
        let members = self.structure(value, "an object with `encodings`")?;
        self.strings(&members.required(self, "encodings")?, "an array of encodings such as \"gzip\"")
    }

    fn deprecated(&self, value: &Node<'_>) -> ReadResult<Deprecated> {
        let members = self.structure(value, "an object with optional `message` and `since`")?;
        Ok(Deprecated {
            message: self.optional_string(members.get("message"))?,
            since: self.optional_string(members.get("since"))?,
        })
    }

    fn recommended(&self, value: &Node<'_>) -> ReadResult<String> {
        let members = self.structure(value, "an object with optional `reason`")?;
        Ok(self.optional_string(members.get("reason"))?.unwrap_or_default())
    }

    fn error(&self, value: &Node<'_>) -> ReadResult<Fault> {
        match value.string() {
            Some("client") => Ok(Fault::Client),
            Some("server") => Ok(Fault::Server),
            Some(_) => Err(self.invalid(value, "\"client\" or \"server\"")),
            None => Err(self.unexpected(value, "\"client\" or \"server\"")),
        }
    }

    /// Returns the input of the first example that is not an error; an empty one if it is unset.
    fn example_input(&self, value: &Node<'_>) -> ReadResult<Option<serde_json::Value>> {
        let expected = "an array of objects with `title`, `input` and `output`";
        for example in value.items().ok_or_else(|| self.unexpected(value, expected))? {
            let members = self.structure(example, expected)?;
            let input = members.get("input");
            if let Some(input) = input.filter(|input| !input.is_object()) {
                return Err(self.unexpected(&input, "an object in `input`"));
            }
            if members.get("error").is_none() {
                let input = input.and_then(Node::to_json);
                return Ok(Some(input.unwrap_or_else(|| serde_json::Value::Object(serde_json::Map::new()))));
            }
        }
        Ok(None)
    }

    fn links(&self, value: &Node<'_>) -> ReadResult<Vec<(String, String)>> {
        let members = self.structure(value, "an object of names and URLs")?;
        let link = |entry: &Entry<'_>| Ok((entry.key.to_owned(), self.string(&entry.value)?));
        members.entries.iter().map(link).collect()
    }

    fn retryable(&self, value: &Node<'_>) -> ReadResult<Retryable> {
        let members = self.structure(value, "an object with optional `throttling`")?;
        let throttling = match members.get("throttling") {
            Some(node) => node.boolean().ok_or_else(|| self.unexpected(&node, "a boolean"))?,
            None => false,
        };
        Ok(Retryable { throttling })
    }

    fn timestamp_format(&self, value: &Node<'_>) -> ReadResult<TimestampFormat> {
        match self.string(value)?.as_str() {
            "date-time" => Ok(TimestampFormat::DateTime),
            "http-date" => Ok(TimestampFormat::HttpDate),
            "epoch-seconds" => Ok(TimestampFormat::EpochSeconds),
            _ => Err(self.invalid(value, "\"date-time\", \"http-date\" or \"epoch-seconds\"")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::testing::{diagnostics, input, member, resolved, with_ast};
    use crate::model::{Fault, TimestampFormat, Traits};

    fn set(id: &str, value: &str) -> Result<Traits, String> {
        let source = format!(
            "{{\"smithy\": \"2\", \"shapes\": {{\"a#A\": {{\"type\": \"string\", \"traits\": {{\"{id}\": {value}}}}}}}}}"
        );
        let mut traits = Traits::default();
        match with_ast(&[&source], |ast| traits.set(id, &ast.unwrap().shapes[0].traits[0].value)) {
            Ok(()) => Ok(traits),
            Err(diagnostic) => Err(format!("«{}» {}", &source[diagnostic.span.range()], diagnostic.message)),
        }
    }

    fn error(id: &str, value: &str) -> String {
        set(&format!("smithy.api#{id}"), value).unwrap_err().replace("smithy.api#", "")
    }

    #[test]
    fn reads_valid_values() {
        let http =
            set("smithy.api#http", r#"{"method": "GET", "uri": "/", "code": 201}"#).unwrap().http.unwrap();
        assert_eq!((http.method.as_str(), http.code), ("GET", 201));
        assert_eq!(set("smithy.api#error", "\"server\"").unwrap().error, Some(Fault::Server));
        let range = set("smithy.api#range", r#"{"min": -1.5e3}"#).unwrap().range.unwrap();
        assert_eq!((range.min.as_deref(), range.max), (Some("-1.5e3"), None));
        let format = set("smithy.api#timestampFormat", "\"http-date\"").unwrap().timestamp_format;
        assert_eq!(format, Some(TimestampFormat::HttpDate));
        assert!(set("smithy.api#default", "null").unwrap().default.is_none());
        assert!(
            set("smithy.api#retryable", r#"{"throttling": true}"#).unwrap().retryable.unwrap().throttling
        );
        let service = set("aws.api#service", r#"{"sdkId": "Sign In", "more": []}"#).unwrap();
        assert_eq!(service.sdk_id.as_deref(), Some("Sign In"));
        assert!(set("some.other#trait", "{\"x\": [1]}").is_ok());
    }

    #[test]
    fn rejects_invalid_values_with_their_location() {
        assert_eq!(error("jsonName", "{}"), "«{}» `jsonName`: expected a string, found an object");
        assert_eq!(error("required", "true"), "«true» `required`: expected an empty object, found a boolean");
        assert_eq!(
            error("http", "[]"),
            "«[]» `http`: expected an object with `method`, `uri` and optional `code`, found an array"
        );
        assert_eq!(error("http", r#"{"method": "GET"}"#), "«{\"method\": \"GET\"}» `http`: missing `uri`");
        assert_eq!(
            error("http", r#"{"method": 1, "uri": "/"}"#),
            "«1» `http`: expected a string, found a number"
        );
        assert_eq!(
            error("http", r#"{"method": "GET", "uri": "/", "code": 600}"#),
            "«600» `http`: expected an HTTP status between 100 and 599, found 600"
        );
        assert_eq!(
            error("httpError", "\"400\""),
            "«\"400\"» `httpError`: expected an HTTP status between 100 and 599, found a string"
        );
        assert_eq!(
            error("httpHeader", "\"a b\""),
            "«\"a b\"» `httpHeader`: expected an HTTP header name, found \"a b\""
        );
        assert_eq!(
            error("error", "\"user\""),
            "«\"user\"» `error`: expected \"client\" or \"server\", found \"user\""
        );
        assert_eq!(error("auth", "[\"a\", null]"), "«null» `auth`: expected a string, found null");
        assert_eq!(
            error("length", "{\"min\": -1}"),
            "«-1» `length`: expected a non-negative integer, found -1"
        );
        assert_eq!(
            error("deprecated", "{\"since\": 2}"),
            "«2» `deprecated`: expected a string, found a number"
        );
    }

    #[test]
    fn does_not_merge_traits_of_member_and_target() {
        let shapes = input(
            r#""x": {"target": "a#T", "traits": {"smithy.api#required": {}, "smithy.api#unheardOf": [}}"#,
        );
        assert!(diagnostics(&shapes)[0].contains("invalid JSON"));
        let shapes = shapes.replace("[}", "1}")
            + r#", "a#T": {"type": "string", "traits": {"smithy.api#sensitive": {}}}"#;
        let model = resolved(&shapes);
        let member = member(&model, "a#In", "x");
        assert!(member.traits.required && !member.traits.sensitive);
        assert!(model.shape(&member.target).traits.sensitive);
    }
}
