//! Makes concurrent calls to a server: `loopback URL COUNT CONCURRENCY`.

use harness::{Result, argument, number};
use probes::grant;
use signin_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let client = Client::builder().endpoint_url(argument(0, "server URL")?).build()?;
    let (count, concurrency) = (number(1, "number of calls")?, number(2, "concurrency")?);
    harness::concurrent(count, concurrency, move || {
        let call = client.create_oauth2_token(grant());
        async move { call.await.map(drop).map_err(|error| error.to_string()) }
    })
    .await
}
