use super::*;
use crate::auth::test_support::{NOW, get, header, operation, ready};
use crate::auth::{Credentials, Identities, IdentityKind, ProvideCredentials, Signer, choose_signer};
use crate::boxed::{BoxError, BoxFuture};
use crate::service::{AuthScheme, OperationTrait};
use crate::types::Document;
use std::sync::atomic::{AtomicU32, Ordering};

const EMPTY_SHA256: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The credentials of the examples in the AWS documentation.
fn credentials(session_token: Option<&str>) -> Credentials {
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    let credentials = Credentials::from_keys("AKIDEXAMPLE", secret);
    match session_token {
        Some(token) => credentials.session_token(token),
        None => credentials,
    }
}

fn identities() -> Identities {
    Identities::new().credentials(credentials(None))
}

fn sigv4_signer(name: &'static str, endpoint: &[Document], traits: &'static [OperationTrait]) -> Signer {
    let schemes = Box::leak(Box::new([AuthScheme::SigV4 { name }]));
    choose_signer(&operation(schemes, traits), endpoint, Some("us-east-1"), &identities()).unwrap().unwrap()
}

fn signed(signer: &Signer, request: Request<Body>) -> Request<Body> {
    let mut request = request;
    ready(signer.sign(&mut request, *NOW)).unwrap();
    request
}

fn authorization(request: &Request<Body>) -> &str {
    header(request, "authorization").unwrap()
}

/// [Create a signed request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)
#[test]
fn signs_the_example_of_the_documentation() {
    let mut request = get("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08");
    let content_type = HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8");
    request.headers_mut().insert("content-type", content_type);
    let request = signed(&sigv4_signer("iam", &[], &[]), request);
    assert_eq!(
        authorization(&request),
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
         SignedHeaders=content-type;host;x-amz-date, \
         Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    );
    assert_eq!(header(&request, "x-amz-date"), Some("20150830T123600Z"));
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(!request.headers().contains_key("host"), "the transport sets it");
}

#[test]
fn does_not_sign_headers_that_intermediaries_change() {
    let mut request = get("https://test/");
    for name in ["user-agent", "x-amzn-trace-id", "authorization", "connection", "expect", "x-other"] {
        request.headers_mut().insert(name, HeaderValue::from_static("value"));
    }
    let request = signed(&sigv4_signer("s", &[], &[]), request);
    assert!(authorization(&request).contains("SignedHeaders=host;x-amz-date;x-other,"));
}

#[test]
fn session_token_is_signed_and_sensitive() {
    let identities = Identities::new().credentials(credentials(Some("the token")));
    let operation = operation(&[AuthScheme::SigV4 { name: "s" }], &[]);
    let signer = choose_signer(&operation, &[], Some("us-east-1"), &identities).unwrap().unwrap();
    let request = signed(&signer, get("https://test/"));
    assert_eq!(header(&request, "x-amz-security-token"), Some("the token"));
    assert!(request.headers()["x-amz-security-token"].is_sensitive());
    assert!(authorization(&request).contains("SignedHeaders=host;x-amz-date;x-amz-security-token,"));
}

#[test]
fn endpoint_overrides_service_and_region() {
    let endpoint = [
        serde_json::json!({"name": "sigv4a", "signingRegionSet": ["*"]}),
        serde_json::json!({"name": "sigv4", "signingName": "other", "signingRegion": "eu-north-1"}),
    ];
    let request = signed(&sigv4_signer("s", &endpoint, &[]), get("https://test/"));
    assert!(authorization(&request).contains("/20150830/eu-north-1/other/aws4_request,"));
    let endpoint = [serde_json::json!({"name": "sigv4"})];
    let request = signed(&sigv4_signer("s", &endpoint, &[]), get("https://test/"));
    assert!(authorization(&request).contains("/20150830/us-east-1/s/aws4_request,"));
}

