//! A case of the fault matrix, and the checks of its calls.

use farrier_runtime::client::Retries;
use farrier_runtime::transport::MinThroughput;
use farrier_tests::server::{RefusingPort, Server};
use farrier_tests::signin::{REQUEST_ID, code_grant, refresh_grant};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::{CreateOAuth2TokenRequestBody, CreateOAuth2TokenResponse};
use signin_client::{Error, ErrorKind};
use std::time::{Duration, Instant};

/// Timeout of calls to stalled servers. Long enough for what the server does before it stalls.
pub(crate) const TIMEOUT: Duration = Duration::from_millis(250);

/// Longer than any call of the matrix takes, even on a busy machine.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

/// A fault, and the expected results of calls.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) server: fn() -> CaseServer,
    /// Expected result of refreshing credentials, which is neither idempotent nor single-use.
    pub(crate) refresh: Expected,
    /// Expected result of redeeming a code, which is single-use.
    pub(crate) redeem: Expected,
    /// Expected result of a refresh that the caller marks as repeatable.
    pub(crate) repeatable: Expected,
}

#[derive(Clone, Copy)]
pub(crate) struct Expected {
    pub(crate) attempts: u32,
    pub(crate) connections: Connections,
    /// Minimum duration of the call.
    pub(crate) min_duration: Duration,
    /// The error, or `None` if the call succeeds.
    pub(crate) error: Option<ExpectedError>,
}

/// Number of connections that the server accepts.
#[derive(Clone, Copy)]
pub(crate) enum Connections {
    None,
    /// One for each attempt: broken connections are not reused.
    OnePerAttempt,
    /// The connection is reused.
    One,
    /// Connections may be reused.
    AtMostOnePerAttempt,
}

#[derive(Clone, Copy)]
pub(crate) struct ExpectedError {
    pub(crate) kind: ErrorKind,
    /// Message after the operation name, without the numbers of OS errors. `{server}` stands for the URL.
    pub(crate) text: &'static str,
    /// Head of the response.
    pub(crate) response: ResponseHead,
    pub(crate) retryable: bool,
}

#[derive(Clone, Copy)]
pub(crate) enum ResponseHead {
    Missing,
    /// With this status, and a request id.
    Received(u16),
}

pub(crate) type Outcome = Result<CreateOAuth2TokenResponse, Error<CreateOAuth2TokenError>>;

/// One call of a case.
pub(crate) struct Trial<'c> {
    pub(crate) name: String,
    pub(crate) server: CaseServer,
    pub(crate) input: CreateOAuth2TokenRequestBody,
    /// True if the caller marks the call as repeatable.
    pub(crate) repeatable: bool,
    pub(crate) expected: &'c Expected,
}

/// Runs the calls of each case, each in its own thread with its own server.
pub(crate) fn run_all(cases: &[Case], run: impl Fn(Trial<'_>) + Sync) {
    std::thread::scope(|scope| {
        for case in cases {
            for (name, input, repeatable, expected) in [
                ("refresh", refresh_grant(), false, &case.refresh),
                ("redeem", code_grant(), false, &case.redeem),
                ("repeatable refresh", refresh_grant(), true, &case.repeatable),
            ] {
                let run = &run;
                scope.spawn(move || {
                    let name = format!("{}, {name}", case.name);
                    run(Trial { name, server: (case.server)(), input, repeatable, expected });
                });
            }
        }
    });
}

/// Retries with a backoff of at most one millisecond.
pub(crate) fn fast_retries() -> Retries {
    Retries::standard().max_backoff(Duration::from_millis(1))
}

/// More bytes per second than a server that trickles sends, with a grace period of [`TIMEOUT`].
pub(crate) fn min_throughput() -> MinThroughput {
    MinThroughput::new(1_000_000).grace_period(TIMEOUT)
}

impl Trial<'_> {
    /// Checks the outcome of a call.
    pub(crate) fn check(&self, outcome: Outcome, started: Instant) {
        self.expected.check(&self.name, outcome, started.elapsed(), &self.server);
    }
}

impl Expected {
    fn check(&self, name: &str, outcome: Outcome, took: Duration, server: &CaseServer) {
        // Timers of blocking sockets may expire a little early.
        let tolerance = Duration::from_millis(20);
        assert!(took + tolerance >= self.min_duration && took < LONG_TIMEOUT, "{name}: {took:?}");
        match (&self.error, outcome) {
            (None, outcome) => assert!(outcome.is_ok(), "{name}: {outcome:?}"),
            (Some(expected), Err(error)) => expected.check(name, self.attempts, &server.url(), &error),
            (Some(_), Ok(_)) => panic!("{name}: the call succeeded"),
        }
        let (attempts, seen) = (self.attempts as usize, server.connections());
        match self.connections {
            Connections::None => assert_eq!(seen, 0, "{name}"),
            Connections::OnePerAttempt => assert_eq!(seen, attempts, "{name}"),
            Connections::One => assert_eq!(seen, 1, "{name}"),
            Connections::AtMostOnePerAttempt => assert!((1..=attempts).contains(&seen), "{name}: {seen}"),
        }
        if let CaseServer::Http(server) = server {
            assert_eq!(server.requests().len(), attempts, "{name}");
        }
    }
}

impl ExpectedError {
    fn check(&self, name: &str, attempts: u32, url: &str, error: &Error<CreateOAuth2TokenError>) {
        assert_eq!(without_os_error_number(&error.to_string()), self.message(attempts, url), "{name}");
        assert_eq!((error.kind(), error.attempts()), (self.kind, attempts), "{name}");
        assert_eq!(error.is_retryable(), self.retryable, "{name}");
    }

    fn message(&self, attempts: u32, url: &str) -> String {
        let response = match self.response {
            ResponseHead::Missing => None,
            ResponseHead::Received(status) => Some(format!("HTTP {status}, request id {REQUEST_ID}")),
        };
        let attempts = (attempts > 1).then(|| format!("{attempts} attempts"));
        let details: Vec<_> = [response, attempts].into_iter().flatten().collect();
        let details = match details.is_empty() {
            true => String::new(),
            false => format!(" ({})", details.join(", ")),
        };
        let text = self.text.replace("{server}", &format!("`{url}`"));
        format!("CreateOAuth2Token: {text}{details}")
    }
}

/// Removes the number of an OS error from a message.
fn without_os_error_number(message: &str) -> String {
    let Some((before, after)) = message.split_once(" (os error ") else { return message.to_owned() };
    let (_, after) = after.split_once(')').unwrap();
    format!("{before}{after}")
}

/// The server of a case.
pub(crate) enum CaseServer {
    Refusing(RefusingPort),
    Http(Server),
    /// A server that is called with an `https` URL.
    Https(Server),
}

impl CaseServer {
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Refusing(port) => port.url(),
            Self::Http(server) => server.url(),
            Self::Https(server) => server.https_url(),
        }
    }

    fn connections(&self) -> usize {
        match self {
            Self::Refusing(_) => 0,
            Self::Http(server) | Self::Https(server) => server.connections(),
        }
    }

    /// Waits until the client has closed all its connections.
    pub(crate) fn wait_until_disconnected(&self) {
        if let Self::Http(server) | Self::Https(server) = self {
            server.wait_until_disconnected();
        }
    }
}
