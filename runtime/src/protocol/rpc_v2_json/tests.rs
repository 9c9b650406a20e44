use super::*;
use crate::protocol::rpc_tests::{
    Bound, Empty, check_query_compatibility, header, names, operation, request, response,
};
use crate::shape::Value;
use crate::test_shapes::Everything;

const SPEAKS: (&str, &str) = ("Smithy-Protocol", "rpc-v2-json");

fn try_output<T: Structure + Value>(headers: &[(&str, &str)], body: &str) -> Result<T, String> {
    let mut output = T::default_value();
    let response = response(headers, body.to_owned());
    let read = RpcV2Json.output(&operation(&RpcV2Json, false), &response, &mut output);
    read.map(|()| output).map_err(|error| error.to_string())
}

fn output<T: Structure + Value>(body: &str) -> T {
    try_output(&[SPEAKS], body).unwrap()
}

#[test]
fn requests_name_the_operation_in_their_path() {
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
fn an_input_that_the_model_does_not_give_has_no_body() {
    let request = request(&RpcV2Json, "https://host", &());
    assert_eq!((request.body().len(), header(&request, "content-type")), (0, None));
    assert_eq!(header(&request, "accept"), Some("application/json"));
    assert_eq!(request.headers().len(), 2);
}

#[test]
fn all_members_are_in_the_body_by_their_own_names() {
    let input = Bound::sample();
    let sent = request(&RpcV2Json, "https://host", &input);
    let text = concat!(
        r#"{"label":"l","header":"h","query":1,"status":2,"payload":"Zm9v","at":1576540098.5,"#,
        r#""choice":{"text":"t"},"message":"m"}"#
    );
    assert_eq!(sent.body(), text);
    assert_eq!(output::<Bound>(text), input);
    assert_eq!(try_output::<Bound>(&[SPEAKS], r#"{"at":"1970-01-01T00:00:00Z"}"#).unwrap_err(), NO_EPOCH);
}

const NO_EPOCH: &str = "at: not a timestamp in the format epoch-seconds";

#[test]
fn big_numbers_are_strings() {
    let value = Everything { unit: (), ..Everything::sample() };
    let sent = request(&RpcV2Json, "https://host", &value);
    let text = std::str::from_utf8(sent.body()).unwrap();
    assert!(text.contains(r#""bigInteger":"-123456789012345678901234567890","#), "{text}");
    assert!(text.contains(r#""bigDecimal":"0.12345678901234567890123456789e-400","#), "{text}");
    assert_eq!(output::<Everything>(text), value);
    for bad in [r#""""#, r#""1.5""#, r#""0x1""#, r#""01""#, r#"" 1""#, "[]", "true"] {
        let error = try_output::<Everything>(&[SPEAKS], &format!(r#"{{"bigInteger":{bad}}}"#)).unwrap_err();
        assert_eq!(error, "bigInteger: expected a number without a fraction or exponent");
    }
}

#[test]
fn empty_and_unexpected_outputs_are_accepted() {
    for body in ["", "{}", r#"{"foo":true}"#] {
        assert_eq!(output::<Bound>(body), Bound::default_value());
        let () = output(body);
    }
}

#[test]
fn a_response_of_another_protocol_is_unreadable() {
    for headers in [&[][..], &[("smithy-protocol", "rpc-v2-cbor")], &[("smithy-protocol", "")]] {
        let error = try_output::<Bound>(headers, "{}").unwrap_err();
        assert_eq!(error, "the header Smithy-Protocol of the response is not rpc-v2-json");
        let mut headers = headers.to_vec();
        headers.push(("x-amzn-query-error", "Plain;Sender"));
        assert_eq!(names(&RpcV2Json, true, &response(&headers, r#"{"__type":"a#Foo"}"#)), (None, None));
    }
}

#[test]
fn errors_are_named_by_type_alone() {
    let body = r#"{"code":"No","Code":"No","__type":"test.ns#Foo","message":"m"}"#;
    let response = response(&[SPEAKS, ("X-Amzn-Errortype", "No")], body);
    let report = RpcV2Json.error_report(&operation(&RpcV2Json, false), &response);
    let name = Some("Foo".to_owned());
    assert_eq!(report, ErrorReport { code: name.clone(), shape: name, message: Some("m".into()) });

    let mut error = Bound::default_value();
    RpcV2Json.error(&response, &mut error).unwrap();
    assert_eq!(error, Bound { message: Some("m".into()), ..Bound::default_value() });
    let nameless = self::response(&[SPEAKS, ("X-Amzn-Errortype", "No")], r#"{"code":"No"}"#);
    assert_eq!(names(&RpcV2Json, false, &nameless), (None, None));
}

#[test]
fn services_that_once_spoke_aws_query_keep_their_codes() {
    check_query_compatibility(&RpcV2Json, &[SPEAKS], br#"{"__type":"ns#Plain"}"#, b"{}");
}
