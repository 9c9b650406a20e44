//! Blocking file operations outside the threads of an async runtime.

use std::io;
use std::task::{Context, Poll};

/// A blocking operation. It runs on a thread for such operations within a tokio runtime, else on the current thread.
pub(super) enum Task<T> {
    Done(Option<io::Result<T>>),
    #[cfg(feature = "async")]
    Running(tokio::task::JoinHandle<io::Result<T>>),
}

impl<T: Send + Unpin + 'static> Task<T> {
    pub(super) fn start(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Self {
        #[cfg(feature = "async")]
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            return Self::Running(runtime.spawn_blocking(work));
        }
        Self::Done(Some(work()))
    }

    /// Returns the result, once.
    #[cfg_attr(not(feature = "async"), expect(unused_variables, reason = "the result is there"))]
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        match self {
            Self::Done(result) => Poll::Ready(result.take().unwrap_or_else(|| Err(ended()))),
            #[cfg(feature = "async")]
            Self::Running(handle) => {
                let result = std::task::ready!(std::pin::Pin::new(handle).poll(context));
                *self = Self::Done(None);
                Poll::Ready(result.unwrap_or_else(|error| Err(io::Error::other(error))))
            }
        }
    }

    pub(super) async fn run(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
        let mut task = Self::start(work);
        std::future::poll_fn(|context| task.poll(context)).await
    }
}

fn ended() -> io::Error {
    io::Error::other("the operation has ended")
}
