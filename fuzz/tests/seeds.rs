//! Runs the seeds of the corpus without libFuzzer. They include every input that has failed before.

use std::path::Path;

/// A single test, since the memory of the whole process is counted.
#[test]
fn seeds_pass() {
    for (target, run) in [
        ("json", farrier_fuzz::json as fn(&[u8])),
        ("cbor", farrier_fuzz::cbor),
        ("headers", farrier_fuzz::headers),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
        let mut seeds = 0;
        for seed in folder.read_dir().expect("the target has seeds") {
            let path = seed.expect("the directory can be read").path();
            println!("{}", path.display());
            run(&std::fs::read(path).expect("a seed is a file"));
            seeds += 1;
        }
        assert!(seeds > 0, "{target} has no seeds");
    }
}
