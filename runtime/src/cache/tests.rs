use super::*;
use crate::auth::test_support::{NOW, ready};
use std::future::pending;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

#[derive(Clone, Debug, PartialEq)]
struct Value(u32, Option<SystemTime>);

impl Expiring for Value {
    fn expiry(&self) -> Option<SystemTime> {
        self.1
    }
}

type Provided = BoxFuture<'static, Result<Value, BoxError>>;

/// A provider of numbered values, and the number of its calls.
#[derive(Clone, Default)]
struct Provider {
    calls: Arc<AtomicU32>,
    /// False while [`slow`](Self::slow) has not completed.
    ready: Arc<AtomicBool>,
}

impl Provider {
    fn calls(&self) -> u32 {
        self.calls.load(Ordering::SeqCst)
    }

    fn next(&self) -> u32 {
        self.calls.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Completes when `ready` is set. `result` receives the number of the call.
    fn slow(&self, result: fn(u32) -> Result<Value, BoxError>) -> impl Fn() -> Provided + use<> {
        let provider = self.clone();
        move || {
            let (ready, call) = (Arc::clone(&provider.ready), provider.next());
            Box::pin(poll_fn(move |_| match ready.load(Ordering::SeqCst) {
                true => Poll::Ready(result(call)),
                false => Poll::Pending,
            }))
        }
    }
}

fn value(call: u32) -> Result<Value, BoxError> {
    Ok(Value(call, None))
}

/// Gets a value from the cache. The provider returns the number of its call, with this expiry.
fn get(cache: &Cache<Value>, provider: &Provider, now: SystemTime, expiry: Option<SystemTime>) -> u32 {
    let provide = || -> Provided { Box::pin(std::future::ready(Ok(Value(provider.next(), expiry)))) };
    ready(cache.get(now, provide)).unwrap().0
}

fn failure() -> Provided {
    Box::pin(async { Err("provider failed".into()) })
}

fn get_failing(cache: &Cache<Value>, now: SystemTime) -> Result<Value, SharedError> {
    ready(cache.get(now, failure))
}

fn never() -> Provided {
    Box::pin(pending())
}

fn poll<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn caches_a_value_until_shortly_before_it_expires() {
    let (cache, provider, expiry) = (Cache::default(), Provider::default(), Some(*NOW + HOUR));
    let times = [*NOW, *NOW + SECOND, *NOW + HOUR - 61 * SECOND];
    assert_eq!(times.map(|now| get(&cache, &provider, now, expiry)), [1, 1, 1]);
    assert_eq!(get(&cache, &provider, *NOW + HOUR - 60 * SECOND, Some(*NOW + 2 * HOUR)), 2);
    assert_eq!(get(&cache, &provider, *NOW + HOUR, None), 2);
}

#[test]
fn renews_a_value_without_expiry_after_the_default_lifetime() {
    let (cache, provider) = (Cache::default(), Provider::default());
    let times = [*NOW, *NOW + 899 * SECOND, *NOW + 900 * SECOND, *NOW + 901 * SECOND];
    assert_eq!(times.map(|now| get(&cache, &provider, now, None)), [1, 1, 2, 2]);
}

#[test]
fn does_not_cache_a_value_that_is_about_to_expire() {
    let (cache, provider, expiry) = (Cache::default(), Provider::default(), Some(*NOW + 5 * SECOND));
    assert_eq!([(); 3].map(|()| get(&cache, &provider, *NOW, expiry)), [1, 2, 3]);
}

#[test]
fn returns_but_does_not_cache_an_error() {
    let (cache, provider) = (Cache::default(), Provider::default());
    assert_eq!(get_failing(&cache, *NOW).unwrap_err().to_string(), "provider failed");
    assert_eq!(get(&cache, &provider, *NOW, None), 1);
}

#[test]
fn returns_the_old_value_until_it_expires_while_renewing_fails() {
    let (cache, provider) = (Cache::default(), Provider::default());
    get(&cache, &provider, *NOW, Some(*NOW + HOUR));
    assert_eq!(get_failing(&cache, *NOW + HOUR - SECOND).unwrap().0, 1);
    assert!(get_failing(&cache, *NOW + HOUR).is_err());
}

#[test]
fn concurrent_callers_share_one_value() {
    let (cache, provider) = (Cache::default(), Provider::default());
    let slow = provider.slow(value);
    let (mut first, mut second) = (pin!(cache.get(*NOW, &slow)), pin!(cache.get(*NOW, &slow)));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    provider.ready.store(true, Ordering::SeqCst);
    assert!(poll(second.as_mut()).is_pending(), "waits for the first caller");
    assert!(matches!(poll(first), Poll::Ready(Ok(Value(1, None)))));
    assert!(matches!(poll(second), Poll::Ready(Ok(Value(1, None)))));
    assert_eq!(provider.calls(), 1);
}

#[test]
fn concurrent_callers_share_one_error() {
    let (cache, provider) = (Cache::<Value>::default(), Provider::default());
    let slow = provider.slow(|_| Err("provider failed".into()));
    let (mut first, mut second) = (pin!(cache.get(*NOW, &slow)), pin!(cache.get(*NOW, &slow)));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    provider.ready.store(true, Ordering::SeqCst);
    assert!(matches!(poll(first), Poll::Ready(Err(_))));
    assert!(matches!(poll(second), Poll::Ready(Err(_))));
    assert_eq!(provider.calls(), 1);
}

/// Starts a load and drops its caller.
fn abandon(cache: &Cache<Value>, now: SystemTime, provide: impl Fn() -> Provided) {
    let mut caller = Box::pin(cache.get(now, provide));
    assert!(poll(caller.as_mut()).is_pending());
}

#[test]
fn next_caller_continues_an_abandoned_load() {
    let (cache, provider) = (Cache::default(), Provider::default());
    let slow = provider.slow(value);
    (0..3).for_each(|_| abandon(&cache, *NOW, &slow));
    provider.ready.store(true, Ordering::SeqCst);
    assert_eq!(ready(cache.get(*NOW + 50 * SECOND, &slow)).unwrap().0, 1);
    assert_eq!(provider.calls(), 1);
}

#[test]
fn waiting_caller_continues_an_abandoned_load() {
    let (cache, provider) = (Cache::default(), Provider::default());
    let slow = provider.slow(value);
    let mut first = Box::pin(cache.get(*NOW, &slow));
    let mut second = pin!(cache.get(*NOW, &slow));
    assert!(poll(first.as_mut()).is_pending() && poll(second.as_mut()).is_pending());
    drop(first);
    provider.ready.store(true, Ordering::SeqCst);
    assert!(matches!(poll(second), Poll::Ready(Ok(Value(1, None)))));
    assert_eq!(provider.calls(), 1);
}

#[test]
fn load_is_not_continued_after_a_long_pause() {
    let load = Load { future: never(), runtime: RuntimeId::current() };
    assert!(load.can_continue(60 * SECOND));
    assert!(!load.can_continue(61 * SECOND));
}

#[test]
fn abandoned_load_that_fails_is_started_anew() {
    let (cache, provider) = (Cache::default(), Provider::default());
    let slow = provider.slow(|call| if call == 1 { Err("connection closed".into()) } else { value(call) });
    abandon(&cache, *NOW, &slow);
    provider.ready.store(true, Ordering::SeqCst);
    assert_eq!(ready(cache.get(*NOW, &slow)).unwrap().0, 2);
    let failing = Cache::<Value>::default();
    abandon(&failing, *NOW, never);
    failing.lock().abandoned.as_mut().unwrap().0.future = failure();
    assert!(get_failing(&failing, *NOW).is_err());
}

/// Timers and sockets of a runtime do not work in another one.
#[cfg(feature = "async")]
#[test]
fn load_of_another_runtime_is_started_anew() {
    let (cache, provider) = (Cache::default(), Provider::default());
    let slow = provider.slow(value);
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime().block_on(async { abandon(&cache, *NOW, &slow) });
    provider.ready.store(true, Ordering::SeqCst);
    assert_eq!(runtime().block_on(cache.get(*NOW, &slow)).unwrap().0, 2);
}

#[test]
fn load_that_panicked_is_started_anew() {
    let (cache, provider) = (Cache::default(), Provider::default());
    let panicking = || -> Provided { Box::pin(async { panic!("the provider has a bug") }) };
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| ready(cache.get(*NOW, panicking))));
    assert!(result.is_err());
    assert_eq!(get(&cache, &provider, *NOW, None), 1);
}

#[test]
fn returns_the_old_value_during_a_renewal_until_it_expires() {
    let (cache, provider) = (Cache::default(), Provider::default());
    get(&cache, &provider, *NOW, Some(*NOW + HOUR));
    let renewal_due = *NOW + HOUR - SECOND;
    let mut slow = pin!(cache.get(renewal_due, never));
    assert!(poll(slow.as_mut()).is_pending());
    assert_eq!(get(&cache, &provider, renewal_due, None), 1);
    let mut waiting = pin!(cache.get(*NOW + HOUR, never));
    assert!(poll(waiting.as_mut()).is_pending());
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
    let (cache, provider) = (Cache::default(), Provider::default());
    let provide = || -> Provided {
        let (mut yielded, provider) = (false, provider.clone());
        Box::pin(poll_fn(move |context| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(Ok(Value(provider.next(), None)));
            }
            context.waker().wake_by_ref();
            Poll::Pending
        }))
    };
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| assert_eq!(block_on(cache.get(*NOW, provide)).unwrap().0, 1));
        }
    });
}
