//! Reads a large response repeatedly, in signed calls: `codec FILE COUNT`.

use aws_sdk_dynamodb::config::{Credentials, Region};
use aws_sdk_dynamodb::{Client, Config};
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use harness::{Result, argument, number, report, sequential};
use http::Response;
use std::hint::black_box;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let body = Bytes::from(std::fs::read(argument(0, "file with the response")?)?);
    report("bytes", body.len());
    let http_client = infallible_client_fn(move |_| Response::new(SdkBody::from(body.clone())));
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url("http://127.0.0.1")
        .credentials_provider(Credentials::new(
            "an-access-key-id",
            "a-secret-access-key",
            None,
            None,
            "bench",
        ))
        .http_client(http_client)
        .build();
    let client = Client::from_conf(config);
    sequential(number(1, "number of calls")?, async || {
        let page = client.query().table_name("a-table").send().await?;
        assert_eq!(page.items().len(), page.count() as usize);
        drop(black_box(page));
        Ok(())
    })
    .await
}
