//! Tells how much memory a client takes, before and after calls to a server: `memory URL COUNT`.

use harness::{Result, argument, number, one_by_one, tell_resident};
use probes::grant;
use signin_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let client = Client::builder().endpoint_url(argument(0, "the server's URL")?).build()?;
    tell_resident("idle")?;
    one_by_one(number(1, "how many calls")?, async || {
        client.create_oauth2_token(grant()).await?;
        Ok(())
    })
    .await?;
    tell_resident("after")
}
