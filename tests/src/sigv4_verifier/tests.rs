use super::*;

/// 2015-08-30T12:36:00Z
fn then() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160)
}

/// `ListUsers` of IAM, the example of AWS's documentation of the signature.
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

fn verify(change: impl FnOnce(&mut Request)) -> Result<(), Refusal> {
    let mut request = list_users();
    change(&mut request);
    Verifier::new("iam", "us-east-1").at(then()).verify(&request)
}

#[test]
fn the_example_of_the_documentation_is_verified() {
    assert_eq!(verify(|_| {}), Ok(()));
}

#[test]
fn a_request_that_was_changed_is_refused() {
    assert_eq!(verify(|request| request.body.push(b'x')), Err(Refusal::Signature));
    assert_eq!(verify(|request| request.method = "POST".to_owned()), Err(Refusal::Signature));
    assert_eq!(verify(|request| request.path.insert(1, 'x')), Err(Refusal::Signature));
    assert_eq!(verify(|request| request.path.push('x')), Err(Refusal::Signature));
    assert_eq!(verify(|request| request.headers[0].1.push('x')), Err(Refusal::Signature));
    assert_eq!(verify(|request| request.headers[1].1.push('x')), Err(Refusal::Signature));
    assert_eq!(verify(|request| drop(request.headers.pop())), Err(Refusal::Incomplete("X-Amz-Algorithm")));
    let added = ("x-amz-target".to_owned(), "Other".to_owned());
    let refusal = Refusal::NotSigned("x-amz-target".to_owned());
    assert_eq!(verify(|request| request.headers.push(added)), Err(refusal));
}

#[test]
fn a_signature_is_good_for_a_quarter_of_an_hour() {
    for (offset, verdict) in [(900, Ok(())), (901, Err(Refusal::Expired))] {
        let offset = Duration::from_secs(offset);
        for now in [then() + offset, then() - offset] {
            let verifier = Verifier::new("iam", "us-east-1").at(now);
            assert_eq!(verifier.verify(&list_users()), verdict);
        }
    }
}

#[test]
fn a_signature_is_for_one_service_and_region() {
    for (service, region) in [("sts", "us-east-1"), ("iam", "us-east-2")] {
        let refusal = Verifier::new(service, region).at(then()).verify(&list_users()).unwrap_err();
        assert!(matches!(refusal, Refusal::Scope(_)), "{refusal:?}");
    }
    let verifier = Verifier::new("iam", "us-east-1").at(then()).session_token("token");
    assert_eq!(verifier.verify(&list_users()), Err(Refusal::SessionToken));
}

/// [The example of a presigned URL](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html)
/// in S3's documentation.
#[test]
fn the_presigned_example_of_the_documentation_is_verified_while_it_is_good() {
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
    assert_eq!(at(86_401).verify(&request), Err(Refusal::Expired));
    let longer = Request { path: request.path.replace("86400", "86401"), ..request.clone() };
    assert_eq!(at(86_401).verify(&longer), Err(Refusal::Signature));
    let other = Request { path: request.path.replace("test", "tset"), ..request };
    assert_eq!(at(0).verify(&other), Err(Refusal::Signature));
}

#[test]
fn paths_and_queries_have_one_form() {
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
