//! Concurrent calls to a server that fails one request in ten.

use crate::{ALLOCATOR, lock};
use farrier_runtime::client::Retries;
use farrier_runtime::transport::HyperTransport;
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::{CLIENT_ID, tokens};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::{CreateOAuth2TokenRequestBody, CreateOAuth2TokenResponse};
use signin_client::{Client, Error, ErrorKind, blocking};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

/// Longer than tasks take to end.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

/// Returns the n-th number of a fixed pseudorandom sequence
/// ([SplitMix64](https://doi.org/10.1145/2714064.2660195)).
fn random(n: u64) -> u64 {
    let z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Starts a server that echoes the refresh token, except for one request in ten, which fails by one of six
/// faults. Returns the server and the count of each fault.
fn serve() -> (Server, Arc<[AtomicUsize; 6]>) {
    let faults: Arc<[AtomicUsize; 6]> = Arc::default();
    let (requests, counts) = (AtomicU64::new(0), Arc::clone(&faults));
    let server = Server::start(move |request| {
        let random = random(requests.fetch_add(1, Ordering::Relaxed));
        let echo = echo(request);
        if !random.is_multiple_of(10) {
            return echo;
        }
        let fault = (random / 10 % 6) as usize;
        counts[fault].fetch_add(1, Ordering::Relaxed);
        match fault {
            0 => ScriptedResponse::new(429),
            1 => ScriptedResponse::new(500),
            2 => ScriptedResponse::new(503),
            3 => ScriptedResponse::reset(),
            4 => ScriptedResponse::close(),
            _ => echo.then_close(),
        }
    });
    (server.without_recording(), faults)
}

fn echo(request: &Request) -> ScriptedResponse {
    let mut body = tokens();
    body["refreshToken"] = request.json()["refreshToken"].take();
    ScriptedResponse::json(200, body.to_string())
}

fn grant(number: usize) -> CreateOAuth2TokenRequestBody {
    CreateOAuth2TokenRequestBody::new(CLIENT_ID, "refresh_token").refresh_token(token(number))
}

fn token(number: usize) -> String {
    format!("the-refresh-token-of-call-{number}")
}

type Outcome = Result<CreateOAuth2TokenResponse, Error<CreateOAuth2TokenError>>;

/// Asserts that a call got its own response, or failed after three attempts by faults of the server. Returns
/// true if it succeeded.
fn check(number: usize, outcome: Outcome) -> bool {
    match outcome {
        Ok(output) => {
            assert_eq!(output.token_output.refresh_token, token(number), "response of another call");
            true
        }
        Err(error) => {
            assert_eq!(error.attempts(), 3, "{error}");
            match error.kind() {
                ErrorKind::Service => {
                    let status = error.status().unwrap().as_u16();
                    assert!([429, 500, 503].contains(&status), "{error}");
                }
                kind => assert_eq!(kind, ErrorKind::Connection, "{error}"),
            }
            false
        }
    }
}

/// Retries with a backoff of at most one millisecond.
fn fast_retries() -> Retries {
    Retries::standard().max_backoff(Duration::from_millis(1))
}

/// Asserts that about as many calls failed as expected: one in a thousand.
fn check_failures(failed: usize, calls: usize, faults: &[AtomicUsize]) {
    assert!(failed <= 5 + calls / 250, "{failed} calls of {calls} failed");
    assert!(faults.iter().all(|count| count.load(Ordering::Relaxed) > calls / 200), "{faults:?}");
}

/// Makes a range of numbered calls, 64 at a time. Returns the number of failed calls.
async fn call(client: &Client, numbers: std::ops::Range<usize>) -> usize {
    let next = Arc::new(AtomicUsize::new(numbers.start));
    let workers: Vec<_> = (0..64)
        .map(|_| {
            let (client, next) = (client.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                let mut failed = 0;
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= numbers.end {
                        return failed;
                    }
                    let outcome = client.create_oauth2_token(grant(number)).repeatable(true).await;
                    failed += usize::from(!check(number, outcome));
                }
            })
        })
        .collect();
    let mut failed = 0;
    for worker in workers {
        failed += worker.await.unwrap();
    }
    failed
}

/// Closes all connections, and returns the bytes in use without calls.
async fn idle_memory(server: &Server) -> usize {
    server.close_connections();
    let started = Instant::now();
    while Handle::current().metrics().num_alive_tasks() > 0 {
        assert!(started.elapsed() < LONG_TIMEOUT, "tasks are still running");
        tokio::task::yield_now().await;
    }
    ALLOCATOR.current_usage()
}

#[test]
fn ten_thousand_calls_get_their_own_responses_without_memory_growth() {
    let _lock = lock();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(ten_thousand_calls());
}

async fn ten_thousand_calls() {
    let (server, faults) = serve();
    // The pool drops a connection after this timeout, not when the server closes it.
    let transport = HyperTransport::builder().pool_idle_timeout(Duration::from_millis(100)).build().unwrap();
    let client = Client::builder().endpoint_url(server.url()).transport(transport);
    let client = client.retries(fast_retries()).build().unwrap();
    let mut failed = call(&client, 0..2000).await;
    let before = idle_memory(&server).await;
    failed += call(&client, 2000..10_000).await;
    let growth = idle_memory(&server).await.saturating_sub(before);
    // A leak in each call takes at least eight bytes.
    assert!(growth < 8 * 8000, "memory grew by {growth} bytes in 8000 calls");
    check_failures(failed, 10_000, &*faults);
    drop(client);
}

#[test]
fn calls_from_eight_threads_get_their_own_responses() {
    let _lock = lock();
    let (server, faults) = serve();
    let client = blocking::Client::builder().endpoint_url(server.url()).retries(fast_retries());
    let client = client.build().unwrap();
    let failed = std::thread::scope(|scope| {
        let client = &client;
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                scope.spawn(move || {
                    let calls = 250 * thread..250 * (thread + 1);
                    let send = |number| client.create_oauth2_token(grant(number)).repeatable(true).send();
                    calls.filter(|&number| !check(number, send(number))).count()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    check_failures(failed, 2000, &*faults);
    drop(client);
    server.wait_until_disconnected();
}
