//! What the measured programs share, so that ours and the peer's differ in the client alone.
//!
//! A program prints what it measured, a line each: a name, a space, a number in base units.

use std::error::Error;
use std::fmt::Display;
use std::time::{Duration, Instant};

/// What a program gives.
pub type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// The answer to every refresh.
pub const TOKENS: &str = r#"{"accessToken":{"accessKeyId":"the-access-key-id","secretAccessKey":"the-secret-access-key","sessionToken":"the-session-token"},"tokenType":"aws_sigv4","expiresIn":900,"refreshToken":"the-next-refresh-token"}"#;

/// The client that asks.
pub const CLIENT_ID: &str = "arn:aws:signin:::devtools/same-device";

/// The argument at a place, counted from 0.
pub fn argument(place: usize, what: &str) -> Result<String> {
    std::env::args().nth(place + 1).ok_or_else(|| format!("argument {place} is missing: {what}").into())
}

/// The argument at a place, as a number.
pub fn number(place: usize, what: &str) -> Result<usize> {
    Ok(argument(place, what)?.parse()?)
}

/// Tells a figure.
pub fn tell(name: &str, value: impl Display) {
    println!("{name} {value}");
}

/// Tells how long each of so many calls took on average.
pub fn tell_each(count: usize, elapsed: Duration) {
    tell("seconds_each", elapsed.as_secs_f64() / count.max(1) as f64);
}

/// Makes calls, one after the other, and tells how long each took on average.
pub async fn one_by_one(count: usize, mut call: impl AsyncFnMut() -> Result) -> Result {
    let start = Instant::now();
    for _ in 0..count {
        call().await?;
    }
    tell_each(count, start.elapsed());
    Ok(())
}

/// Makes calls, so many at once, and tells the throughput and the latencies.
pub async fn at_once<F>(count: usize, at_once: usize, call: impl Fn() -> F + Clone + Send + 'static) -> Result
where
    F: Future<Output = std::result::Result<(), String>> + Send + 'static,
{
    let each = count.div_ceil(at_once.max(1));
    let start = Instant::now();
    let tasks: Vec<_> = (0..at_once).map(|_| tokio::spawn(latencies(each, call.clone()))).collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await??);
    }
    let elapsed = start.elapsed().as_secs_f64();
    all.sort_unstable();
    tell("calls", all.len());
    tell("calls_per_second", all.len() as f64 / elapsed);
    tell("p50", quantile(&all, 0.5));
    tell("p99", quantile(&all, 0.99));
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

/// The seconds below which a part of the sorted latencies lies.
fn quantile(sorted: &[Duration], part: f64) -> f64 {
    let place = (sorted.len() as f64 * part) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).map_or(0.0, Duration::as_secs_f64)
}

/// Tells how much memory of the process is resident, in bytes. Linux alone says so.
pub fn tell_resident(name: &str) -> Result {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS is there")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    tell(name, kilobytes * 1024);
    Ok(())
}
