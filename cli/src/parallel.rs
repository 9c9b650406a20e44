//! Parallel map over a slice.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Applies a function to each item with one thread per core. Results are in the order of the items.
///
/// Items start in order of descending weight, so that the longest do not start last.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    weight: impl Fn(&T) -> u64,
    function: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    if threads < 2 {
        return items.iter().map(function).collect();
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_cached_key(|index| std::cmp::Reverse(items.get(*index).map(&weight)));
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((item, slot)) = {
                    let index = order.get(next.fetch_add(1, Ordering::Relaxed));
                    index.and_then(|index| items.get(*index).zip(results.get(*index)))
                } {
                    let result = function(item);
                    *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
                }
            });
        }
    });
    results.into_iter().filter_map(|slot| slot.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn returns_results_in_item_order() {
        let items: Vec<u32> = (0..1000).collect();
        let doubled: Vec<u32> = items.iter().map(|item| item * 2).collect();
        assert_eq!(map(&items, |item| u64::from(item % 7), |item| item * 2), doubled);
        assert!(map(&[], |_| 0, |item: &u32| *item).is_empty());
    }
}