#[test]
fn error_names_the_unsupported_scheme_of_an_endpoint() {
    let operation = operation(&[AuthScheme::SigV4 { name: "s3" }], &[]);
    for name in ["sigv4a", "sigv4-s3express"] {
        let endpoint = [serde_json::json!({"name": name})];
        let error = choose_signer(&operation, &endpoint, Some("us-east-1"), &identities()).unwrap_err();
        assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
    }
}

#[test]
fn requires_credentials_and_region() {
    let optional = operation(&[AuthScheme::SigV4 { name: "s" }], &[OperationTrait::OptionalAuth]);
    assert!(choose_signer(&optional, &[], None, &Identities::new()).unwrap().is_none());
    assert!(matches!(choose_signer(&optional, &[], None, &identities()), Err(AuthError::NoRegion)));
    let operation = operation(&[AuthScheme::SigV4 { name: "s" }], &[]);
    let error = choose_signer(&operation, &[], Some("us-east-1"), &Identities::new()).unwrap_err();
    assert!(error.to_string().contains("no AWS credentials configured: call `.credentials(…)`"), "{error}");
    assert!(matches!(choose_signer(&operation, &[], Some(""), &identities()), Err(AuthError::NoRegion)));
}

#[test]
fn s3_sends_the_payload_hash_in_a_header() {
    let by_name = sigv4_signer("s3", &[], &[]);
    let by_endpoint =
        sigv4_signer("s", &[serde_json::json!({"name": "sigv4", "signingName": "s3-outposts"})], &[]);
    for signer in [by_name, by_endpoint] {
        let request = signed(&signer, get("https://test/"));
        assert_eq!(header(&request, "x-amz-content-sha256"), Some(EMPTY_SHA256));
        assert!(authorization(&request).contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date,"));
    }
    assert_eq!(
        header(&signed(&sigv4_signer("s", &[], &[]), get("https://test/")), "x-amz-content-sha256"),
        None
    );
}

#[test]
fn payload_is_unsigned_for_the_trait_and_for_streams() {
    let stream = || Body::stream(http_body_util::Full::new(bytes::Bytes::from("abc")));
    let put = |uri: &str, body| Request::put(uri).body(body).unwrap();
    let plain = sigv4_signer("s", &[], &[]);
    let of_model = sigv4_signer("s", &[], &[OperationTrait::UnsignedPayload]);
    for request in [
        signed(&of_model, put("http://test/", Body::from("abc"))),
        signed(&of_model, put("http://test/", stream())),
        signed(&plain, put("https://test/", stream())),
    ] {
        assert_eq!(header(&request, "x-amz-content-sha256"), Some("UNSIGNED-PAYLOAD"));
    }
    let error = ready(plain.sign(&mut put("http://test/", stream()), *NOW)).unwrap_err();
    assert!(matches!(error, AuthError::Insecure(_)), "{error}");
}

#[test]
fn keeps_an_existing_payload_hash() {
    for traits in [&[][..], &[OperationTrait::UnsignedPayload]] {
        let mut request = get("https://test/");
        let hash = HeaderValue::from_static("0123456789abcdef");
        request.headers_mut().insert("x-amz-content-sha256", hash);
        for name in ["glacier", "s3"] {
            let request = signed(&sigv4_signer(name, &[], traits), request.clone());
            assert_eq!(header(&request, "x-amz-content-sha256"), Some("0123456789abcdef"));
            assert!(authorization(&request).contains(";x-amz-content-sha256;"));
        }
    }
}

#[test]
fn presigned_url_lifetime_is_one_second_to_seven_days() {
    let signer = sigv4_signer("s", &[], &[]);
    for seconds in [1, 604_800] {
        let mut request = get("https://test/a?b=c");
        ready(signer.presign(&mut request, *NOW, Duration::from_secs(seconds))).unwrap();
        let query = request.uri().query().unwrap();
        assert!(query.starts_with("b=c&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F"));
        assert!(query.contains(&format!("&X-Amz-Expires={seconds}&")), "{query}");
        assert!(request.headers().is_empty());
    }
    for duration in [Duration::ZERO, Duration::from_millis(999), Duration::from_millis(604_800_001)] {
        let mut request = get("https://test/a?b=c");
        let error = ready(signer.presign(&mut request, *NOW, duration)).unwrap_err();
        assert!(matches!(error, AuthError::InvalidExpiresIn(_)), "{error}");
        assert_eq!(request.uri().query(), Some("b=c"));
    }
}

/// A provider that counts its calls and returns credentials valid for an hour.
#[derive(Debug, Default)]
struct Counting(Arc<AtomicU32>);

impl ProvideCredentials for Counting {
    fn provide_credentials(&self) -> BoxFuture<'_, Result<Credentials, BoxError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        let credentials = credentials(None).expires_at(*NOW + Duration::from_secs(3600));
        Box::pin(std::future::ready(Ok(credentials)))
    }
}

