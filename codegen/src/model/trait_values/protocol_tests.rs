//! Values of `smithy.test#httpRequestTests` and `smithy.test#httpResponseTests`.

use super::reader::{ObjectMembers, ReadResult, TraitReader};
use crate::ast::{Entry, Node};
use crate::model::{AppliesTo, HttpMessageTest, HttpRequestTest, HttpResponseTest};
use crate::shape_id::is_identifier;

const CASES: &str = "an array of test cases";
const REQUEST: &str = "an object with `id`, `protocol`, `method` and `uri`";
const RESPONSE: &str = "an object with `id`, `protocol` and `code`";
const NAMES: &str = "an array of names";

impl TraitReader<'_> {
    pub(super) fn request_tests(&self, value: &Node<'_>) -> ReadResult<Vec<HttpRequestTest>> {
        self.cases(value)?.iter().map(|case| self.request_test(case)).collect()
    }

    pub(super) fn response_tests(&self, value: &Node<'_>) -> ReadResult<Vec<HttpResponseTest>> {
        self.cases(value)?.iter().map(|case| self.response_test(case)).collect()
    }

    fn cases<'a>(&self, value: &Node<'a>) -> ReadResult<&'a [Node<'a>]> {
        value.items().ok_or_else(|| self.unexpected(value, CASES))
    }

    fn request_test(&self, case: &Node<'_>) -> ReadResult<HttpRequestTest> {
        let members = self.structure(case, REQUEST)?;
        Ok(HttpRequestTest {
            message: self.message_test(&members)?,
            method: self.method(&members.required(self, "method")?)?,
            uri: self.string(&members.required(self, "uri")?)?,
            host: self.optional_string(members.get("host"))?,
            resolved_host: self.optional_string(members.get("resolvedHost"))?,
            query_params: self
                .optional_strings(members.get("queryParams"), "an array of query parameters")?,
            forbid_query_params: self.optional_strings(members.get("forbidQueryParams"), NAMES)?,
            require_query_params: self.optional_strings(members.get("requireQueryParams"), NAMES)?,
        })
    }

    fn response_test(&self, case: &Node<'_>) -> ReadResult<HttpResponseTest> {
        let members = self.structure(case, RESPONSE)?;
        Ok(HttpResponseTest {
            message: self.message_test(&members)?,
            code: self.status(&members.required(self, "code")?)?,
            error_code: self.vendor_code(&members)?,
        })
    }

    fn message_test(&self, members: &ObjectMembers<'_, '_>) -> ReadResult<HttpMessageTest> {
        let params = members.get("params");
        if let Some(params) = params.filter(|params| !params.is_object()) {
            return Err(self.unexpected(&params, "an object in `params`"));
        }
        Ok(HttpMessageTest {
            id: self.case_id(&members.required(self, "id")?)?,
            protocol: self.string(&members.required(self, "protocol")?)?,
            documentation: self.optional_string(members.get("documentation"))?,
            applies_to: members.get("appliesTo").map(|value| self.applies_to(&value)).transpose()?,
            params: params.map(|params| params.to_string()),
            body: self.optional_string(members.get("body"))?,
            body_media_type: self.optional_string(members.get("bodyMediaType"))?,
            headers: self.headers(members.get("headers"))?,
            forbid_headers: self.optional_strings(members.get("forbidHeaders"), NAMES)?,
            require_headers: self.optional_strings(members.get("requireHeaders"), NAMES)?,
        })
    }

    fn case_id(&self, value: &Node<'_>) -> ReadResult<String> {
        let id = self.string(value)?;
        if is_identifier(&id) { Ok(id) } else { Err(self.invalid(value, "an identifier in `id`")) }
    }

    fn applies_to(&self, value: &Node<'_>) -> ReadResult<AppliesTo> {
        match self.string(value)?.as_str() {
            "client" => Ok(AppliesTo::Client),
            "server" => Ok(AppliesTo::Server),
            _ => Err(self.invalid(value, "\"client\" or \"server\"")),
        }
    }

    fn headers(&self, value: Option<Node<'_>>) -> ReadResult<Vec<(String, String)>> {
        let Some(value) = value else { return Ok(Vec::new()) };
        let headers = self.structure(&value, "an object of headers and their values")?;
        let header = |entry: &Entry<'_>| Ok((entry.key.to_owned(), self.string(&entry.value)?));
        headers.entries.iter().map(header).collect()
    }

    /// Reads the error code in `vendorParams`, which tests of services with `awsQueryCompatible` have. Other
    /// vendor parameters are ignored.
    fn vendor_code(&self, members: &ObjectMembers<'_, '_>) -> ReadResult<Option<String>> {
        let Some(value) = members.get("vendorParams") else { return Ok(None) };
        let params = self.structure(&value, "an object in `vendorParams`")?;
        Ok(params.get("code").and_then(|code| code.string().map(str::to_owned)))
    }

    fn optional_strings(&self, value: Option<Node<'_>>, expected: &str) -> ReadResult<Vec<String>> {
        value.map_or(Ok(Vec::new()), |value| self.strings(&value, expected))
    }
}

