//! Headers and bodies of sent requests.

use super::support::client;
use farrier_runtime::transport::{Transport, UreqTransport};
use farrier_runtime::types::Body;
use farrier_tests::server::{ScriptedResponse, Server};
use farrier_tests::signin::{refresh_grant, token_response};
use http::Method;
use std::task::{Context, Poll, Waker};

fn send(server: &Server, method: Method, body: Body) {
    let mut request = http::Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = format!("{}/path?query=1", server.url()).parse().unwrap();
    let transport = UreqTransport::new();
    let mut sending = transport.send(request);
    let Poll::Ready(response) = sending.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the request is pending")
    };
    assert_eq!(response.unwrap().status(), 200);
}

#[test]
fn adds_only_the_host_header() {
    let server = Server::always(token_response());
    send(&server, Method::GET, Body::default());
    let names: Vec<_> = server.requests()[0].headers.iter().map(|(name, _)| name.to_lowercase()).collect();
    assert_eq!(names, ["host"]);
}

#[test]
fn call_headers_replace_ureq_defaults() {
    let server = Server::always(token_response());
    client(&server).create_oauth2_token(refresh_grant()).header("accept", "text/x-test").send().unwrap();
    let request = &server.requests()[0];
    let accepted = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("accept")).count();
    assert_eq!((accepted, request.header("accept")), (1, Some("text/x-test")));
    assert_eq!(request.header("accept-encoding"), None);
    assert!(!request.header("user-agent").unwrap_or_default().contains("ureq"));
}

#[test]
fn sends_a_body_with_its_length_for_every_method() {
    let server = Server::always(ScriptedResponse::new(200));
    let cases = [
        (Method::GET, "", None),
        (Method::HEAD, "", None),
        (Method::DELETE, "", None),
        (Method::POST, "", Some("0")),
        (Method::PUT, "text", Some("4")),
        (Method::DELETE, "text", Some("4")),
        (Method::GET, "text", Some("4")),
    ];
    for (method, text, length) in cases {
        send(&server, method.clone(), Body::from(text));
        let request = server.requests().pop().unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), (method.as_str(), "/path?query=1"));
        assert_eq!(request.header("content-length"), length, "{method}");
        assert_eq!(request.header("transfer-encoding"), None, "{method}");
        assert_eq!(request.body, text.as_bytes());
    }
}
