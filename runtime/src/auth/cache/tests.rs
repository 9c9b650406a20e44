use super::*;
use crate::auth::test_support::{NOW, ready};
use std::cell::Cell;
use std::future::pending;
use std::pin::pin;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

#[derive(Clone, Debug, PartialEq)]
struct Value(u32, Option<SystemTime>);

impl Expiring for Value {
    fn expiry(&self) -> Option<SystemTime> {
        self.1
    }
}

/// Gets a value from the cache. The provider returns the number of its call, with this expiry.
fn get(cache: &Cache<Value>, calls: &Cell<u32>, now: SystemTime, expiry: Option<SystemTime>) -> u32 {
    let provide = || {
        calls.set(calls.get() + 1);
        let value = Value(calls.get(), expiry);
        async move { Ok(value) }
    };
    ready(cache.get(now, provide)).unwrap().0
}

fn get_failing(cache: &Cache<Value>, now: SystemTime) -> Result<Value, SharedError> {
    ready(cache.get(now, || async { Err("provider failed".into()) }))
}

fn poll<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn caches_a_value_until_shortly_before_it_expires() {
    let (cache, calls, expiry) = (Cache::default(), Cell::new(0), Some(*NOW + HOUR));
    let times = [*NOW, *NOW + SECOND, *NOW + HOUR - 61 * SECOND];
    assert_eq!(times.map(|now| get(&cache, &calls, now, expiry)), [1, 1, 1]);
    assert_eq!(get(&cache, &calls, *NOW + HOUR - 60 * SECOND, Some(*NOW + 2 * HOUR)), 2);
    assert_eq!(get(&cache, &calls, *NOW + HOUR, None), 2);
}

#[test]
fn renews_a_value_without_expiry_after_the_default_lifetime() {
    let (cache, calls) = (Cache::default(), Cell::new(0));
    let times = [*NOW, *NOW + 899 * SECOND, *NOW + 900 * SECOND, *NOW + 901 * SECOND];
    assert_eq!(times.map(|now| get(&cache, &calls, now, None)), [1, 1, 2, 2]);
}

#[test]
fn does_not_cache_a_value_that_is_about_to_expire() {
    let (cache, calls, expiry) = (Cache::default(), Cell::new(0), Some(*NOW + 5 * SECOND));
    assert_eq!([(); 3].map(|()| get(&cache, &calls, *NOW, expiry)), [1, 2, 3]);
}

#[test]
fn returns_but_does_not_cache_an_error() {
    let (cache, calls) = (Cache::default(), Cell::new(0));
    assert_eq!(get_failing(&cache, *NOW).unwrap_err().to_string(), "provider failed");
    assert_eq!(get(&cache, &calls, *NOW, None), 1);
}

#[test]
fn returns_the_old_value_until_it_expires_while_renewing_fails() {
    let (cache, calls) = (Cache::default(), Cell::new(0));
    get(&cache, &calls, *NOW, Some(*NOW + HOUR));
    assert_eq!(get_failing(&cache, *NOW + HOUR - SECOND).unwrap().0, 1);
    assert!(get_failing(&cache, *NOW + HOUR).is_err());
}

#[test]
fn concurrent_callers_share_one_value() {
    let (cache, calls, go) = (Cache::default(), Cell::new(0), Cell::new(false));
    let slow = || {
        calls.set(calls.get() + 1);
        poll_fn(|_| if go.get() { Poll::Ready(Ok(Value(7, None))) } else { Poll::Pending })
    };
    let (mut first, mut second) = (pin!(cache.get(*NOW, slow)), pin!(cache.get(*NOW, slow)));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    go.set(true);
    assert!(poll(second.as_mut()).is_pending(), "waits for the first caller");
    assert!(matches!(poll(first), Poll::Ready(Ok(Value(7, None)))));
    assert!(matches!(poll(second), Poll::Ready(Ok(Value(7, None)))));
    assert_eq!(calls.get(), 1);
}

#[test]
fn concurrent_callers_share_one_error() {
    let (cache, calls, go) = (Cache::<Value>::default(), Cell::new(0), Cell::new(false));
    let slow = || {
        calls.set(calls.get() + 1);
        poll_fn(|_| if go.get() { Poll::Ready(Err("provider failed".into())) } else { Poll::Pending })
    };
    let (mut first, mut second) = (pin!(cache.get(*NOW, slow)), pin!(cache.get(*NOW, slow)));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    go.set(true);
    assert!(matches!(poll(first), Poll::Ready(Err(_))));
    assert!(matches!(poll(second), Poll::Ready(Err(_))));
    assert_eq!(calls.get(), 1);
}

#[test]
fn returns_the_old_value_during_a_renewal_until_it_expires() {
    let (cache, calls) = (Cache::default(), Cell::new(0));
    get(&cache, &calls, *NOW, Some(*NOW + HOUR));
    let renewal_due = *NOW + HOUR - SECOND;
    let mut slow = pin!(cache.get(renewal_due, pending::<Result<Value, BoxError>>));
    assert!(poll(slow.as_mut()).is_pending());
    assert_eq!(get(&cache, &calls, renewal_due, None), 1);
    let mut waiting = pin!(cache.get(*NOW + HOUR, pending::<Result<Value, BoxError>>));
    assert!(poll(waiting.as_mut()).is_pending());
}

#[test]
fn a_waiting_caller_takes_over_a_dropped_renewal() {
    let (cache, calls) = (Cache::default(), Cell::new(0));
    let mut dropped = Box::pin(cache.get(*NOW, pending::<Result<Value, BoxError>>));
    assert!(poll(dropped.as_mut()).is_pending());
    drop(dropped);
    assert_eq!(get(&cache, &calls, *NOW, None), 1);
}

/// Waits like the blocking client: each thread parks until it is woken.
#[test]
fn wakes_waiting_threads() {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    fn block_on<T>(future: impl Future<Output = T>) -> T {
        let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
        let mut future = pin!(future);
        loop {
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(value) => return value,
                Poll::Pending => std::thread::park(),
            }
        }
    }
    let cache = Cache::default();
    let calls = std::sync::atomic::AtomicU32::new(0);
    let count = || calls.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    let provide = || {
        let mut yielded = false;
        poll_fn(move |context| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(Ok(Value(count(), None)));
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
    };
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| assert_eq!(block_on(cache.get(*NOW, provide)).unwrap().0, 0));
        }
    });
}
