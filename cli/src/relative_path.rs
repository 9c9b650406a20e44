//! Relative paths between directories, for manifests that hold on every machine.

use std::path::{Component, Path, PathBuf};

/// Returns the path from one directory to another, with `/` as the separator. `None` if there is none: they are on
/// different drives of Windows.
///
/// Links in the existing part of both paths are resolved, since a relative path starts at the directory itself.
pub fn relative_path(from: &Path, to: &Path) -> Option<String> {
    let (from, to) = (resolved(from), resolved(to));
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    let mut is_first = true;
    while let (Some(a), Some(b)) = (from.peek(), to.peek()) {
        if a != b {
            break;
        }
        is_first = false;
        from.next();
        to.next();
    }
    if is_first {
        return None;
    }
    let up = from.map(|_| "..".to_owned());
    let down = to.map(|component| component.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// Returns an absolute path without links in its existing part, and without `.` and `..`.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        if let Ok(found) = std::fs::canonicalize(existing) {
            return normal(&missing.into_iter().rev().fold(found, |path: PathBuf, name| path.join(name)));
        }
        match (existing.parent(), existing.components().next_back()) {
            (Some(parent), Some(last)) => {
                missing.push(last.as_os_str());
                existing = parent;
            }
            _ => return normal(&absolute),
        }
    }
}

fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normal.pop()),
            component => normal.push(component),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relative(from: &str, to: &str) -> String {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(directory.path().join("src/farrier/runtime")).unwrap();
        relative_path(&directory.path().join(from), &directory.path().join(to)).unwrap()
    }

    #[test]
    fn leads_from_one_directory_to_another() {
        for (from, expected) in [
            ("src/farrier/generated/signin", "../../runtime"),
            ("src/farrier/./a//b/../c", "../../runtime"),
            ("src/farrier2/x", "../../farrier/runtime"),
            ("out", "../src/farrier/runtime"),
            ("src/farrier", "runtime"),
            ("src/farrier/runtime", "."),
        ] {
            assert_eq!(relative(from, "src/farrier/runtime"), expected, "{from}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn starts_at_the_directory_that_a_link_leads_to() {
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name);
        std::fs::create_dir_all(path("deep/er/target")).unwrap();
        std::os::unix::fs::symlink(path("deep/er/target"), path("link")).unwrap();
        assert_eq!(relative_path(&path("link/crate"), &path("runtime")).unwrap(), "../../../../runtime");
    }
}
