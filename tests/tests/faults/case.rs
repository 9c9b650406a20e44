//! A line of the matrix, and whether a call went by it.

use farrier_runtime::client::Retries;
use farrier_tests::server::{RefusingPort, Server};
use farrier_tests::signin::{REQUEST_ID, code_grant, refresh_grant};
use signin_client::error::CreateOAuth2TokenError;
use signin_client::types::{CreateOAuth2TokenRequestBody, CreateOAuth2TokenResponse};
use signin_client::{Error, ErrorKind};
use std::time::{Duration, Instant};

/// How long a stalled server is waited for: it is enough for what it does before.
pub(crate) const LIMIT: Duration = Duration::from_millis(250);

/// No call of the matrix takes so long, even on a busy machine: what does has hung.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

/// A way to fail, and what a call makes of it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) server: fn() -> Peer,
    /// To refresh credentials, which may be sent again.
    pub(crate) refresh: Expected,
    /// To redeem a code, which is good for one use.
    pub(crate) redeem: Expected,
}

#[derive(Clone, Copy)]
pub(crate) struct Expected {
    pub(crate) attempts: u32,
    pub(crate) connections: Connections,
    /// How long it takes at least.
    pub(crate) at_least: Duration,
    /// What the error is; nothing where the call succeeds after all.
    pub(crate) error: Option<Failed>,
}

/// How many connections the server sees.
#[derive(Clone, Copy)]
pub(crate) enum Connections {
    None,
    /// One for each attempt: what broke is not used again.
    OneEach,
    /// They may be used again.
    AtMostOneEach,
}

#[derive(Clone, Copy)]
pub(crate) struct Failed {
    pub(crate) kind: ErrorKind,
    /// What the line says after the operation, without the numbers that systems give their errors.
    pub(crate) text: &'static str,
    /// What came of an answer.
    pub(crate) answer: ResponseSeen,
    pub(crate) retryable: bool,
}

#[derive(Clone, Copy)]
pub(crate) enum ResponseSeen {
    No,
    /// With this status, and a request id.
    With(u16),
}

pub(crate) type Outcome = Result<CreateOAuth2TokenResponse, Error<CreateOAuth2TokenError>>;

/// One call of a line.
pub(crate) struct Trial<'c> {
    pub(crate) what: String,
    pub(crate) peer: Peer,
    pub(crate) input: CreateOAuth2TokenRequestBody,
    pub(crate) expected: &'c Expected,
}

/// Makes both calls of each line, each in a thread of its own with a server of its own.
pub(crate) fn try_all(cases: &[Case], make: impl Fn(Trial<'_>) + Sync) {
    std::thread::scope(|scope| {
        for case in cases {
            let refresh = ("refresh", refresh_grant(), &case.refresh);
            for (name, input, expected) in [refresh, ("redeem", code_grant(), &case.redeem)] {
                let make = &make;
                scope.spawn(move || {
                    let what = format!("{}, {name}", case.name);
                    make(Trial { what, peer: (case.server)(), input, expected });
                });
            }
        }
    });
}

/// Retries that wait no longer than they are told to.
pub(crate) fn soon() -> Retries {
    Retries::standard().max_backoff(Duration::from_millis(1))
}

impl Trial<'_> {
    /// Checks how the call ended that `began` then.
    pub(crate) fn check(&self, outcome: Outcome, began: Instant) {
        self.expected.check(&self.what, outcome, began.elapsed(), &self.peer);
    }
}

impl Expected {
    fn check(&self, what: &str, outcome: Outcome, took: Duration, peer: &Peer) {
        assert!(took >= self.at_least && took < LONG_TIMEOUT, "{what}: {took:?}");
        match (&self.error, outcome) {
            (None, outcome) => assert!(outcome.is_ok(), "{what}: {outcome:?}"),
            (Some(expected), Err(error)) => expected.check(what, self.attempts, &error),
            (Some(_), Ok(_)) => panic!("{what}: it succeeds"),
        }
        let (attempts, seen) = (self.attempts as usize, peer.connections());
        match self.connections {
            Connections::None => assert_eq!(seen, 0, "{what}"),
            Connections::OneEach => assert_eq!(seen, attempts, "{what}"),
            Connections::AtMostOneEach => assert!((1..=attempts).contains(&seen), "{what}: {seen}"),
        }
        if let Peer::Http(server) = peer {
            assert_eq!(server.requests().len(), attempts, "{what}");
        }
    }
}

impl Failed {
    fn check(&self, what: &str, attempts: u32, error: &Error<CreateOAuth2TokenError>) {
        assert_eq!(without_number(&error.to_string()), self.line(attempts), "{what}");
        assert_eq!((error.kind(), error.attempts()), (self.kind, attempts), "{what}");
        assert_eq!(error.is_retryable(), self.retryable, "{what}");
    }

    fn line(&self, attempts: u32) -> String {
        let answer = match self.answer {
            ResponseSeen::No => None,
            ResponseSeen::With(status) => Some(format!("HTTP {status}, request id {REQUEST_ID}")),
        };
        let attempts = (attempts > 1).then(|| format!("{attempts} attempts"));
        let circumstances: Vec<_> = [answer, attempts].into_iter().flatten().collect();
        let circumstances = match circumstances.is_empty() {
            true => String::new(),
            false => format!(" ({})", circumstances.join(", ")),
        };
        format!("CreateOAuth2Token: {}{circumstances}", self.text)
    }
}

/// The line without the number that the system gives its error.
fn without_number(line: &str) -> String {
    let Some((before, after)) = line.split_once(" (os error ") else { return line.to_owned() };
    let (_, after) = after.split_once(')').unwrap();
    format!("{before}{after}")
}

/// What is called.
pub(crate) enum Peer {
    Refusing(RefusingPort),
    Http(Server),
    /// It is called at an `https` URL.
    Https(Server),
}

impl Peer {
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
    pub(crate) fn wait_until_left(&self) {
        if let Self::Http(server) | Self::Https(server) = self {
            server.wait_until_left();
        }
    }
}
