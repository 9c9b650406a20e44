//! Malicious responses cause an error, and never a panic, a hang or excessive memory use.

mod cbor;
mod json;

use crate::{ALLOCATOR, lock};
use bytes::Bytes;
use farrier_runtime::client::{Async, Builder, Call, Handle, ServiceClient};
use farrier_runtime::operation::{self, NoError, Operation, RequestOptions};
use farrier_runtime::protocol::RpcV2Cbor;
use farrier_runtime::service::{OperationSchema, ServiceSchema};
use farrier_runtime::shape::Value;
use farrier_runtime::testing::MockTransport;
use farrier_runtime::{Error, ErrorKind};
use snapshot_recursion::operation::Grow;
use snapshot_recursion::types::Tree;
use snapshot_types::operation::Echo;
use snapshot_types::types::Everything;
use std::time::{Duration, Instant};

/// Bytes of memory of a call that do not depend on its response.
const CALL_MEMORY: usize = 64 << 10;

/// Maximum bytes of memory per byte of a response, and the default of `max_parsed_memory`, which smaller
/// responses may take.
const MAX_MEMORY_RATIO: usize = 16;
const MAX_PARSED_MEMORY: usize = 16 << 20;

/// Longer than a response of a few megabytes takes to read, even unoptimized on a busy machine.
const MAX_DURATION: Duration = Duration::from_secs(30);

/// A client for any operation.
struct AnyClient(Handle<Async>);

impl ServiceClient for AnyClient {
    type Mode = Async;
    type Service = signin_client::client::Service;

    fn from_handle(handle: Handle<Async>) -> Self {
        Self(handle)
    }
}

macro_rules! cbor_operations {
    ($($name:ident: $shape:ty, $like:ty;)*) => {$(
        struct $name;

        impl Operation for $name {
            type Service = signin_client::client::Service;
            type Input = $shape;
            type Output = $shape;
            type Error = NoError;
            const SCHEMA: &'static OperationSchema = &OperationSchema {
                id: "hostile#Operation",
                service: &ServiceSchema::new("hostile#Service", "", &RpcV2Cbor),
                input: <$like>::SCHEMA.input,
                output: <$like>::SCHEMA.output,
                errors: &[],
                http: None,
                traits: &[],
            };
        }
    )*};
}

cbor_operations! {
    CborEcho: Everything, Echo;
    CborGrow: Tree, Grow;
}

/// Result of a call, and the bytes of memory it used.
struct Outcome<O: Operation> {
    result: Result<O::Output, Error<O::Error>>,
    memory: usize,
}

impl<O: Operation> Outcome<O> {
    /// Asserts that the memory is at most a multiple of the body, or `at_least` if that is more.
    #[track_caller]
    fn assert_memory(&self, name: &str, body: &[u8], ratio: usize, at_least: usize) {
        let max = (body.len() * ratio).max(at_least);
        assert!(self.memory <= max, "{name}: {} bytes took {} bytes", body.len(), self.memory);
    }
}

fn call<O: Operation<Input: Value>>(status: u16, body: &[u8]) -> Outcome<O> {
    call_with(status, body, MAX_PARSED_MEMORY)
}

fn call_with<O: Operation<Input: Value>>(status: u16, body: &[u8], max_parsed_memory: usize) -> Outcome<O> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let response = http::Response::builder().status(status).header("smithy-protocol", "rpc-v2-cbor");
    let mock = MockTransport::new().reply_with(response.body(Bytes::copy_from_slice(body)).unwrap());
    let client: AnyClient =
        Builder::new().endpoint_url("https://example.com").transport(mock).build().unwrap();
    let call = Call::<O>::new(&client.0, O::Input::default_value()).max_parsed_memory(max_parsed_memory);

    let (start, before) = (Instant::now(), ALLOCATOR.current_usage());
    ALLOCATOR.reset_peak_usage();
    let result = runtime.block_on(call.into_future());
    let used = ALLOCATOR.peak_usage().saturating_sub(before + CALL_MEMORY);
    assert!(start.elapsed() < MAX_DURATION, "a response of {} bytes took {:?}", body.len(), start.elapsed());
    if let Err(error) = &result {
        let text = error.to_string();
        assert!(text.len() < 4096, "a message of {} bytes", text.len());
    }
    Outcome { result, memory: used }
}

/// Asserts that a body is a response error at status 200, and a service error at status 400.
#[track_caller]
fn assert_rejected<O: Operation<Input: Value>>(name: &str, body: &[u8]) {
    for (status, kind) in [(200, ErrorKind::Response), (400, ErrorKind::Service)] {
        let outcome = call::<O>(status, body);
        outcome.assert_memory(name, body, MAX_MEMORY_RATIO, MAX_PARSED_MEMORY);
        assert_eq!(outcome.result.err().map(|error| error.kind()), Some(kind), "{name}");
    }
}

/// Asserts that a body that is much smaller than its values is rejected in little memory, and that it can be
/// read with more memory.
#[track_caller]
fn assert_bounded<O: Operation<Input: Value>>(name: &str, body: &[u8]) {
    let outcome = call::<O>(200, body);
    outcome.assert_memory(name, body, MAX_MEMORY_RATIO, 0);
    let error = outcome.result.err().map(|error| (error.kind(), error.attempts(), error.to_string()));
    let (kind, attempts, text) = error.ok_or(name).unwrap();
    assert_eq!((kind, attempts), (ErrorKind::Response, 1), "{name}");
    assert!(text.contains("bytes of memory: raise `max_parsed_memory`"), "{name}: {text}");
    let outcome = call_with::<O>(200, body, usize::MAX);
    assert!(outcome.result.is_ok(), "{name}");
}

/// Asserts that a body can be read, with at most this memory ratio. Returns the output.
#[track_caller]
fn assert_reads<O: Operation<Input: Value>>(name: &str, body: &[u8], memory_ratio: usize) -> O::Output {
    let outcome = call::<O>(200, body);
    outcome.assert_memory(name, body, memory_ratio, 0);
    outcome.result.map_err(|error| format!("{name}: {error}")).unwrap()
}

/// Returns the request body of a value.
fn serialized<O: Operation<Error: std::fmt::Debug>>(value: O::Input) -> Bytes {
    let endpoint = http::Uri::from_static("https://example.com");
    let request = operation::request::<O>(value, &endpoint, &RequestOptions::default()).unwrap();
    request.body().as_bytes().unwrap().clone()
}

fn everything() -> Everything {
    let mut value = Everything::default_value();
    value.required_string = "text".into();
    value.list = Some(vec!["a".into(), "b".into()]);
    value.map = Some([("k".into(), 1)].into());
    value.documents = Some(vec![serde_json::json!({ "a": [1, null] })]);
    value
}

/// The size of a body whose values may take more memory than the minimum of the limit, in bytes.
const LARGE: usize = 5 << 18;
