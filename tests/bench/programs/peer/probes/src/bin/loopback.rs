//! Makes calls to a server: `loopback URL COUNT AT_ONCE`.

use harness::{Result, argument, number};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let client = probes::client(&argument(0, "the server's URL")?);
    let (count, at_once) = (number(1, "how many calls")?, number(2, "how many at once")?);
    harness::at_once(count, at_once, move || {
        let client = client.clone();
        async move {
            let grant = probes::grant().map_err(|error| error.to_string())?;
            let call = client.create_o_auth2_token().token_input(grant).send();
            call.await.map(drop).map_err(|error| error.to_string())
        }
    })
    .await
}
