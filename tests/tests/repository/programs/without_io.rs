//! Builds and signs requests and parses responses without a client, an async runtime, random numbers or clocks.

use http::{Response, StatusCode, Uri};
use snapshot_auth::operation::{Borrow, Lend};
use snapshot_requests::operation::Once;
use snapshot_requests::runtime::ErrorKind;
use snapshot_requests::runtime::auth::{Identities, ProvideToken, Token, choose_signer};
use snapshot_requests::runtime::client::{Async, BuildError};
use snapshot_requests::runtime::operation::{Operation, RequestOptions, request, response};
use snapshot_requests::runtime::testing::MockTransport;
use snapshot_requests::runtime::transport::{BoxFuture, Transport};
use snapshot_requests::runtime::types::{Body, Bytes, Timestamp, TimestampFormat};
use snapshot_requests::types::OnceInput;
use std::error::Error;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

fn main() -> Result<(), Box<dyn Error>> {
    let endpoint = Uri::from_static("https://example.com");
    let options = RequestOptions::default();

    let error = request::<Once>(OnceInput::new(), &endpoint, &options).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Serialization);
    println!("{error}");
    let own = request::<Once>(OnceInput::new().token("own"), &endpoint, &options)?;
    assert_eq!(body_text(&own), r#"{"token":"own"}"#);
    let injected = options.idempotency_tokens(|| "injected".to_owned());
    let once = request::<Once>(OnceInput::new(), &endpoint, &injected)?;
    println!("{} {} {}", once.method(), once.uri(), body_text(&once));

    let mut borrow = request::<Borrow>((), &endpoint, &injected)?;
    let identities = Identities::new().api_key("secret");
    let signer = choose_signer(Borrow::SCHEMA, &[], None, &identities)?.ok_or("no signer")?;
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_796_083_200);
    ready(signer.sign(&mut borrow, time)).ok_or("signing is pending")??;
    println!("x-key: {}", borrow.headers()["x-key"].to_str()?);

    let identities = Identities::new().token(PendingProvider);
    let signer = choose_signer(Lend::SCHEMA, &[], None, &identities)?.ok_or("no signer")?;
    for _ in 0..2 {
        assert!(ready(signer.sign(&mut borrow, time)).is_none());
    }

    response::<Once>(Response::new(Bytes::from_static(b"{}")))?;
    let mut throttled = Response::new(Bytes::from_static(b"{}"));
    *throttled.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    throttled.headers_mut().insert("retry-after", "Tuesday, 09-Apr-19 05:44:10 GMT".parse()?);
    let error = response::<Once>(throttled.clone()).unwrap_err();
    println!("retryable: {}, retry after: {:?}", error.is_retryable(), error.retry_after());
    throttled.headers_mut().insert("date", "Tuesday, 09-Apr-19 05:44:08 GMT".parse()?);
    println!("with `Date`: {:?}", response::<Once>(throttled).unwrap_err().retry_after());

    for year in ["69", "70"] {
        let date = format!("Tuesday, 09-Apr-{year} 05:44:08 GMT");
        println!("{}", Timestamp::parse(&date, TimestampFormat::HttpDate)?);
    }

    let mock = MockTransport::new().reply_after(Duration::from_secs(3600), 200, "{}");
    let replied = ready(mock.send(once)).ok_or("the mock is pending")??;
    println!("mock: {}", replied.status());
    let client = snapshot_requests::client::Client::<Async>::builder().transport(mock).build();
    assert_eq!(client.unwrap_err(), BuildError::NoMode);
    Ok(())
}

/// A provider whose future is dropped before it is ready.
struct PendingProvider;

impl ProvideToken for PendingProvider {
    fn provide_token(&self) -> BoxFuture<'_, Result<Token, Box<dyn Error + Send + Sync>>> {
        Box::pin(std::future::pending())
    }
}

fn body_text(request: &http::Request<Body>) -> String {
    request.body().as_bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
}

/// Returns the output of a future that is ready at once.
fn ready<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}
