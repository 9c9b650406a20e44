//! The checkout that this program works in.

use farrier::config::FILE;
use std::path::{Path, PathBuf};

/// Returns the root of the checkout: the nearest ancestor of the current directory with a `farrier.toml`, or else the
/// checkout that this program was built from.
pub fn root() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let found = here.ancestors().find(|directory| directory.join(FILE).is_file());
    found.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), Path::to_path_buf)
}
