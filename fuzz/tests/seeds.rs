//! The seeds of the corpus, without libFuzzer. Among them is every input that was once a finding.

use std::path::Path;

/// In one test, since the memory that is counted is the whole program's.
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
            let path = seed.expect("the folder can be read").path();
            println!("{}", path.display());
            run(&std::fs::read(path).expect("a seed is a file"));
            seeds += 1;
        }
        assert!(seeds > 0, "{target} has no seeds");
    }
}