#[test]
fn caches_the_credentials_of_a_provider() {
    let calls = Arc::new(AtomicU32::new(0));
    let identities = Identities::new().credentials(Counting(Arc::clone(&calls)));
    let operation = operation(&[AuthScheme::SigV4 { name: "s" }], &[]);
    for _ in 0..3 {
        let clone = identities.clone();
        let signer = choose_signer(&operation, &[], Some("us-east-1"), &clone).unwrap().unwrap();
        signed(&signer, get("https://test/"));
        signed(&signer, get("https://test/"));
    }
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    let signer = choose_signer(&operation, &[], Some("us-east-1"), &identities).unwrap().unwrap();
    let expired = *NOW + Duration::from_secs(3600);
    let error = ready(signer.sign(&mut get("https://test/"), expired)).unwrap_err();
    assert!(matches!(error, AuthError::Expired(IdentityKind::Credentials)), "{error}");
}

#[derive(Debug)]
struct Failing;

impl ProvideCredentials for Failing {
    fn provide_credentials(&self) -> BoxFuture<'_, Result<Credentials, BoxError>> {
        Box::pin(std::future::ready(Err(std::io::Error::other("the response was: secret").into())))
    }
}

#[test]
fn provider_error_is_the_source_and_not_in_the_text() {
    let operation = operation(&[AuthScheme::SigV4 { name: "s" }], &[]);
    let identities = Identities::new().credentials(Failing);
    let signer = choose_signer(&operation, &[], Some("us-east-1"), &identities).unwrap().unwrap();
    let error = ready(signer.sign(&mut get("https://test/"), *NOW)).unwrap_err();
    assert!(std::error::Error::source(&error).unwrap().is::<std::io::Error>());
    assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
}

#[test]
fn rejects_requests_that_cannot_be_signed() {
    let signer = sigv4_signer("s", &[], &[]);
    let no_host = ready(signer.sign(&mut get("/path"), *NOW));
    assert!(matches!(no_host, Err(AuthError::Invalid(_))));
    let mut request = get("https://test/");
    request.headers_mut().insert("x-odd", HeaderValue::from_bytes(&[0xff]).unwrap());
    assert!(matches!(ready(signer.sign(&mut request, *NOW)), Err(AuthError::Invalid(_))));
    let before_1970 = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
    assert!(matches!(ready(signer.sign(&mut get("https://test/"), before_1970)), Err(AuthError::Invalid(_))));
    let after_9999 = SystemTime::UNIX_EPOCH + Duration::from_secs(400_000_000_000);
    assert!(matches!(ready(signer.sign(&mut get("https://test/"), after_9999)), Err(AuthError::Invalid(_))));
}

#[test]
fn debug_shows_no_secret() {
    let signer = sigv4_signer("s", &[], &[]);
    let debug = format!("{signer:?} {:?}", identities());
    assert!(!debug.contains("wJalr") && !debug.contains("AKID"), "{debug}");
    assert!(debug.contains("us-east-1"), "{debug}");
}
