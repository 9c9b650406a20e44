//! Output of the examples, and the copies of examples and output in the README.

use farrier_tests::cargo::{cargo, stdout_of};
use std::process::Command;

/// Returns the output of an example. Cargo builds the examples together with the tests, unless it builds
/// a single test target.
fn run(example: &str) -> String {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(|deps| deps.parent()).unwrap();
    let built = profile.join("examples").join(format!("{example}{}", std::env::consts::EXE_SUFFIX));
    if built.exists() {
        return stdout_of(&mut Command::new(built));
    }
    let mut run = cargo(env!("CARGO_MANIFEST_DIR"));
    stdout_of(run.args(["run", "--quiet", "--package", "farrier-tests", "--example", example]))
}

#[test]
fn redeem_code_prints_output_and_error() {
    let expected = "\
Signed in. The credentials are valid for 900 seconds.
CreateOAuth2TokenResponseBody {
    access_token: ** redacted **,
    token_type: \"aws_sigv4\",
    expires_in: 900,
    refresh_token: ** redacted **,
    id_token: ** redacted **,
}

Error: CreateOAuth2Token: AccessDeniedException: The authorization code is no longer valid \
(HTTP 401, request id 00000000-0000-4000-8000-000000000002)
  request id: 00000000-0000-4000-8000-000000000002
  retryable: false
  action: sign in again
";
    assert_eq!(run("redeem_code"), expected);
}

#[test]
fn refresh_token_prints_the_output() {
    let expected = "\
Refreshed. The credentials are valid for 900 seconds.
HTTP 200 OK, attempt 1
CreateOAuth2TokenResponseBody {
    access_token: ** redacted **,
    token_type: \"aws_sigv4\",
    expires_in: 900,
    refresh_token: ** redacted **,
}
";
    assert_eq!(run("refresh_token"), expected);
}

#[test]
fn dpop_prints_the_number_of_verified_proofs() {
    let expected = "\
HTTP 200 OK, attempt 2
The server verified 2 different proofs.
";
    assert_eq!(run("dpop"), expected);
}

#[test]
fn blocking_prints_the_output() {
    assert_eq!(run("blocking"), "Refreshed. The credentials are valid for 900 seconds.\n");
}

#[test]
fn readme_contains_the_examples_and_their_output() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let readme = std::fs::read_to_string(format!("{root}/README.md")).unwrap();
    for example in ["redeem_code", "refresh_token"] {
        let source = std::fs::read_to_string(format!("{root}/tests/examples/{example}.rs")).unwrap();
        let code: Vec<_> = source.lines().filter(|line| !line.starts_with("//!")).collect();
        let code = code.join("\n");
        assert!(readme.contains(&format!("```rust\n{}\n```", code.trim())), "the source of {example}");
        assert!(readme.contains(&format!("```text\n{}```", run(example))), "the output of {example}");
    }
}
