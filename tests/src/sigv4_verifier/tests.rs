use super::*;

/// 2015-08-30T12:36:00Z
fn signing_time() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160)
}

/// The `ListUsers` request in AWS's documentation of the signature.
fn list_users() -> Request {
    let authorization = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
                         SignedHeaders=content-type;host;x-amz-date, \
                         Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
    let headers = [
        ("host", "iam.amazonaws.com"),
        ("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
        ("x-amz-date", "20150830T123600Z"),
        ("authorization", authorization),
    ];
    Request {
        method: "GET".to_owned(),
        path: "/?Action=ListUsers&Version=2010-05-08".to_owned(),
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        body: Vec::new(),
    }
}

fn verify(change: impl FnOnce(&mut Request)) -> Result<(), SignatureError> {
    let mut request = list_users();
    change(&mut request);
    Verifier::new("iam", "us-east-1").at(signing_time()).verify(&request)
}

#[test]
fn verifies_the_documented_example() {
    assert_eq!(verify(|_| {}), Ok(()));
}

#[test]
fn rejects_a_changed_request() {
    assert_eq!(verify(|request| request.body.push(b'x')), Err(SignatureError::Signature));
    assert_eq!(verify(|request| request.method = "POST".to_owned()), Err(SignatureError::Signature));
    assert_eq!(verify(|request| request.path.insert(1, 'x')), Err(SignatureError::Signature));
    assert_eq!(verify(|request| request.path.push('x')), Err(SignatureError::Signature));
    assert_eq!(verify(|request| request.headers[0].1.push('x')), Err(SignatureError::Signature));
    assert_eq!(verify(|request| request.headers[1].1.push('x')), Err(SignatureError::Signature));
    assert_eq!(
        verify(|request| drop(request.headers.pop())),
        Err(SignatureError::Incomplete("X-Amz-Algorithm"))
    );
    let added = ("x-amz-target".to_owned(), "Other".to_owned());
    let error = SignatureError::NotSigned("x-amz-target".to_owned());
    assert_eq!(verify(|request| request.headers.push(added)), Err(error));
}

#[test]
fn rejects_a_signature_after_15_minutes() {
    for (offset, verdict) in [(900, Ok(())), (901, Err(SignatureError::Expired))] {
        let offset = Duration::from_secs(offset);
        for now in [signing_time() + offset, signing_time() - offset] {
            let verifier = Verifier::new("iam", "us-east-1").at(now);
            assert_eq!(verifier.verify(&list_users()), verdict);
        }
    }
}

#[test]
fn rejects_another_service_region_or_session_token() {
    for (service, region) in [("sts", "us-east-1"), ("iam", "us-east-2")] {
        let error = Verifier::new(service, region).at(signing_time()).verify(&list_users()).unwrap_err();
        assert!(matches!(error, SignatureError::Scope(_)), "{error:?}");
    }
    let verifier = Verifier::new("iam", "us-east-1").at(signing_time()).session_token("token");
    assert_eq!(verifier.verify(&list_users()), Err(SignatureError::SessionToken));
}

/// [The example of a presigned
/// URL](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html) in S3's documentation.
#[test]
fn verifies_the_documented_presigned_url_until_it_expires() {
    let query = "X-Amz-Algorithm=AWS4-HMAC-SHA256\
                 &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
                 &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
                 &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    let request = Request {
        path: format!("/test.txt?{query}"),
        headers: vec![("host".to_owned(), "examplebucket.s3.amazonaws.com".to_owned())],
        ..list_users()
    };
    let verifier = Verifier::new("s3", "us-east-1")
        .key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    let signed = SystemTime::UNIX_EPOCH + Duration::from_secs(1_369_353_600);
    let at = |seconds| verifier.clone().at(signed + Duration::from_secs(seconds));
    assert_eq!(at(86_400).verify(&request), Ok(()));
    assert_eq!(at(86_401).verify(&request), Err(SignatureError::Expired));
    let longer = Request { path: request.path.replace("86400", "86401"), ..request.clone() };
    assert_eq!(at(86_401).verify(&longer), Err(SignatureError::Signature));
    let other = Request { path: request.path.replace("test", "tset"), ..request };
    assert_eq!(at(0).verify(&other), Err(SignatureError::Signature));
}

#[test]
fn canonicalizes_paths_and_queries() {
    for (path, canonical) in [
        ("/", "/"),
        ("/a%20b/%C3%BC", "/a%2520b/%25C3%25BC"),
        ("//a//b/", "/a/b/"),
        ("/a/./b/../c/..", "/a/"),
        ("/..", "/"),
    ] {
        assert_eq!(canonical::path(path), canonical, "{path}");
    }
    assert_eq!(canonical::object_path("//a%20b/./%c3%bc+"), "//a%20b/./%C3%BC%2B");
    assert_eq!(canonical::query("b=2&a=&b=1&A&c=%20%2b&X-Amz-Signature=0"), "A=&a=&b=1&b=2&c=%20%2B");
}
