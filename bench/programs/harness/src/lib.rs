//! The shared part of the measured programs: ours and the peer's differ only in the client.
//!
//! A program prints one figure per line: a name, a space and a number in base units.

use std::error::Error;
use std::fmt::Display;
use std::time::{Duration, Instant};

/// The result of a program.
pub type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// The body of every response.
pub const TOKENS: &str = r#"{"accessToken":{"accessKeyId":"the-access-key-id","secretAccessKey":"the-secret-access-key","sessionToken":"the-session-token"},"tokenType":"aws_sigv4","expiresIn":900,"refreshToken":"the-next-refresh-token"}"#;

/// The client id of every request.
pub const CLIENT_ID: &str = "arn:aws:signin:::devtools/same-device";

/// Returns the argument at an index, from 0.
pub fn argument(index: usize, description: &str) -> Result<String> {
    std::env::args().nth(index + 1).ok_or_else(|| format!("missing argument {index}: {description}").into())
}

/// Returns the argument at an index, as a number.
pub fn number(index: usize, description: &str) -> Result<usize> {
    Ok(argument(index, description)?.parse()?)
}

/// Prints a figure.
pub fn report(name: &str, value: impl Display) {
    println!("{name} {value}");
}

/// Prints the average time of a call.
pub fn report_average(count: usize, elapsed: Duration) {
    report("seconds_per_call", elapsed.as_secs_f64() / count.max(1) as f64);
}

/// Makes sequential calls and prints their average time.
pub async fn sequential(count: usize, mut call: impl AsyncFnMut() -> Result) -> Result {
    let start = Instant::now();
    for _ in 0..count {
        call().await?;
    }
    report_average(count, start.elapsed());
    Ok(())
}

/// Makes concurrent calls and prints the throughput and latencies.
pub async fn concurrent<F>(
    count: usize,
    concurrency: usize,
    call: impl Fn() -> F + Clone + Send + 'static,
) -> Result
where
    F: Future<Output = std::result::Result<(), String>> + Send + 'static,
{
    let each = count.div_ceil(concurrency.max(1));
    let start = Instant::now();
    let tasks: Vec<_> = (0..concurrency).map(|_| tokio::spawn(latencies(each, call.clone()))).collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await??);
    }
    let elapsed = start.elapsed().as_secs_f64();
    all.sort_unstable();
    report("calls", all.len());
    report("calls_per_second", all.len() as f64 / elapsed);
    report("p50", quantile(&all, 0.5));
    report("p99", quantile(&all, 0.99));
    Ok(())
}

async fn latencies<F>(count: usize, call: impl Fn() -> F) -> std::result::Result<Vec<Duration>, String>
where
    F: Future<Output = std::result::Result<(), String>>,
{
    let mut latencies = Vec::with_capacity(count);
    for _ in 0..count {
        let start = Instant::now();
        call().await?;
        latencies.push(start.elapsed());
    }
    Ok(latencies)
}

/// Returns a quantile of the sorted latencies, in seconds.
fn quantile(sorted: &[Duration], fraction: f64) -> f64 {
    let index = (sorted.len() as f64 * fraction) as usize;
    sorted.get(index.min(sorted.len().saturating_sub(1))).map_or(0.0, Duration::as_secs_f64)
}

/// Prints the resident memory of the process, in bytes. Only Linux is supported.
pub fn report_resident_memory(name: &str) -> Result {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("`VmRSS` is missing")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    report(name, kilobytes * 1024);
    Ok(())
}
