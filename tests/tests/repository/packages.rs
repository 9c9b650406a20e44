//! The packages that are published.

use std::path::Path;

/// Cargo packages only files below the folder of a package, and Windows does not check out symbolic links.
#[test]
fn published_packages_have_a_copy_of_the_license() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let license = std::fs::read_to_string(workspace.join("LICENSE")).unwrap();
    for package in ["cli", "codegen", "generated/signin", "runtime"] {
        let copy = std::fs::read_to_string(workspace.join(package).join("LICENSE")).unwrap();
        assert!(copy == license, "copy LICENSE to {package}/LICENSE");
    }
}
