use super::*;
use crate::protocol::rpc_tests::{
    Bound, check_query_compatibility, code_and_shape, header, operation, request, response,
};
use crate::service::Protocol;
use crate::shape::{Structure, Value};
use crate::test_shapes::Choice;
use crate::types::Timestamp;
use bytes::Bytes;

fn output<T: Structure + Value>(body: &'static str) -> Result<T, String> {
    let mut output = T::default_value();
    let read = AWS_JSON_1_1.output(&operation(&AWS_JSON_1_1, false), &response(&[], body), &mut output);
    read.map(|()| output).map_err(|error| error.to_string())
}

#[test]
fn requests_contain_operation_in_target_header() {
    for (protocol, media_type) in
        [(&AWS_JSON_1_0, "application/x-amz-json-1.0"), (&AWS_JSON_1_1, "application/x-amz-json-1.1")]
    {
        let request = request(protocol, "https://host", &());
        assert_eq!(
            (request.method().as_str(), request.uri().to_string().as_str()),
            ("POST", "https://host/")
        );
        assert_eq!(header(&request, "x-amz-target"), Some("Service.Operation"));
        assert_eq!(header(&request, "content-type"), Some(media_type));
        assert_eq!((header(&request, "content-length"), &request.body()[..]), (Some("2"), &b"{}"[..]));
        assert_eq!(request.headers().len(), 3);
    }
}

#[test]
fn prepends_endpoint_path() {
    for (endpoint, expected) in [
        ("https://host/custom", "https://host/custom/"),
        ("https://host/a/b/", "https://host/a/b/"),
        ("http://host:80?x=y", "http://host:80/"),
    ] {
        assert_eq!(request(&AWS_JSON_1_0, endpoint, &()).uri(), expected);
    }
}

#[test]
fn body_contains_all_members_by_member_name() {
    let input = Bound::sample();
    let sent = request(&AWS_JSON_1_0, "https://host", &input);
    let text = concat!(
        r#"{"label":"l","header":"h","query":1,"status":2,"payload":"Zm9v","at":"2019-12-16T23:48:18.5Z","#,
        r#""choice":{"text":"t"},"message":"m"}"#
    );
    assert_eq!((sent.body(), sent.uri().path()), (&Bytes::from_static(text.as_bytes()), "/"));
    assert_eq!(header(&sent, "x-header"), None);
    assert_eq!(output::<Bound>(text).unwrap(), input);
    assert_eq!(output::<Bound>(r#"{"renamed":"x","Message":"y"}"#).unwrap(), Bound::default_value());
}

#[test]
fn accepts_empty_and_unexpected_outputs() {
    for body in ["", "{}", r#"{"foo":true}"#] {
        assert_eq!(output::<Bound>(body).unwrap(), Bound::default_value());
        let () = output("").unwrap();
    }
    let error = output::<Bound>(r#"{"query":"hush"}"#).unwrap_err();
    assert_eq!(error, "query: expected an integer, found a string");
    let unions = output::<Bound>(r#"{"choice":{"__type":"x","quit":{},"text":null}}"#).unwrap();
    assert_eq!(unions.choice, Some(Choice::Quit(())));
}

#[test]
fn reads_error_name_from_header_then_type_then_code() {
    for (headers, body, expected) in [
        (&[("X-Amzn-Errortype", "a#Foo:http://b/")][..], r#"{"code":"Bar","__type":"Baz"}"#, "Foo"),
        (&[], r#"{"code":"KMS.DisabledException","__type":"a#Baz"}"#, "Baz"),
        (&[], r#"{"__type":"a#Baz","code":"Bar"}"#, "Baz"),
        (&[], r#"{"code":"a#Bar:x"}"#, "Bar"),
        (&[], r#"{"Code":"Bar"}"#, "Bar"),
    ] {
        let expected = Some(expected.to_owned());
        assert_eq!(
            code_and_shape(&AWS_JSON_1_1, false, &response(headers, body)),
            (expected.clone(), expected)
        );
    }
    assert_eq!(code_and_shape(&AWS_JSON_1_1, false, &response(&[], "<html>")), (None, None));
}

#[test]
fn reads_errors_with_all_members_and_either_message_key() {
    let mut error = Bound::default_value();
    let body = r#"{"__type":"Bound","Message":"m","header":"h","at":"1970-01-01T00:00:00Z"}"#;
    AWS_JSON_1_0.error(&response(&[("x-header", "no")], body), &mut error).unwrap();
    let at = Some(Timestamp::from_secs(0));
    assert_eq!(
        error,
        Bound { message: Some("m".into()), header: Some("h".into()), at, ..Bound::default_value() }
    );
    let mut empty = Bound::default_value();
    AWS_JSON_1_0.error(&response(&[], ""), &mut empty).unwrap();
    assert_eq!(empty, Bound::default_value());
}

#[test]
fn reports_aws_query_codes() {
    check_query_compatibility(&AWS_JSON_1_0, &[], br#"{"__type":"ns#Plain"}"#, b"{}");
}
