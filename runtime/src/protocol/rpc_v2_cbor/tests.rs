use super::*;
use crate::protocol::rpc_tests::{
    Bound, Empty, check_query_compatibility, code_and_shape, header, operation, request, response,
};
use crate::service::ErrorReport;
use crate::shape::{Structure, Value};

const PROTOCOL_HEADER: (&str, &str) = ("smithy-protocol", "rpc-v2-cbor");

fn output<T: Structure + Value>(headers: &[(&str, &str)], body: &'static [u8]) -> Result<T, String> {
    let mut output = T::default_value();
    let read = RpcV2Cbor.output(&operation(&RpcV2Cbor, false), &response(headers, body), &mut output);
    read.map(|()| output).map_err(|error| error.to_string())
}

#[test]
fn requests_contain_operation_in_path() {
    let sent = request(&RpcV2Cbor, "https://host/v1", &Empty {});
    assert_eq!(sent.method(), http::Method::POST);
    assert_eq!(sent.uri(), "https://host/v1/service/Service/operation/Operation");
    for (name, value) in [
        ("smithy-protocol", "rpc-v2-cbor"),
        ("accept", "application/cbor"),
        ("content-type", "application/cbor"),
        ("content-length", "2"),
    ] {
        assert_eq!(header(&sent, name), Some(value));
    }
    assert_eq!((sent.headers().len(), &sent.body()[..]), (4, &b"\xbf\xff"[..]));
    let unit = request(&RpcV2Cbor, "https://host", &());
    assert_eq!((unit.body().len(), header(&unit, "content-type"), unit.headers().len()), (0, None, 2));
}

#[test]
fn body_contains_all_members() {
    let input = Bound::sample();
    let body = request(&RpcV2Cbor, "https://host", &input).into_body().to_vec();
    let expected = b"\xbf\x65label\x61l\x66header\x61h\x65query\x01\x66status\x02\x67payload\x43foo\
        \x62at\xc1\xfb\x41\xd7\x7e\x08\x00\xa0\x00\x00\x66choice\xa1\x64text\x61t\x67message\x61m\xff";
    assert_eq!(body.len(), expected.len());
    let at = body.windows(3).position(|bytes| bytes == b"\x62at").unwrap();
    assert_eq!((&body[..at + 5], &body[at + 13..]), (&expected[..at + 5], &expected[at + 13..]));
    assert_eq!(output::<Bound>(&[PROTOCOL_HEADER], body.leak()).unwrap(), input);
}

#[test]
fn accepts_empty_and_unexpected_outputs() {
    for body in [&b""[..], b"\xa0", b"\xbf\xff", b"\xa1\x63foo\xf5"] {
        assert_eq!(output::<Bound>(&[PROTOCOL_HEADER], body).unwrap(), Bound::default_value());
        output::<()>(&[PROTOCOL_HEADER], body).unwrap();
    }
}

#[test]
fn rejects_responses_of_other_protocols() {
    for headers in [&[][..], &[("smithy-protocol", "rpc-v2-json")]] {
        let error = output::<Bound>(headers, b"\xa0").unwrap_err();
        assert_eq!(error, "response header `Smithy-Protocol` is not `rpc-v2-cbor`");
        let response = response(headers, &b"\xa1\x66__type\x65a#Foo"[..]);
        assert_eq!(code_and_shape(&RpcV2Cbor, true, &response), (None, None));
    }
}

#[test]
fn reads_error_name_only_from_type() {
    let body = b"\xa4\x64code\x62No\x66__type\x65a#Foo\x64blob\x41\x00\x67message\x61m";
    let response = response(&[PROTOCOL_HEADER, ("x-amzn-errortype", "No")], &body[..]);
    let report = RpcV2Cbor.error_report(&operation(&RpcV2Cbor, false), &response);
    let name = Some("Foo".to_owned());
    assert_eq!(report, ErrorReport { code: name.clone(), shape: name, message: Some("m".into()) });
    let mut error = Bound::default_value();
    RpcV2Cbor.error(&response, &mut error).unwrap();
    assert_eq!(error.message.as_deref(), Some("m"));
}

#[test]
fn reports_errors_of_malformed_bodies() {
    for body in [vec![0x81; 100_000], vec![0xc1; 100_000], vec![0xbf], vec![0xa1, 0x61, 0xff], vec![]] {
        assert_eq!(code_and_shape(&RpcV2Cbor, false, &response(&[PROTOCOL_HEADER], body)), (None, None));
    }
    let cut = &b"\xbf\x66__type\x65a#Foo\x67mess"[..];
    let foo = Some("Foo".to_owned());
    assert_eq!(code_and_shape(&RpcV2Cbor, false, &response(&[PROTOCOL_HEADER], cut)), (foo.clone(), foo));
}

#[test]
fn reports_aws_query_codes() {
    check_query_compatibility(&RpcV2Cbor, &[PROTOCOL_HEADER], b"\xa1\x66__type\x68ns#Plain", b"\xa0");
}
