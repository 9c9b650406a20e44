//! Endpoint discovery: some operations are sent to an endpoint that another operation returns.

use farrier_runtime::client::Builder;
use farrier_runtime::endpoint::EndpointError;
use farrier_runtime::testing::MockTransport;
use serde_json::{Value, json};
use snapshot_endpoint_discovery::types::GetInput;
use snapshot_endpoint_discovery::{Client, ErrorKind};
use std::error::Error;

fn builder(mock: &MockTransport) -> Builder<Client> {
    Client::builder().region("r1").transport(mock.clone()).retries(0)
}

fn client(mock: &MockTransport) -> Client {
    builder(mock).build().unwrap()
}

/// Returns the response of the discovery operation.
fn endpoint(address: &str, minutes: i64) -> String {
    json!({ "Endpoints": [
        { "Address": address, "CachePeriodInMinutes": minutes },
        { "Address": "second.example.com", "CachePeriodInMinutes": 1 },
    ] })
    .to_string()
}

const INVALID_ENDPOINT: &str = r#"{"__type": "com.example.cells#InvalidEndpoint"}"#;

/// Returns the operation and the host of each request.
fn requests(mock: &MockTransport) -> Vec<String> {
    let request = |request: &farrier_runtime::testing::RecordedRequest| {
        let target = request.headers()["x-amz-target"].to_str().unwrap().to_owned();
        let operation = target.rsplit_once('.').unwrap().1.to_owned();
        format!("{operation} {}", request.uri().host().unwrap())
    };
    mock.requests().iter().map(request).collect()
}

const DISCOVERY: &str = "DescribeEndpoints cells.r1.example.com";

#[tokio::test]
async fn required_discovery_is_cached_by_its_input() {
    let mock = MockTransport::new()
        .reply(200, endpoint("cell-1.example.com", 60))
        .reply(200, "{}")
        .reply(200, "{}")
        .reply(200, endpoint("https://cell-2.example.com:8443", 60))
        .reply(200, "{}");
    let client = client(&mock);
    client.get("a").await.unwrap();
    client.get(GetInput::new("a").version("2")).await.unwrap();
    client.get("b").await.unwrap();
    assert_eq!(
        requests(&mock),
        [DISCOVERY, "Get cell-1.example.com", "Get cell-1.example.com", DISCOVERY, "Get cell-2.example.com"]
    );
    assert_eq!(mock.requests()[4].uri().port_u16(), Some(8443));
    let body: Value = serde_json::from_slice(mock.requests()[0].body().as_bytes().unwrap()).unwrap();
    assert_eq!(body, json!({ "Operation": "Get", "Identifiers": { "id": "a" } }));
}

#[tokio::test]
async fn concurrent_calls_share_one_discovery() {
    let mock = MockTransport::new().reply_fn(|request| {
        let is_discovery =
            request.headers()["x-amz-target"].to_str().unwrap().ends_with(".DescribeEndpoints");
        let body = if is_discovery { endpoint("cell.example.com", 60) } else { "{}".to_owned() };
        Ok(http::Response::new(body.into_bytes().into()))
    });
    let client = client(&mock);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        calls.spawn(async move { client.get("a").await.unwrap() });
    }
    calls.join_all().await;
    let requests = requests(&mock);
    assert_eq!(requests.len(), 101);
    assert_eq!(requests.iter().filter(|request| **request == DISCOVERY).count(), 1);
}

#[tokio::test]
async fn uses_the_last_endpoint_while_discovery_fails() {
    let mock = MockTransport::new()
        // Not cached.
        .reply(200, endpoint("cell-1.example.com", 0))
        .reply(200, "{}")
        .reply(500, "{}")
        .reply(200, "{}")
        .reply(200, "{}");
    let client = client(&mock);
    for _ in 0..3 {
        client.get("a").await.unwrap();
    }
    let last = "Get cell-1.example.com";
    assert_eq!(
        requests(&mock),
        [DISCOVERY, last, DISCOVERY, last, last],
        "a failure is not repeated at once"
    );
}

#[tokio::test]
async fn discovers_again_after_the_error_for_invalid_endpoints() {
    let mock = MockTransport::new()
        .reply(200, endpoint("cell-1.example.com", 60))
        .reply(421, INVALID_ENDPOINT)
        .reply(200, endpoint("cell-2.example.com", 60))
        .reply(200, "{}");
    client(&mock).get("a").await.unwrap();
    assert_eq!(requests(&mock), [DISCOVERY, "Get cell-1.example.com", DISCOVERY, "Get cell-2.example.com"]);

    let mock = MockTransport::new().reply_fn(|request| {
        let is_discovery =
            request.headers()["x-amz-target"].to_str().unwrap().ends_with(".DescribeEndpoints");
        let (status, body) = if is_discovery {
            (200, endpoint("cell.example.com", 60))
        } else {
            (421, INVALID_ENDPOINT.to_owned())
        };
        Ok(http::Response::builder().status(status).body(body.into_bytes().into()).unwrap())
    });
    let error = client(&mock).get("a").await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Service, Some("InvalidEndpoint")));
    assert_eq!(requests(&mock).len(), 4, "discovered again once");
}

