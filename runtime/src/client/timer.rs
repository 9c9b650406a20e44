//! Time, as the mode of the client has it.

use std::pin::Pin;
use std::time::{Duration, Instant};

/// Keeps time for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// tokio's clock, which tests may pause.
    #[cfg(feature = "async")]
    Tokio,
    /// The system's clock. It waits by putting the thread to sleep, and ends nothing that takes too long: the
    /// transport has to keep the limits, as [`Timeouts`](crate::transport::Timeouts).
    #[cfg(feature = "blocking")]
    Thread,
    /// No clock: there is no runtime that could wake a future up.
    None,
}

impl Timer {
    /// Now, by this clock.
    pub(super) fn now(self) -> Instant {
        match self {
            #[cfg(feature = "async")]
            Self::Tokio => tokio::time::Instant::now().into_std(),
            #[cfg(feature = "blocking")]
            Self::Thread => Instant::now(),
            Self::None => Instant::now(),
        }
    }

    /// Whether this can wait.
    pub(super) fn can_wait(self) -> bool {
        self != Self::None
    }

    pub(super) async fn sleep(
        self,
        #[cfg_attr(
            not(any(feature = "async", feature = "blocking")),
            expect(unused_variables, reason = "there is no clock")
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

    /// What the future gives; `None` if it is not ready within the limit. It is taken by reference since a future
    /// that holds another has room for it in each place where it may be.
    pub(super) async fn limit<T>(
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
