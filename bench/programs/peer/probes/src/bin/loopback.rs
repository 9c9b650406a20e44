//! Makes concurrent calls to a server: `loopback URL COUNT CONCURRENCY`.

use harness::{Result, argument, number};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let client = probes::client(&argument(0, "server URL")?);
    let (count, concurrency) = (number(1, "number of calls")?, number(2, "concurrency")?);
    harness::concurrent(count, concurrency, move || {
        let client = client.clone();
        async move {
            let grant = probes::grant().map_err(|error| error.to_string())?;
            let call = client.create_o_auth2_token().token_input(grant).send();
            call.await.map(drop).map_err(|error| error.to_string())
        }
    })
    .await
}
