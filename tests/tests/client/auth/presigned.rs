//! Presigned URLs.

use super::support::{changed, credentials, receive, server, signer, signer_with, verifier};
use farrier_runtime::auth::Signer;
use farrier_runtime::types::Body;
use farrier_tests::server::Request;
use farrier_tests::sigv4_verifier::SignatureError;
use std::time::{Duration, SystemTime};

const HOUR: Duration = Duration::from_secs(3600);

async fn presign_and_send(signer: &Signer, target: &str) -> Request {
    let server = server();
    let mut request = http::Request::get(server.url() + target).body(Body::default()).unwrap();
    signer.presign(&mut request, SystemTime::now(), HOUR).await.unwrap();
    // The URL alone must be sufficient.
    assert!(request.headers().is_empty());
    let request = http::Request::get(request.uri()).body(Body::default()).unwrap();
    receive(request, &server).await
}

#[tokio::test]
async fn presigned_url_is_valid_on_its_own() {
    let targets = ["/", "/a%20b//%C3%BC", "/a?x=1&x=&y", "/?", "/a?p=%2B%26%20~"];
    for service in ["polly", "s3"] {
        for target in targets {
            let request = presign_and_send(&signer(service), target).await;
            assert_eq!(verifier(service).verify(&request), Ok(()), "{service} {target}");
        }
    }
}

#[tokio::test]
async fn session_token_is_in_the_url() {
    for service in ["polly", "s3"] {
        let signer = signer_with(service, &[], &[], credentials(Some("token/with+signs==")));
        let request = presign_and_send(&signer, "/a").await;
        assert!(request.path.contains("&X-Amz-Security-Token=token%2Fwith%2Bsigns%3D%3D"));
        assert_eq!(verifier(service).session_token("token/with+signs==").verify(&request), Ok(()));
    }
}

#[tokio::test]
async fn rejects_a_changed_or_expired_url() {
    let request = presign_and_send(&signer("s3"), "/a?b=c").await;
    let at = |time| verifier("s3").at(time).verify(&request);
    assert_eq!(at(SystemTime::now() + HOUR - Duration::from_secs(600)), Ok(()));
    assert_eq!(at(SystemTime::now() + HOUR + Duration::from_secs(1)), Err(SignatureError::Expired));
    for (from, to) in [("/a?", "/b?"), ("b=c", "b=d"), ("Expires=3600", "Expires=3601"), ("b=c&", "")] {
        let other = changed(&request, |request| request.path = request.path.replace(from, to));
        assert_eq!(verifier("s3").verify(&other), Err(SignatureError::Signature), "{from}");
    }
    let other = changed(&request, |request| request.method = "DELETE".to_owned());
    assert_eq!(verifier("s3").verify(&other), Err(SignatureError::Signature));
}

#[tokio::test]
async fn s3_upload_url_does_not_sign_the_body() {
    let server = server();
    let mut request = http::Request::put(server.url() + "/object").header("content-length", "0");
    request = request.header("x-amz-acl", "private");
    let mut request = request.body(Body::default()).unwrap();
    signer("s3").presign(&mut request, SystemTime::now(), HOUR).await.unwrap();
    let upload = http::Request::put(request.uri()).header("x-amz-acl", "private");
    let upload = receive(upload.body(Body::from("the object")).unwrap(), &server).await;
    assert_eq!(verifier("s3").verify(&upload), Ok(()));
    let other =
        changed(&upload, |request| *super::support::value_mut(request, "x-amz-acl") = "public".to_owned());
    assert_eq!(verifier("s3").verify(&other), Err(SignatureError::Signature));
}
