//! The discovered endpoints of a client, with a cache.

mod shapes;

pub(super) use shapes::{Input, Output};

use crate::cache::{Cache, Expiring};
use http::Uri;
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::SystemTime;

/// The number of calls with different identities, operations or identifiers whose endpoints are cached.
const MAX_CACHED: usize = 1000;

/// The discovered endpoints of a client.
pub(super) struct DiscoveredEndpoints {
    /// Set by the user. `None` for the default: only operations that require it use discovery.
    pub(super) enabled: Option<bool>,
    /// The endpoints by key. Created with the first one, so that programs without discovery do not contain its code.
    cached: OnceLock<Box<dyn Any + Send + Sync>>,
}

type ByKey = Mutex<HashMap<Key, Arc<Cached>>>;

#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) access_key_id: Option<String>,
    /// The region, if it is the call's own.
    pub(super) region: Option<String>,
    pub(super) input: Input,
}

/// The endpoints for one key.
pub(super) struct Cached {
    pub(super) cache: Cache<Discovered>,
    /// The last endpoint, which is used while discovery fails.
    pub(super) last: Mutex<Option<Uri>>,
}

/// An endpoint, or `None` if the one of the endpoint rules is used for now.
#[derive(Clone, Debug)]
pub(super) struct Discovered {
    pub(super) uri: Option<Uri>,
    pub(super) expiry: Option<SystemTime>,
}

impl Expiring for Discovered {
    fn expiry(&self) -> Option<SystemTime> {
        self.expiry
    }
}

impl DiscoveredEndpoints {
    pub(super) fn new(enabled: Option<bool>) -> Self {
        Self { enabled, cached: OnceLock::new() }
    }

    /// Returns the endpoints for a key, which may not be requested yet.
    pub(super) fn entry(&self, key: &Key) -> Arc<Cached> {
        let new = || Arc::new(Cached { cache: Cache::without_loads(), last: Mutex::default() });
        let Some(mut cached) = self.by_key() else { return new() };
        if let Some(entry) = cached.get(key) {
            return Arc::clone(entry);
        }
        if cached.len() >= MAX_CACHED {
            cached.clear();
        }
        let entry = new();
        cached.insert(key.clone(), Arc::clone(&entry));
        entry
    }

    fn by_key(&self) -> Option<MutexGuard<'_, HashMap<Key, Arc<Cached>>>> {
        let cached = self.cached.get_or_init(|| Box::new(ByKey::default()));
        Some(cached.downcast_ref::<ByKey>()?.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Forgets the endpoints for a key.
    pub(super) fn remove(&self, key: &Key) {
        if let Some(mut cached) = self.by_key() {
            cached.remove(key);
        }
    }
}
