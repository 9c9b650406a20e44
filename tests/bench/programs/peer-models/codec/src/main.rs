//! Reads a large answer over and over, in whole calls that are signed: `codec FILE COUNT`.

use aws_sdk_dynamodb::config::{Credentials, Region};
use aws_sdk_dynamodb::{Client, Config};
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use harness::{Result, argument, number, one_by_one, tell};
use http::Response;
use std::hint::black_box;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let body = Bytes::from(std::fs::read(argument(0, "the file with the answer")?)?);
    tell("bytes", body.len());
    let answering = infallible_client_fn(move |_| Response::new(SdkBody::from(body.clone())));
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
        .http_client(answering)
        .build();
    let client = Client::from_conf(config);
    one_by_one(number(1, "how often")?, async || {
        let page = client.query().table_name("a-table").send().await?;
        assert_eq!(page.items().len(), page.count() as usize);
        drop(black_box(page));
        Ok(())
    })
    .await
}
