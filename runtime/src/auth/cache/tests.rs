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

/// Asks the cache for a value, which a provider that counts gives with this expiry.
fn ask(cache: &Cache<Value>, asked: &Cell<u32>, now: SystemTime, expiry: Option<SystemTime>) -> u32 {
    let provide = || {
        asked.set(asked.get() + 1);
        let value = Value(asked.get(), expiry);
        async move { Ok(value) }
    };
    ready(cache.get(now, provide)).unwrap().0
}

fn fail(cache: &Cache<Value>, now: SystemTime) -> Result<Value, SharedError> {
    ready(cache.get(now, || async { Err("no luck".into()) }))
}

fn poll<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn a_value_is_kept_until_shortly_before_it_expires() {
    let (cache, asked, expiry) = (Cache::default(), Cell::new(0), Some(*NOW + HOUR));
    let times = [*NOW, *NOW + SECOND, *NOW + HOUR - 61 * SECOND];
    assert_eq!(times.map(|now| ask(&cache, &asked, now, expiry)), [1, 1, 1]);
    assert_eq!(ask(&cache, &asked, *NOW + HOUR - 60 * SECOND, Some(*NOW + 2 * HOUR)), 2);
    assert_eq!(ask(&cache, &asked, *NOW + HOUR, None), 2);
}

#[test]
fn a_value_that_does_not_expire_is_asked_for_now_and_then() {
    let (cache, asked) = (Cache::default(), Cell::new(0));
    let times = [*NOW, *NOW + 899 * SECOND, *NOW + 900 * SECOND, *NOW + 901 * SECOND];
    assert_eq!(times.map(|now| ask(&cache, &asked, now, None)), [1, 1, 2, 2]);
}

#[test]
fn a_value_that_is_about_to_expire_is_used_once() {
    let (cache, asked, expiry) = (Cache::default(), Cell::new(0), Some(*NOW + 5 * SECOND));
    assert_eq!([(); 3].map(|()| ask(&cache, &asked, *NOW, expiry)), [1, 2, 3]);
}

#[test]
fn a_failure_is_told_and_not_kept() {
    let (cache, asked) = (Cache::default(), Cell::new(0));
    assert_eq!(fail(&cache, *NOW).unwrap_err().to_string(), "no luck");
    assert_eq!(ask(&cache, &asked, *NOW, None), 1);
}

#[test]
fn while_renewing_fails_the_old_value_serves_until_it_expires() {
    let (cache, asked) = (Cache::default(), Cell::new(0));
    ask(&cache, &asked, *NOW, Some(*NOW + HOUR));
    assert_eq!(fail(&cache, *NOW + HOUR - SECOND).unwrap().0, 1);
    assert!(fail(&cache, *NOW + HOUR).is_err());
}

#[test]
fn many_callers_ask_once() {
    let (cache, asked, go) = (Cache::default(), Cell::new(0), Cell::new(false));
    let slow = || {
        asked.set(asked.get() + 1);
        poll_fn(|_| if go.get() { Poll::Ready(Ok(Value(7, None))) } else { Poll::Pending })
    };
    let (mut first, mut second) = (pin!(cache.get(*NOW, slow)), pin!(cache.get(*NOW, slow)));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    go.set(true);
    assert!(poll(second.as_mut()).is_pending(), "it waits for the first");
    assert!(matches!(poll(first), Poll::Ready(Ok(Value(7, None)))));
    assert!(matches!(poll(second), Poll::Ready(Ok(Value(7, None)))));
    assert_eq!(asked.get(), 1);
}

#[test]
fn many_callers_fail_once() {
    let (cache, asked, go) = (Cache::<Value>::default(), Cell::new(0), Cell::new(false));
    let slow = || {
        asked.set(asked.get() + 1);
        poll_fn(|_| if go.get() { Poll::Ready(Err("no luck".into())) } else { Poll::Pending })
    };
    let (mut first, mut second) = (pin!(cache.get(*NOW, slow)), pin!(cache.get(*NOW, slow)));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    go.set(true);
    assert!(matches!(poll(first), Poll::Ready(Err(_))));
    assert!(matches!(poll(second), Poll::Ready(Err(_))));
    assert_eq!(asked.get(), 1);
}

#[test]
fn who_renews_is_not_waited_for_while_the_old_value_is_good() {
    let (cache, asked) = (Cache::default(), Cell::new(0));
    ask(&cache, &asked, *NOW, Some(*NOW + HOUR));
    let late = *NOW + HOUR - SECOND;
    let mut slow = pin!(cache.get(late, pending::<Result<Value, BoxError>>));
    assert!(poll(slow.as_mut()).is_pending());
    assert_eq!(ask(&cache, &asked, late, None), 1);
    let mut waiting = pin!(cache.get(*NOW + HOUR, pending::<Result<Value, BoxError>>));
    assert!(poll(waiting.as_mut()).is_pending());
}

#[test]
fn when_who_renews_gives_up_another_takes_over() {
    let (cache, asked) = (Cache::default(), Cell::new(0));
    let mut given_up = Box::pin(cache.get(*NOW, pending::<Result<Value, BoxError>>));
    assert!(poll(given_up.as_mut()).is_pending());
    drop(given_up);
    assert_eq!(ask(&cache, &asked, *NOW, None), 1);
}

/// As the blocking client waits: each thread sleeps until it is woken.
#[test]
fn threads_that_wait_are_woken() {
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
    let asked = std::sync::atomic::AtomicU32::new(0);
    let count = || asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
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
