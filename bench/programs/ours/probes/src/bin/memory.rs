//! Prints the resident memory before and after calls to a server: `memory URL COUNT`.

use harness::{Result, argument, number, report_resident_memory, sequential};
use probes::grant;
use signin_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let client = Client::builder().endpoint_url(argument(0, "server URL")?).build()?;
    report_resident_memory("idle")?;
    sequential(number(1, "number of calls")?, async || {
        client.create_oauth2_token(grant()).await?;
        Ok(())
    })
    .await?;
    report_resident_memory("after")
}
