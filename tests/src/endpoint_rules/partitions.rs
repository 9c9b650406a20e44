//! Facts of partitions that have changed since some models were written.

use farrier_runtime::endpoint::{PARTITIONS, Partition};
use std::sync::LazyLock;

/// The isolated partitions had no dual stack at first, and the cases of models from before then expect errors;
/// newer ones expect endpoints there.
pub(super) static EARLIER: LazyLock<&'static [Partition]> = LazyLock::new(|| {
    let earlier = |partition: &Partition| {
        let is_isolated = partition.name.starts_with("aws-iso");
        Partition { supports_dual_stack: partition.supports_dual_stack && !is_isolated, ..partition.clone() }
    };
    super::leak(PARTITIONS.iter().map(earlier).collect())
});
