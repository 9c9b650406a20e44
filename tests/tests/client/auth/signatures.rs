//! Signatures in the `authorization` header.

use super::support::{changed, credentials, receive, server, signer, signer_with, value_mut, verifier};
use farrier_runtime::auth::Signer;
use farrier_runtime::service::OperationTrait;
use farrier_runtime::types::Body;
use farrier_tests::server::Request;
use farrier_tests::sigv4_verifier::SignatureError;
use serde_json::json;
use std::time::{Duration, SystemTime};

/// Signs and sends a request. Returns it as the service received it.
async fn sign_and_send(
    signer: &Signer,
    method: &str,
    target: &str,
    headers: &[(&'static str, &'static str)],
    body: impl Into<Body>,
) -> Request {
    let server = server();
    let mut request = http::Request::builder().method(method).uri(server.url() + target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(body.into()).unwrap();
    signer.sign(&mut request, SystemTime::now()).await.unwrap();
    receive(request, &server).await
}

#[tokio::test]
async fn signature_is_valid_for_any_path_query_and_body() {
    let targets = [
        "",
        "/",
        "/plain",
        "/with%20space/and%2Fslash",
        "/%C3%BC/%E2%82%AC/%F0%9F%A6%80",
        "/a//b///c/",
        "/a/./b/../c/.",
        "/tilde~dash-dot.under_star*plus+colon:%c3%bc",
        "/a?b=c&a=&b=a&b",
        "/?z=1&Z=2&%C3%BC=%F0%9F%A6%80&a=b%20c%2B",
        "/?",
        "/?=empty&&x",
    ];
    for service in ["execute-api", "s3"] {
        let signer = signer(service);
        for target in targets {
            for body in ["", "the body"] {
                let request = sign_and_send(&signer, "POST", target, &[], body).await;
                assert_eq!(verifier(service).verify(&request), Ok(()), "{service} {target} {body}");
            }
        }
    }
}

#[tokio::test]
async fn signs_canonical_headers() {
    let headers = [
        ("content-type", "application/json"),
        ("x-amz-target", "  Some   Target  "),
        ("x-amz-meta-many", "b"),
        ("x-amz-meta-many", "a  a"),
        ("x-amz-meta-empty", ""),
        ("x-amz-meta-utf8", "grün"),
        ("user-agent", "test"),
        ("x-amzn-trace-id", "Root=1"),
    ];
    let request = sign_and_send(&signer("execute-api"), "PUT", "/", &headers, "{}").await;
    assert_eq!(verifier("execute-api").verify(&request), Ok(()));
    for name in ["content-type", "x-amz-target", "x-amz-meta-many", "x-amz-meta-empty", "host", "x-amz-date"]
    {
        let other = changed(&request, |request| value_mut(request, name).push('0'));
        assert!(verifier("execute-api").verify(&other).is_err(), "{name}");
    }
    for name in ["user-agent", "x-amzn-trace-id"] {
        let other = changed(&request, |request| value_mut(request, name).push('0'));
        assert_eq!(verifier("execute-api").verify(&other), Ok(()), "proxies change {name}");
    }
}

#[tokio::test]
async fn signs_the_host_with_its_port() {
    let request = sign_and_send(&signer("execute-api"), "GET", "/", &[], "").await;
    let (_, port) = request.header("host").unwrap().split_once(':').unwrap();
    assert!(port.parse::<u16>().is_ok());
    assert_eq!(verifier("execute-api").verify(&request), Ok(()));

    let named = [("host", "service.example")];
    let request = sign_and_send(&signer("execute-api"), "GET", "/", &named, "").await;
    assert_eq!(request.header("host"), Some("service.example"));
    assert_eq!(verifier("execute-api").verify(&request), Ok(()));
}

#[tokio::test]
async fn rejects_a_changed_request() {
    for service in ["execute-api", "s3"] {
        let request = sign_and_send(&signer(service), "POST", "/a%20b?c=d", &[], "the body").await;
        let verify_changed = |change: fn(&mut Request)| verifier(service).verify(&changed(&request, change));
        assert_eq!(verify_changed(|_| {}), Ok(()));
        let body = if service == "s3" { SignatureError::Body } else { SignatureError::Signature };
        assert_eq!(verify_changed(|request| request.body[0] = b'T'), Err(body));
        assert_eq!(
            verify_changed(|request| request.method = "PUT".to_owned()),
            Err(SignatureError::Signature)
        );
        assert_eq!(
            verify_changed(|request| request.path = "/a%20c?c=d".to_owned()),
            Err(SignatureError::Signature)
        );
        assert_eq!(
            verify_changed(|request| request.path = "/a%20b?c=e".to_owned()),
            Err(SignatureError::Signature)
        );
        assert_eq!(verify_changed(|request| request.path.push_str("&c=d")), Err(SignatureError::Signature));
        assert_eq!(
            verify_changed(|request| value_mut(request, "host").push('0')),
            Err(SignatureError::Signature)
        );
        let added = |request: &mut Request| request.headers.push(("x-amz-acl".into(), "public".into()));
        assert_eq!(verify_changed(added), Err(SignatureError::NotSigned("x-amz-acl".to_owned())));
    }
}

#[tokio::test]
async fn signature_is_limited_to_a_time_service_and_key() {
    let request = sign_and_send(&signer("execute-api"), "GET", "/", &[], "").await;
    let late = SystemTime::now() + Duration::from_secs(20 * 60);
    assert_eq!(verifier("execute-api").at(late).verify(&request), Err(SignatureError::Expired));
    assert!(matches!(verifier("iam").verify(&request), Err(SignatureError::Scope(_))));
    let other_secret = verifier("execute-api").key("AKIDEXAMPLE", "another secret");
    assert_eq!(other_secret.verify(&request), Err(SignatureError::Signature));
}

#[tokio::test]
async fn session_token_is_sent_and_signed() {
    for service in ["execute-api", "s3"] {
        let signer = signer_with(service, &[], &[], credentials(Some("token/with+signs==")));
        let request = sign_and_send(&signer, "GET", "/", &[], "").await;
        let verifier = verifier(service).session_token("token/with+signs==");
        assert_eq!(verifier.verify(&request), Ok(()));
        let other = changed(&request, |request| value_mut(request, "x-amz-security-token").push('0'));
        assert_eq!(verifier.verify(&other), Err(SignatureError::SessionToken));
    }
}

#[tokio::test]
async fn endpoint_auth_scheme_sets_signing_name_and_region() {
    let endpoint = json!({
        "name": "sigv4",
        "signingName": "s3-outposts",
        "signingRegion": "us-west-2",
        "disableDoubleEncoding": true,
    });
    let signer = signer_with("s3", &[], &[endpoint], credentials(None));
    let request = sign_and_send(&signer, "GET", "/key%20of//object", &[], "").await;
    let verifier = farrier_tests::sigv4_verifier::Verifier::new("s3-outposts", "us-west-2");
    assert_eq!(verifier.verify(&request), Ok(()));
}

#[tokio::test]
async fn unsigned_payload_excludes_only_the_body() {
    let unsigned = &[OperationTrait::UnsignedPayload];
    let signer = signer_with("mediastore", unsigned, &[], credentials(None));
    let stream = || Body::stream(http_body_util::Full::new(bytes::Bytes::from("the body")));
    for body in [Body::from("the body"), stream()] {
        let request = sign_and_send(&signer, "PUT", "/a", &[], body).await;
        assert_eq!(request.body, b"the body");
        assert_eq!(request.header("x-amz-content-sha256"), Some("UNSIGNED-PAYLOAD"));
        assert_eq!(verifier("mediastore").verify(&request), Ok(()));
        let other = changed(&request, |request| request.body.push(b'x'));
        assert_eq!(verifier("mediastore").verify(&other), Ok(()));
        let other = changed(&request, |request| request.path.push('x'));
        assert_eq!(verifier("mediastore").verify(&other), Err(SignatureError::Signature));
    }
}
