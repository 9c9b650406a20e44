//! Prints the resident memory before and after calls to a server: `memory URL COUNT`.

use harness::{Result, argument, number, report_resident_memory, sequential};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let client = probes::client(&argument(0, "server URL")?);
    report_resident_memory("idle")?;
    sequential(number(1, "number of calls")?, async || probes::refresh(&client).await).await?;
    report_resident_memory("after")
}
