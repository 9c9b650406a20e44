//! A cache for the value that a provider returns, such as an identity.

use crate::boxed::{BoxError, BoxFuture};
use crate::system;
use std::error::Error;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

/// The time before its expiry at which a value is renewed. Allows for the latency of requests and for clock
/// skew.
const RENEW_BEFORE_EXPIRY: Duration = Duration::from_secs(60);

/// The lifetime of a value without an expiry.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(15 * 60);

/// The longest time without a caller after which a load is continued. Later, its connections have probably
/// been closed.
const MAX_PAUSE: Duration = Duration::from_secs(60);

/// A provider's error, shared by all callers that waited for it.
pub(crate) type SharedError = Arc<dyn Error + Send + Sync>;

/// A value with an optional expiry.
pub(crate) trait Expiring: Clone {
    /// Returns the time at which the value expires, if known.
    fn expiry(&self) -> Option<SystemTime>;

    fn is_expired(&self, now: SystemTime) -> bool {
        self.expiry().is_some_and(|expiry| expiry <= now)
    }
}

/// The last value of a provider. One caller renews it while the others wait, or use the old value until it
/// expires. It needs no async runtime: the renewing caller wakes the waiting ones.
///
/// The future of the provider stays here if its caller is cancelled, and the next caller continues it. So a
/// provider that takes longer than the timeout of a call gets done after a few calls. Without a clock, which tells
/// how long the future was paused, it is dropped.
pub(crate) struct Cache<T> {
    state: Mutex<State<T>>,
    keeps_loads: bool,
}

struct State<T> {
    cached: Option<CachedValue<T>>,
    /// The number of loads that were started.
    round: u64,
    renewing: bool,
    /// The load of a caller that was cancelled, and the time of that.
    abandoned: Option<(Load<T>, Instant)>,
    /// The last round that failed, with its error.
    failed: Option<(u64, SharedError)>,
    waiting: Vec<Waker>,
}

struct CachedValue<T> {
    value: T,
    renew_at: Option<SystemTime>,
}

/// The future of a provider.
struct Load<T> {
    future: BoxFuture<'static, Result<T, BoxError>>,
    runtime: RuntimeId,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        let state = State {
            cached: None,
            round: 0,
            renewing: false,
            abandoned: None,
            failed: None,
            waiting: Vec::new(),
        };
        Self { state: Mutex::new(state), keeps_loads: true }
    }
}

impl<T> Cache<T> {
    /// Creates a cache that drops the future of the provider with its caller. The future may then contain what
    /// the cache is part of.
    pub(crate) fn without_loads() -> Self {
        Self { keeps_loads: false, ..Self::default() }
    }
}

impl<T: Expiring> Cache<T> {
    /// Returns the cached value, or the result of `provide` if there is none or it is due for renewal.
    pub(crate) async fn get(
        &self,
        now: SystemTime,
        provide: impl Fn() -> BoxFuture<'static, Result<T, BoxError>>,
    ) -> Result<T, SharedError> {
        let mut joined = None;
        let mut renewal = match poll_fn(|context| self.poll(context, now, &mut joined)).await {
            Lookup::Done(result) => return result,
            Lookup::Renew(renewal) => renewal,
        };
        let continued = renewal.load.is_some();
        let result = match renewal.load(&provide).await {
            // The pause may be the reason, for example of a timeout.
            Err(_) if continued => renewal.load(&provide).await,
            result => result,
        };
        renewal.finish(result, now)
    }

