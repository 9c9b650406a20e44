//! Drives a future on the thread that asks for it.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

/// What the future gives. The thread sleeps while the future waits.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let alarm = Arc::new(Alarm { thread: thread::current(), rung: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&alarm));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        alarm.wait();
    }
}

/// Wakes a thread. That it rang is kept here and not only by the thread, which forgets it when what it polls
/// blocks on a future too.
struct Alarm {
    thread: Thread,
    rung: AtomicBool,
}

impl Alarm {
    fn wait(&self) {
        while !self.rung.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Mutex, PoisonError};

    /// Is ready once another thread has said so.
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
    fn a_future_that_another_thread_wakes_comes_to_its_end() {
        let signal = Signal::default();
        let other = signal.clone();
        let thread = thread::spawn(move || other.send());
        assert_eq!(block_on(async { signal.wait().await }), ());
        thread.join().unwrap();
    }

    #[test]
    fn a_wake_is_not_lost_to_a_future_that_is_driven_meanwhile() {
        let (outer, inner) = (Signal::default(), Signal::default());
        let mut blocked = false;
        let waiting = outer.clone();
        block_on(std::future::poll_fn(move |context| {
            let mut wait = pin!(waiting.wait());
            let answer = wait.as_mut().poll(context);
            if !blocked {
                blocked = true;
                outer.send();
                let (inner, other) = (inner.clone(), inner.clone());
                let thread = thread::spawn(move || other.send());
                block_on(inner.wait());
                thread.join().unwrap();
            }
            answer
        }));
    }
}
