//! Reads a large response repeatedly: `codec MODE COUNT`; or writes it to a file: `codec write FILE`.

mod page;

use bytes::Bytes;
use farrier_runtime::auth::Credentials;
use farrier_runtime::operation;
use farrier_runtime::transport::{BoxFuture, Transport, TransportError};
use farrier_runtime::types::Body;
use harness::{Result, argument, number, report, sequential};
use http::{Request, Response};
use page::{Page, page};
use std::hint::black_box;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let mode = argument(0, "mode")?;
    let json = Bytes::from(serde_json::to_vec(&page())?);
    if mode == "write" {
        return Ok(std::fs::write(argument(1, "file")?, &json)?);
    }
    let count = number(1, "number of calls")?;
    let cbor = Bytes::from(cbor4ii::serde::to_vec(Vec::new(), &page())?);
    report("bytes", if mode.contains("cbor") { cbor.len() } else { json.len() });
    match mode.as_str() {
        "call" => call(json, count).await,
        "json" => sequential(count, async || read_json(&json)).await,
        "cbor" => sequential(count, async || read_cbor(&cbor)).await,
        "derived-json" => {
            sequential(count, async || Ok(drop(black_box(serde_json::from_slice::<Page>(&json)?)))).await
        }
        "derived-cbor" => {
            sequential(count, async || Ok(drop(black_box(cbor4ii::serde::from_slice::<Page>(&cbor)?)))).await
        }
        other => Err(format!("unknown mode `{other}`").into()),
    }
}

fn read_json(body: &Bytes) -> Result {
    let page = operation::response::<dynamodb_client::operation::Query>(Response::new(body.clone()))?;
    assert_eq!(page.items.as_ref().map(Vec::len), usize::try_from(page.count).ok());
    drop(black_box(page));
    Ok(())
}

fn read_cbor(body: &Bytes) -> Result {
    let response = Response::builder().header("smithy-protocol", "rpc-v2-cbor");
    let response = response.header("content-type", "application/cbor").body(body.clone())?;
    let page = operation::response::<dynamodb_cbor_client::operation::Query>(response)?;
    assert_eq!(page.items.as_ref().map(Vec::len), usize::try_from(page.count).ok());
    drop(black_box(page));
    Ok(())
}

/// Makes signed calls, as the program of the peer does.
async fn call(json: Bytes, count: usize) -> Result {
    let client = dynamodb_client::Client::builder()
        .region("us-east-1")
        .endpoint_url("http://127.0.0.1")
        .credentials(Credentials::from_keys("an-access-key-id", "a-secret-access-key"))
        .transport(FixedResponse(json))
        .build()?;
    sequential(count, async || {
        let page = client.query(dynamodb_client::types::QueryInput::new("a-table")).await?;
        drop(black_box(page));
        Ok(())
    })
    .await
}

/// A transport that responds to every request with the page.
#[derive(Debug)]
struct FixedResponse(Bytes);

impl Transport for FixedResponse {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, std::result::Result<Response<Body>, TransportError>> {
        Box::pin(async { Ok(Response::new(self.0.clone().into())) })
    }
}