#[cfg(test)]
mod tests {
    use crate::model::AppliesTo;
    use crate::model::testing::{diagnostics_in, load};

    const MODEL: &str = r#"{"smithy": "2", "shapes": {
        "a#S": {"type": "service", "operations": [{"target": "a#O"}], "traits": {"aws.protocols#restJson1": {}}},
        "a#O": {"type": "operation", "errors": [{"target": "a#E"}], "traits": {
            "smithy.api#http": {"method": "GET", "uri": "/"}, "smithy.test#httpRequestTests": [REQUEST]}},
        "a#E": {"type": "structure", "traits": {
            "smithy.api#error": "client", "smithy.test#httpResponseTests": [RESPONSE]}}}}"#;
    const REQUEST: &str = r#"{"id": "one", "protocol": "a#p", "method": "GET", "uri": "/"}"#;
    const RESPONSE: &str = r#"{"id": "two", "protocol": "a#p", "code": 400}"#;

    fn source(request: &str, response: &str) -> String {
        MODEL.replace("REQUEST", request).replace("RESPONSE", response)
    }

    /// Returns the diagnostics for a request test with an additional member.
    fn with_member(member: &str) -> Vec<String> {
        let case = REQUEST.replace('}', &format!(", {member}}}"));
        let diagnostics = diagnostics_in(&source(&case, RESPONSE));
        diagnostics.iter().map(|m| m.split_once(' ').unwrap().1.replace("smithy.test#", "")).collect()
    }

    #[test]
    fn reads_tests_of_operations_and_errors() {
        let request = REQUEST.replace(
            '}',
            r#", "params": { "a b": [1.50, "\" \\"] }, "headers": {"X": "y"}, "queryParams": ["k=v"],
                "body": "", "appliesTo": "client", "forbidHeaders": ["z"]}"#,
        );
        let response = RESPONSE.replace('}', r#", "vendorParams": {"code": "C", "more": 1}}"#);
        let model = load(&source(&request, &response)).unwrap();
        let operation = model.operations.values().next().unwrap();
        let case = &operation.traits.http_request_tests[0];
        assert_eq!(case.message.params.as_deref(), Some(r#"{"a b":[1.50,"\" \\"]}"#));
        assert_eq!(case.message.headers, [("X".to_owned(), "y".to_owned())]);
        assert_eq!(
            (case.message.body.as_deref(), &case.query_params[..]),
            (Some(""), &["k=v".to_owned()][..])
        );
        assert_eq!(case.message.applies_to, Some(AppliesTo::Client));
        let case = &model.shape(&operation.errors[0]).traits.http_response_tests[0];
        assert_eq!(
            (case.message.id.as_str(), case.code, case.error_code.as_deref()),
            ("two", 400, Some("C"))
        );
    }

    #[test]
    fn rejects_values_of_wrong_type() {
        assert_eq!(
            with_member("\"params\": []"),
            ["«[]» `httpRequestTests`: expected an object in `params`, found an array"]
        );
        assert_eq!(
            with_member("\"headers\": {\"X\": 1}"),
            ["«1» `httpRequestTests`: expected a string, found a number"]
        );
        assert_eq!(
            with_member("\"appliesTo\": \"all\""),
            ["«\"all\"» `httpRequestTests`: expected \"client\" or \"server\", found \"all\""]
        );
        assert_eq!(
            with_member("\"queryParams\": {}"),
            ["«{}» `httpRequestTests`: expected an array of query parameters, found an object"]
        );
        let diagnostics = diagnostics_in(&source("7", &RESPONSE.replace("two", "not one")));
        assert!(diagnostics[0].ends_with(
            "«7» `smithy.test#httpRequestTests`: expected an object with `id`, `protocol`, `method` and `uri`, found a number"
        ), "{diagnostics:?}");
        assert!(
            diagnostics[1].contains("expected an identifier in `id`, found \"not one\""),
            "{diagnostics:?}"
        );
        let diagnostics = diagnostics_in(&source(REQUEST, &RESPONSE.replace("code", "kode")));
        assert!(
            diagnostics[0].ends_with("`smithy.test#httpResponseTests`: missing `code`"),
            "{diagnostics:?}"
        );
    }
}
