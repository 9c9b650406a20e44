//! Clock, sleep and timeout for each mode.

use std::pin::Pin;
use std::time::{Duration, Instant};

/// The timer of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// tokio's timer, which tests may pause.
    #[cfg(feature = "async")]
    Tokio,
    /// The system clock. Sleeping blocks the thread. It cannot cancel a future: the transport must enforce
    /// the [`Timeouts`](crate::transport::Timeouts).
    #[cfg(feature = "blocking")]
    Thread,
    /// No timer, as there is no tokio runtime: neither sleep nor timeout is available.
    None,
}

impl Timer {
    /// Returns the current time.
    pub(super) fn now(self) -> Instant {
        match self {
            #[cfg(feature = "async")]
            Self::Tokio => tokio::time::Instant::now().into_std(),
            #[cfg(feature = "blocking")]
            Self::Thread => Instant::now(),
            Self::None => Instant::now(),
        }
    }

    /// Returns true if this timer can sleep.
    pub(super) fn can_sleep(self) -> bool {
        self != Self::None
    }

    pub(super) async fn sleep(
        self,
        #[cfg_attr(
            not(any(feature = "async", feature = "blocking")),
            expect(unused_variables, reason = "only `None` is left")
        )]
        duration: Duration,
    ) {
        match self {
            #[cfg(feature = "async")]
            Self::Tokio => tokio::time::sleep(duration).await,
            #[cfg(feature = "blocking")]
            Self::Thread => std::thread::sleep(duration),
            Self::None => {}
        }
    }

    /// Returns the output of the future, or `None` if it is not ready within the limit.
    ///
    /// Takes the future by reference: by value, this future would store it once per await point.
    pub(super) async fn timeout<T>(
        self,
        limit: Option<Duration>,
        future: Pin<&mut (dyn Future<Output = T> + Send)>,
    ) -> Option<T> {
        match (self, limit) {
            #[cfg(feature = "async")]
            (Self::Tokio, Some(limit)) => tokio::time::timeout(limit, future).await.ok(),
            _ => Some(future.await),
        }
    }
}