    /// `joined` is the round that the caller is waiting for.
    fn poll(&self, context: &Context<'_>, now: SystemTime, joined: &mut Option<u64>) -> Poll<Lookup<'_, T>> {
        let mut state = self.lock();
        let state = &mut *state;
        if let Some(cached) = &state.cached {
            let others_renew = state.renewing && state.unexpired(now).is_some();
            if cached.renew_at.is_none_or(|time| now < time) || others_renew {
                return Poll::Ready(Lookup::Done(Ok(cached.value.clone())));
            }
        }
        if state.renewing {
            *joined = Some(state.round);
            if !state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                state.waiting.push(context.waker().clone());
            }
            return Poll::Pending;
        }
        if let Some((_, error)) = state.failed.as_ref().filter(|(round, _)| *joined == Some(*round)) {
            return Poll::Ready(Lookup::Done(Err(Arc::clone(error))));
        }
        state.renewing = true;
        let load = state.abandoned.take().filter(|(load, at)| load.can_continue(at.elapsed()));
        let load = load.map(|(load, _)| load);
        if load.is_none() {
            state.round += 1;
        }
        Poll::Ready(Lookup::Renew(Renewal { cache: self, load }))
    }
}

impl<T> Cache<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Expiring> State<T> {
    /// Returns the cached value if it has an expiry in the future.
    fn unexpired(&self, now: SystemTime) -> Option<T> {
        let value = &self.cached.as_ref()?.value;
        value.expiry().filter(|expiry| now < *expiry).map(|_| value.clone())
    }
}

impl<T> Load<T> {
    /// Returns true if the load can be continued after a pause: it belongs to this async runtime, without which
    /// its timers and sockets do not work, and the pause was short.
    fn can_continue(&self, pause: Duration) -> bool {
        pause <= MAX_PAUSE && self.runtime == RuntimeId::current()
    }
}

/// The tokio runtime of the current thread, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RuntimeId(#[cfg(feature = "async")] Option<tokio::runtime::Id>);

impl RuntimeId {
    #[cfg(feature = "async")]
    fn current() -> Self {
        Self(tokio::runtime::Handle::try_current().ok().map(|runtime| runtime.id()))
    }

    #[cfg(not(feature = "async"))]
    fn current() -> Self {
        Self()
    }
}

enum Lookup<'c, T> {
    Done(Result<T, SharedError>),
    Renew(Renewal<'c, T>),
}

/// The exclusive right to renew the value. If it is dropped unfinished, its load stays in the cache and a
/// waiting caller takes over.
struct Renewal<'c, T> {
    cache: &'c Cache<T>,
    load: Option<Load<T>>,
}

impl<T: Expiring> Renewal<'_, T> {
    /// Completes the load, which is started if there is none.
    async fn load(
        &mut self,
        provide: impl Fn() -> BoxFuture<'static, Result<T, BoxError>>,
    ) -> Result<T, BoxError> {
        let start = || Load { future: provide(), runtime: RuntimeId::current() };
        let result = self.load.get_or_insert_with(start).future.as_mut().await;
        self.load = None;
        result
    }

    fn finish(self, result: Result<T, BoxError>, now: SystemTime) -> Result<T, SharedError> {
        let mut state = self.cache.lock();
        match result {
            Ok(value) => {
                let renew_at = match value.expiry() {
                    Some(expiry) => expiry.checked_sub(RENEW_BEFORE_EXPIRY).or(Some(expiry)),
                    None => now.checked_add(DEFAULT_LIFETIME),
                };
                state.cached = Some(CachedValue { value: value.clone(), renew_at });
                Ok(value)
            }
            Err(error) => {
                let error = SharedError::from(error);
                state.failed = Some((state.round, Arc::clone(&error)));
                state.unexpired(now).ok_or(error)
            }
        }
    }
}

impl<T> Drop for Renewal<'_, T> {
    fn drop(&mut self) {
        let mut state = self.cache.lock();
        state.renewing = false;
        // A future that panicked must not be polled again.
        let keeps_load = self.cache.keeps_loads && !std::thread::panicking();
        let load = self.load.take().filter(|_| keeps_load);
        let load = load.zip(system::instant());
        let replaced = std::mem::replace(&mut state.abandoned, load);
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        // Code of the provider, which may access the cache.
        drop(replaced);
        waiting.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests;
