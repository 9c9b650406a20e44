//! Tells how much memory a client takes, before and after calls to a server: `memory URL COUNT`.

use harness::{Result, argument, number, one_by_one, tell_resident};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let client = probes::client(&argument(0, "the server's URL")?);
    tell_resident("idle")?;
    one_by_one(number(1, "how many calls")?, async || probes::refresh(&client).await).await?;
    tell_resident("after")
}
