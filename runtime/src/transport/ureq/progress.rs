//! The progress of the exchange that is running on the current thread.
//!
//! ureq keeps connections for many exchanges and passes them nothing of the request. An exchange blocks its
//! thread, so that a thread-local has what the connection needs.

use crate::transport::throughput::Meter;
use crate::transport::{MinThroughput, TransportError};
use std::cell::Cell;
use std::time::{Duration, Instant};
use ureq::unversioned::transport::{NextTimeout, time};
use ureq::{Error, Timeout};

thread_local! {
    static CURRENT: Cell<Option<Progress>> = const { Cell::new(None) };
}

/// The reasons of timeouts that stand for a transfer below the minimum throughput. ureq has no timeouts of
/// these kinds, as none are set.
const UPLOAD: Timeout = Timeout::SendBody;
const DOWNLOAD: Timeout = Timeout::RecvBody;

/// The progress of an exchange.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    read: Option<Duration>,
    upload: Meter,
    download: Meter,
    stage: Stage,
    is_response_early: bool,
}

#[derive(Clone, Copy)]
enum Stage {
    Sending,
    /// The wait for the first byte of the response, since this time.
    Waiting(Instant),
    Receiving,
}

impl Progress {
    pub(super) fn new(read: Option<Duration>, min: MinThroughput) -> Self {
        Self {
            read,
            upload: Meter::new(min),
            download: Meter::new(min),
            stage: Stage::Sending,
            is_response_early: false,
        }
    }

    /// Runs a part of the exchange. The function may run other exchanges.
    pub(super) fn during<T>(&mut self, run: impl FnOnce() -> T) -> T {
        /// Restores the outer exchange, even if `run` panics.
        struct Restore(Option<Progress>);
        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.set(self.0);
            }
        }
        let _restore = Restore(CURRENT.replace(Some(*self)));
        let output = run();
        if let Some(progress) = CURRENT.get() {
            *self = progress;
        }
        output
    }

    /// Changes the progress of the current exchange, if there is one.
    fn update<T>(change: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let mut progress = CURRENT.get()?;
        let output = change(&mut progress);
        CURRENT.set(Some(progress));
        Some(output)
    }

    fn limit(&mut self, timeout: NextTimeout) -> NextTimeout {
        let (limit, reason) = match self.stage {
            Stage::Sending => (self.upload.allowance(), UPLOAD),
            Stage::Receiving => (self.download.allowance(), DOWNLOAD),
            // ureq applies the timeout to each read on the connection, and not to the response as a whole.
            Stage::Waiting(start) => {
                (self.read.map(|limit| limit.saturating_sub(start.elapsed())), Timeout::PerRead)
            }
        };
        match limit.map(time::Duration::Exact) {
            Some(limit) if limit < timeout.after => NextTimeout { after: limit, reason, ..timeout },
            _ => timeout,
        }
    }

    fn error(&self, error: Error) -> Error {
        let (what, meter) = match error {
            Error::Timeout(UPLOAD) => ("upload", &self.upload),
            Error::Timeout(DOWNLOAD) => ("download", &self.download),
            error => return error,
        };
        Error::Other(TransportError::stalled(what, meter.min()).into())
    }
}

/// Sends bytes within the limits of the current exchange.
pub(super) fn send(
    timeout: NextTimeout,
    bytes: usize,
    send: impl FnOnce(NextTimeout) -> Result<(), Error>,
) -> Result<(), Error> {
    let limited = Progress::update(|progress| {
        progress.stage = Stage::Sending;
        progress.limit(timeout)
    });
    let start = Instant::now();
    let result = send(limited.unwrap_or(timeout));
    let updated = Progress::update(|progress| progress.upload.record(start.elapsed(), bytes));
    match (result, updated.and(CURRENT.get())) {
        (Err(error), Some(progress)) => Err(progress.error(error)),
        (result, _) => result,
    }
}

/// Receives bytes within the limits of the current exchange. The function returns the number of bytes; 0 is the
/// end of the connection.
pub(super) fn receive(
    timeout: NextTimeout,
    receive: impl FnOnce(NextTimeout) -> Result<usize, Error>,
) -> Result<usize, Error> {
    let start = Instant::now();
    let limited = Progress::update(|progress| {
        if let Stage::Sending = progress.stage {
            progress.stage = Stage::Waiting(start);
        }
        progress.limit(timeout)
    });
    let result = receive(limited.unwrap_or(timeout));
    let updated = Progress::update(|progress| {
        if let (Stage::Receiving, Ok(bytes)) = (progress.stage, &result) {
            progress.download.record(start.elapsed(), *bytes);
        }
        if result.is_ok() {
            progress.stage = Stage::Receiving;
        }
    });
    result.map_err(|error| match updated.and(CURRENT.get()) {
        Some(progress) => progress.error(error),
        None => error,
    })
}

/// Records that the server has sent a response and does not read the rest of the request.
pub(super) fn set_response_early() {
    Progress::update(|progress| progress.is_response_early = true);
}

/// Returns true if the rest of the request body is not needed.
pub(super) fn is_response_early() -> bool {
    CURRENT.get().is_some_and(|progress| progress.is_response_early)
}
