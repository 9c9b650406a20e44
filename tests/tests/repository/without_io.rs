//! A program without a client: requests and responses need neither sockets, nor the clocks and the random number
//! generator of the system.

use crate::program::{Program, workspace};
use farrier_tests::cargo::stdout_of;
use std::path::{Path, PathBuf};

/// The output of the program.
const OUTPUT: &str = "\
Once: could not serialize the request: token: could not generate an idempotency token: set the member, or `RequestOptions::idempotency_tokens`
POST https://example.com/once {\"token\":\"injected\"}
x-key: Key secret
retryable: true, retry after: None
with `Date`: Some(2s)
2069-04-09T05:44:08Z
1970-04-09T05:44:08Z
mock: 200 OK
";

/// Code that only a call reaches, which needs a client.
const CODE_OF_CALLS: &[&str] = &["client", "transport", "block_on.rs", "system.rs"];

const CLOCKS: &[&str] = &["SystemTime::now", "Instant::now", "thread::sleep", "getrandom"];

#[test]
fn program_without_a_client_builds_requests_and_parses_responses() {
    let snapshots = workspace().join("tests/snapshots");
    let dependencies = format!(
        r#"http = "1"
snapshot-auth = {{ path = '{}', default-features = false }}
snapshot-requests = {{ path = '{}', default-features = false }}
"#,
        snapshots.join("auth/crate").display(),
        snapshots.join("requests/crate").display()
    );
    let program = Program::write("without_io", &dependencies, include_str!("programs/without_io.rs"));
    assert_eq!(stdout_of(&mut program.cargo(&["run", "--quiet"])), OUTPUT);
}

/// On `wasm32-unknown-unknown` the clocks panic, and there is no random number generator.
#[test]
fn only_calls_use_the_clocks_and_the_random_number_generator() {
    let source = workspace().join("runtime/src");
    let mut found = Vec::new();
    for path in rust_files(&source) {
        let name = path.strip_prefix(&source).unwrap();
        if CODE_OF_CALLS.iter().any(|start| name.starts_with(start)) || name.ends_with("tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        let used = code.filter(|(_, line)| CLOCKS.iter().any(|clock| line.contains(clock)));
        found.extend(used.map(|(index, line)| format!("{}:{}: {}", name.display(), index + 1, line.trim())));
    }
    // `Timestamp::now` exists with a client only.
    assert_eq!(found.len(), 1, "use `crate::system` instead: {found:#?}");
    assert!(found[0].starts_with("types") && found[0].ends_with("SystemTime::now().into()"), "{found:?}");
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
