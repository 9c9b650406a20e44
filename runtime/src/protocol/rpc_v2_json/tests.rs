use super::*;
use crate::protocol::rpc_tests::{
    Bound, Empty, check_query_compatibility, code_and_shape, header, operation, request, response,
};
use crate::service::ErrorReport;
use crate::shape::{Structure, Value};
use crate::test_shapes::Everything;

const PROTOCOL_HEADER: (&str, &str) = ("Smithy-Protocol", "rpc-v2-json");

fn try_output<T: Structure + Value>(headers: &[(&str, &str)], body: &str) -> Result<T, String> {
    let mut output = T::default_value();
    let response = response(headers, body.to_owned());
    let read = RpcV2Json.output(&operation(&RpcV2Json, false), &response, &mut output);
    read.map(|()| output).map_err(|error| error.to_string())
}

fn output<T: Structure + Value>(body: &str) -> T {
    try_output(&[PROTOCOL_HEADER], body).unwrap()
}

#[test]
fn requests_contain_operation_in_path() {
    for (endpoint, expected) in [
        ("https://host", "https://host/service/Service/operation/Operation"),
        ("https://host/v1/", "https://host/v1/service/Service/operation/Operation"),
    ] {
        let request = request(&RpcV2Json, endpoint, &Empty {});
        assert_eq!((request.method(), request.uri().to_string().as_str()), (&http::Method::POST, expected));
        assert_eq!(header(&request, "smithy-protocol"), Some("rpc-v2-json"));
        assert_eq!(header(&request, "accept"), Some("application/json"));
        assert_eq!(header(&request, "content-type"), Some("application/json"));
        assert_eq!((header(&request, "content-length"), &request.body()[..]), (Some("2"), &b"{}"[..]));
        assert_eq!(request.headers().len(), 4);
    }
}

#[test]
fn undeclared_input_has_no_body() {
    let request = request(&RpcV2Json, "https://host", &());
    assert_eq!((request.body().len(), header(&request, "content-type")), (0, None));
    assert_eq!(header(&request, "accept"), Some("application/json"));
    assert_eq!(request.headers().len(), 2);
}

#[test]
fn body_contains_all_members_by_member_name() {
    let input = Bound::sample();
    let sent = request(&RpcV2Json, "https://host", &input);
    let text = concat!(
        r#"{"label":"l","header":"h","query":1,"status":2,"payload":"Zm9v","at":1576540098.5,"#,
        r#""choice":{"text":"t"},"message":"m"}"#
    );
    assert_eq!(sent.body(), text);
    assert_eq!(output::<Bound>(text), input);
    assert_eq!(
        try_output::<Bound>(&[PROTOCOL_HEADER], r#"{"at":"1970-01-01T00:00:00Z"}"#).unwrap_err(),
        INVALID_TIMESTAMP
    );
}

const INVALID_TIMESTAMP: &str = "at: invalid timestamp: expected format epoch-seconds";

#[test]
fn represents_big_numbers_as_strings() {
    let value = Everything { unit: (), ..Everything::sample() };
    let sent = request(&RpcV2Json, "https://host", &value);
    let text = std::str::from_utf8(sent.body()).unwrap();
    assert!(text.contains(r#""bigInteger":"-123456789012345678901234567890","#), "{text}");
    assert!(text.contains(r#""bigDecimal":"0.12345678901234567890123456789e-400","#), "{text}");
    assert_eq!(output::<Everything>(text), value);
    for invalid in [r#""""#, r#""1.5""#, r#""0x1""#, r#""01""#, r#"" 1""#, "[]", "true"] {
        let error = try_output::<Everything>(&[PROTOCOL_HEADER], &format!(r#"{{"bigInteger":{invalid}}}"#))
            .unwrap_err();
        assert_eq!(error, "bigInteger: expected a number without a fraction or exponent");
    }
}

#[test]
fn accepts_empty_and_unexpected_outputs() {
    for body in ["", "{}", r#"{"foo":true}"#] {
        assert_eq!(output::<Bound>(body), Bound::default_value());
        let () = output(body);
    }
}

#[test]
fn rejects_responses_of_other_protocols() {
    for headers in [&[][..], &[("smithy-protocol", "rpc-v2-cbor")], &[("smithy-protocol", "")]] {
        let error = try_output::<Bound>(headers, "{}").unwrap_err();
        assert_eq!(error, "response header `Smithy-Protocol` is not `rpc-v2-json`");
        let mut headers = headers.to_vec();
        headers.push(("x-amzn-query-error", "Plain;Sender"));
        assert_eq!(
            code_and_shape(&RpcV2Json, true, &response(&headers, r#"{"__type":"a#Foo"}"#)),
            (None, None)
        );
    }
}

#[test]
fn reads_error_name_only_from_type() {
    let body = r#"{"code":"No","Code":"No","__type":"test.ns#Foo","message":"m"}"#;
    let response = response(&[PROTOCOL_HEADER, ("X-Amzn-Errortype", "No")], body);
    let report = RpcV2Json.error_report(&operation(&RpcV2Json, false), &response);
    let name = Some("Foo".to_owned());
    assert_eq!(report, ErrorReport { code: name.clone(), shape: name, message: Some("m".into()) });

    let mut error = Bound::default_value();
    RpcV2Json.error(&response, &mut error).unwrap();
    assert_eq!(error, Bound { message: Some("m".into()), ..Bound::default_value() });
    let nameless = self::response(&[PROTOCOL_HEADER, ("X-Amzn-Errortype", "No")], r#"{"code":"No"}"#);
    assert_eq!(code_and_shape(&RpcV2Json, false, &nameless), (None, None));
}

#[test]
fn reports_aws_query_codes() {
    check_query_compatibility(&RpcV2Json, &[PROTOCOL_HEADER], br#"{"__type":"ns#Plain"}"#, b"{}");
}
