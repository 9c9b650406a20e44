//! Many calls at once to a server that fails one request in ten.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that cannot do its part fails the test")]

use farrier_runtime::client::Retries;
use farrier_runtime::transport::HyperTransport;
use farrier_tests::server::{Request, ScriptedResponse, Server};
use farrier_tests::signin::{CLIENT_ID, tokens};
use peak_alloc::PeakAlloc;
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::{CreateOAuth2TokenRequestBody, CreateOAuth2TokenResponse};
use signin_client::{Client, Error, ErrorKind, blocking};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

/// More than it takes tasks to end.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Held by each test: the memory that is counted is the whole program's.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The n-th number of a random sequence, always the same
/// ([SplitMix64](https://doi.org/10.1145/2714064.2660195)).
fn random(n: u64) -> u64 {
    let z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Gives back the refresh token that it was sent, but for one request in ten, which fails in one of six ways.
fn serve() -> (Server, Arc<[AtomicUsize; 6]>) {
    let faults: Arc<[AtomicUsize; 6]> = Arc::default();
    let (requests, counts) = (AtomicU64::new(0), Arc::clone(&faults));
    let server = Server::start(move |request| {
        let random = random(requests.fetch_add(1, Ordering::Relaxed));
        let echo = echo(request);
        if !random.is_multiple_of(10) {
            return echo;
        }
        let way = (random / 10 % 6) as usize;
        counts[way].fetch_add(1, Ordering::Relaxed);
        match way {
            0 => ScriptedResponse::new(429),
            1 => ScriptedResponse::new(500),
            2 => ScriptedResponse::new(503),
            3 => ScriptedResponse::reset(),
            4 => ScriptedResponse::close(),
            _ => echo.then_close(),
        }
    });
    (server.forgetting_requests(), faults)
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

/// Asserts that a call was given its own answer, or failed three times by faults of the server. Whether it
/// succeeded.
fn check(number: usize, outcome: Outcome) -> bool {
    match outcome {
        Ok(output) => {
            assert_eq!(output.token_output.refresh_token, token(number), "it is another call's");
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

fn soon() -> Retries {
    Retries::standard().max_backoff(Duration::from_millis(1))
}

/// Asserts that calls failed as often as by chance they should: one in a thousand, give or take.
fn check_failures(failed: usize, calls: usize, faults: &[AtomicUsize]) {
    assert!(failed <= 5 + calls / 250, "{failed} calls of {calls} failed");
    assert!(faults.iter().all(|count| count.load(Ordering::Relaxed) > calls / 200), "{faults:?}");
}

/// Makes calls, 64 at a time, numbered from one on. How many failed.
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
                    let outcome = client.create_oauth2_token(grant(number)).await;
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

/// The bytes in use when no call is under way and there are no connections.
async fn memory_at_rest(server: &Server) -> usize {
    server.hang_up();
    let began = Instant::now();
    while Handle::current().metrics().num_alive_tasks() > 0 {
        assert!(began.elapsed() < LONG_TIMEOUT, "there are tasks left");
        tokio::task::yield_now().await;
    }
    ALLOCATOR.current_usage()
}

#[test]
fn ten_thousand_calls_all_end_with_their_own_answers_and_memory_stays_flat() {
    let _alone = alone();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(ten_thousand_calls());
}

async fn ten_thousand_calls() {
    let (server, faults) = serve();
    // The pool forgets a connection when this has passed, and not when the server closes it.
    let transport = HyperTransport::builder().pool_idle_timeout(Duration::from_millis(100)).build().unwrap();
    let client = Client::builder().endpoint_url(server.url()).transport(transport);
    let client = client.retries(soon()).build().unwrap();
    let mut failed = call(&client, 0..2000).await;
    let before = memory_at_rest(&server).await;
    failed += call(&client, 2000..10_000).await;
    let growth = memory_at_rest(&server).await.saturating_sub(before);
    // What is kept of each call takes eight bytes at least.
    assert!(growth < 8 * 8000, "{growth} bytes more after 8000 calls more");
    check_failures(failed, 10_000, &*faults);
    drop(client);
}

#[test]
fn calls_of_eight_threads_all_end_with_their_own_answers() {
    let _alone = alone();
    let (server, faults) = serve();
    let client = blocking::Client::builder().endpoint_url(server.url()).retries(soon());
    let client = client.build().unwrap();
    let failed = std::thread::scope(|scope| {
        let client = &client;
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                scope.spawn(move || {
                    let calls = 250 * thread..250 * (thread + 1);
                    let send = |number| client.create_oauth2_token(grant(number)).send();
                    calls.filter(|&number| !check(number, send(number))).count()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    check_failures(failed, 2000, &*faults);
    drop(client);
    server.wait_until_left();
}