#[tokio::test]
async fn failed_discovery_fails_the_call_that_requires_it() {
    for (status, body, expected) in [
        (500, "{}".to_owned(), "could not discover the endpoint: DescribeEndpoints: "),
        (200, "{}".to_owned(), "could not discover the endpoint: the service returned no endpoint"),
        (
            200,
            endpoint("cell.example.com/#", 1),
            "could not discover the endpoint: the service returned an invalid",
        ),
        (
            200,
            endpoint("http://cell.example.com", 1),
            "the service returned an endpoint whose scheme is not `https`",
        ),
    ] {
        let mock = MockTransport::new().reply(status, body);
        let error = client(&mock).get("a").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Endpoint);
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(requests(&mock), [DISCOVERY]);
    }
}

#[tokio::test]
async fn optional_discovery_is_used_if_it_is_enabled() {
    let mock = MockTransport::new().reply(200, "{}");
    client(&mock).list().await.unwrap();
    assert_eq!(requests(&mock), ["List cells.r1.example.com"]);

    let enabled = |mock: &MockTransport| builder(mock).endpoint_discovery(true).build().unwrap();
    let mock = MockTransport::new().reply(200, endpoint("cell-1.example.com", 60)).reply(200, "{}");
    enabled(&mock).list().await.unwrap();
    assert_eq!(requests(&mock), [DISCOVERY, "List cell-1.example.com"]);

    let mock = MockTransport::new().reply(500, "{}").reply(200, "{}").reply(200, "{}");
    let client = enabled(&mock);
    client.list().await.unwrap();
    client.list().await.unwrap();
    let fallback = "List cells.r1.example.com";
    assert_eq!(
        requests(&mock),
        [DISCOVERY, fallback, fallback],
        "the endpoint of the rules is used meanwhile"
    );
}

#[tokio::test]
async fn settings_and_variables_select_discovery() {
    let from_variable = |mock: &MockTransport, value: &'static str| {
        builder(mock)
            .from_vars(move |name| (name == "AWS_ENABLE_ENDPOINT_DISCOVERY").then(|| value.to_owned()))
    };
    let mock = MockTransport::new();
    for builder in [builder(&mock).endpoint_discovery(false), from_variable(&mock, "false")] {
        let error = builder.build().unwrap().get("a").await.unwrap_err();
        let source = error.source().and_then(|source| source.downcast_ref::<EndpointError>());
        assert_eq!(source, Some(&EndpointError::DiscoveryDisabled), "{error}");
    }
    let mock = MockTransport::new().reply(200, endpoint("cell-1.example.com", 60)).reply(200, "{}");
    from_variable(&mock, "true").build().unwrap().list().await.unwrap();
    let auto = MockTransport::new().reply(200, "{}");
    from_variable(&auto, "auto").build().unwrap().list().await.unwrap();
    assert_eq!((requests(&mock).len(), requests(&auto).len()), (2, 1));
    let error = from_variable(&mock, "5ecret").build().unwrap_err().to_string();
    assert!(error.ends_with("AWS_ENABLE_ENDPOINT_DISCOVERY: expected `true`, `false` or `auto`"), "{error}");

    let custom = MockTransport::new().reply(200, "{}");
    let builder = builder(&custom).endpoint_url("https://localhost:8443").endpoint_discovery(true);
    builder.build().unwrap().get("a").await.unwrap();
    assert_eq!(requests(&custom), ["Get localhost"], "a custom endpoint is used as it is");
}

#[tokio::test]
async fn a_call_with_its_own_region_discovers_the_endpoint_of_that_region() {
    let mock = MockTransport::new()
        .reply(200, endpoint("first.example.com", 5))
        .reply(200, "{}")
        .reply(200, endpoint("other.example.com", 5))
        .reply(200, "{}");
    let client = client(&mock);
    client.get(GetInput::new("id")).await.unwrap();
    client.get(GetInput::new("id")).region("r2").await.unwrap();
    let expected = [
        DISCOVERY,
        "Get first.example.com",
        "DescribeEndpoints cells.r2.example.com",
        "Get other.example.com",
    ];
    assert_eq!(requests(&mock), expected);
}
