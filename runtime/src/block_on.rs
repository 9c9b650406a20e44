//! A minimal executor for blocking clients.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// Polls the future on the current thread until it is ready. The thread is parked while the future is
/// pending.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let thread_waker = Arc::new(ThreadWaker { thread: thread::current(), woken: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&thread_waker));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        thread_waker.wait();
    }
}

/// Unparks a thread. The thread's own park token is not enough: a nested `block_on` consumes it.
struct ThreadWaker {
    thread: Thread,
    woken: AtomicBool,
}

impl ThreadWaker {
    fn wait(&self) {
        while !self.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for ThreadWaker {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Mutex, PoisonError};

    /// A future that is ready once `send` is called.
    #[derive(Clone, Default)]
    struct Signal(Arc<Mutex<(bool, Option<Waker>)>>);

    impl Signal {
        fn send(&self) {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.0 = true;
            if let Some(waker) = state.1.take() {
                waker.wake();
            }
        }

        async fn wait(&self) {
            std::future::poll_fn(|context| {
                let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                state.1 = Some(context.waker().clone());
                if state.0 { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        }
    }

    #[test]
    fn completes_when_woken_by_another_thread() {
        let signal = Signal::default();
        let other = signal.clone();
        let thread = thread::spawn(move || other.send());
        assert_eq!(block_on(async { signal.wait().await }), ());
        thread.join().unwrap();
    }

    #[test]
    fn keeps_a_wake_during_a_nested_block_on() {
        let (outer, inner) = (Signal::default(), Signal::default());
        let mut blocked = false;
        let waiting = outer.clone();
        block_on(std::future::poll_fn(move |context| {
            let mut wait = pin!(waiting.wait());
            let poll = wait.as_mut().poll(context);
            if !blocked {
                blocked = true;
                outer.send();
                let (inner, other) = (inner.clone(), inner.clone());
                let thread = thread::spawn(move || other.send());
                block_on(inner.wait());
                thread.join().unwrap();
            }
            poll
        }));
    }
}
