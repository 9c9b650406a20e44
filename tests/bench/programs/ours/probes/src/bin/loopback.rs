//! Makes calls to a server: `loopback URL COUNT AT_ONCE`.

use harness::{Result, argument, number};
use probes::grant;
use signin_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let client = Client::builder().endpoint_url(argument(0, "the server's URL")?).build()?;
    let (count, at_once) = (number(1, "how many calls")?, number(2, "how many at once")?);
    harness::at_once(count, at_once, move || {
        let call = client.create_oauth2_token(grant());
        async move { call.await.map(drop).map_err(|error| error.to_string()) }
    })
    .await
}
