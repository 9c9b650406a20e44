//! The examples run anywhere and print the same on every run. The README shows what they print.

use std::process::Command;

fn run(example: &str) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "farrier-tests", "--example", example])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn redeem_code_prints_the_answer_and_the_error() {
    let expected = "\
Signed in. The credentials are valid for 900 seconds.
CreateOAuth2TokenResponseBody {
    accessToken: ** redacted **,
    tokenType: \"aws_sigv4\",
    expiresIn: 900,
    refreshToken: ** redacted **,
    idToken: ** redacted **,
}

Once more: CreateOAuth2Token: AccessDeniedException: The authorization code is no longer valid \
(HTTP 401, request id 00000000-0000-4000-8000-000000000002)
  request id: 00000000-0000-4000-8000-000000000002
  worth a retry: false
  to do: sign in again
";
    assert_eq!(run("redeem_code"), expected);
}

#[test]
fn refresh_token_prints_the_answer() {
    let expected = "\
Refreshed. The credentials are valid for 900 seconds.
HTTP 200 OK, attempt 1
CreateOAuth2TokenResponseBody {
    accessToken: ** redacted **,
    tokenType: \"aws_sigv4\",
    expiresIn: 900,
    refreshToken: ** redacted **,
}
";
    assert_eq!(run("refresh_token"), expected);
}
