//! The path of the runtime that a generated manifest contains, for paths of Unix and Windows.

/// The path syntax of a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    Unix,
    Windows,
}

impl Syntax {
    /// The syntax of the system that this program runs on.
    pub(crate) const NATIVE: Self = if cfg!(windows) { Self::Windows } else { Self::Unix };
}

/// Returns the path of `runtime` in the checkout `root` for a crate in `out`, with `/` as the separator: relative if
/// the crate is inside the checkout, otherwise absolute.
///
/// Both paths must be absolute. `root` may be canonicalized; the verbatim prefix `\\?\` that Windows adds is removed.
pub(crate) fn runtime_path(root: &str, out: &str, syntax: Syntax) -> String {
    let (root, out) = (Absolute::parse(root, syntax), Absolute::parse(out, syntax));
    match out.depth_below(&root, syntax) {
        Some(depth) => "../".repeat(depth) + "runtime",
        None => root.to_text() + "/runtime",
    }
}

/// Returns the absolute path of `runtime` in the checkout `root`, with `/` as the separator.
pub(crate) fn absolute_runtime_path(root: &str, syntax: Syntax) -> String {
    Absolute::parse(root, syntax).to_text() + "/runtime"
}

/// An absolute path without `.`, `..` and repeated separators.
struct Absolute {
    /// Empty on Unix; `C:` or `//server/share` on Windows.
    prefix: String,
    names: Vec<String>,
}

impl Absolute {
    fn parse(path: &str, syntax: Syntax) -> Self {
        let mut rest = path.to_owned();
        let mut prefix = String::new();
        if syntax == Syntax::Windows {
            rest = rest.replace('\\', "/");
            if let Some(share) = rest.strip_prefix("//?/UNC/") {
                rest = format!("//{share}");
            } else if let Some(plain) = rest.strip_prefix("//?/") {
                rest = plain.to_owned();
            }
            // A share's prefix is two names, a drive's is one.
            let (start, length) = if rest.starts_with("//") { (2, 2) } else { (0, 1) };
            let end =
                rest[start..].match_indices('/').nth(length - 1).map_or(rest.len(), |(at, _)| start + at);
            prefix = rest[..end].to_owned();
            rest = rest[end..].to_owned();
        }
        let mut names: Vec<String> = Vec::new();
        for name in rest.split('/') {
            match name {
                "" | "." => {}
                ".." => drop(names.pop()),
                name => names.push(name.to_owned()),
            }
        }
        Self { prefix, names }
    }

    fn to_text(&self) -> String {
        self.names.iter().fold(self.prefix.clone(), |text, name| text + "/" + name)
    }

    /// Returns the number of directories between `root` and this path, if this path is inside `root`.
    fn depth_below(&self, root: &Self, syntax: Syntax) -> Option<usize> {
        let same = |a: &str, b: &str| match syntax {
            Syntax::Unix => a == b,
            Syntax::Windows => a.eq_ignore_ascii_case(b),
        };
        let depth = self.names.len().checked_sub(root.names.len())?;
        let inside =
            same(&self.prefix, &root.prefix) && self.names.iter().zip(&root.names).all(|(a, b)| same(a, b));
        inside.then_some(depth)
    }
}

#[cfg(test)]
mod tests {
    use super::Syntax::{Unix, Windows};
    use super::runtime_path;

    #[test]
    fn unix_paths_inside_the_checkout_are_relative() {
        assert_eq!(runtime_path("/src/farrier", "/src/farrier/generated/signin", Unix), "../../runtime");
        assert_eq!(runtime_path("/src/farrier", "/src/farrier/./a//b/../c", Unix), "../../runtime");
        assert_eq!(runtime_path("/", "/out", Unix), "../runtime");
    }

    #[test]
    fn unix_paths_outside_the_checkout_are_absolute() {
        assert_eq!(runtime_path("/src/farrier", "/src/farrier2/x", Unix), "/src/farrier/runtime");
        assert_eq!(runtime_path("/src/farrier", "/src/farrier/../x", Unix), "/src/farrier/runtime");
        assert_eq!(runtime_path("/src/with\\backslash", "/out", Unix), "/src/with\\backslash/runtime");
    }

    #[test]
    fn windows_paths_inside_the_checkout_are_relative() {
        let root = r"\\?\C:\src\farrier";
        assert_eq!(runtime_path(root, r"C:\src\farrier\generated\signin", Windows), "../../runtime");
        assert_eq!(runtime_path(root, r"c:\Src\farrier\out", Windows), "../runtime");
        assert_eq!(runtime_path(root, r"C:/src/farrier\a\..\b", Windows), "../runtime");
        let share = r"\\?\UNC\server\share\farrier";
        assert_eq!(runtime_path(share, r"\\server\share\farrier\out", Windows), "../runtime");
    }

    #[test]
    fn windows_paths_outside_the_checkout_are_absolute_without_the_verbatim_prefix() {
        let root = r"\\?\C:\src\farrier";
        assert_eq!(runtime_path(root, r"C:\out", Windows), "C:/src/farrier/runtime");
        assert_eq!(runtime_path(root, r"D:\src\farrier\out", Windows), "C:/src/farrier/runtime");
        let share = r"\\?\UNC\server\share\farrier";
        assert_eq!(runtime_path(share, r"C:\out", Windows), "//server/share/farrier/runtime");
    }
}
