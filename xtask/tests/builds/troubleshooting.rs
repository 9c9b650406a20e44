//! The messages of the compiler that the guide page `troubleshooting` quotes.

use crate::support::{repository, write};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A block of code that does not compile, and the lines of the compiler's message that the page quotes.
struct Example {
    code: String,
    quoted: Vec<String>,
}

#[test]
fn compiler_says_what_the_guide_quotes() {
    let page = fs::read_to_string(repository().join("runtime/src/guide/troubleshooting.md")).unwrap();
    let examples = examples(&page);
    assert!(examples.len() >= 8, "only {} blocks of code with a message", examples.len());
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("troubleshooting");
    // Without the feature `sigv4`.
    let client = repository().join("generated/signin");
    let manifest = format!(
        "[package]\nname = \"troubleshooting\"\nedition = \"2024\"\n\n[dependencies]\n\
         signin-client = {{ path = {client:?}, features = [\"blocking\"] }}\n\n[workspace]\n"
    );
    write(&program.join("Cargo.toml"), &manifest);
    fs::copy(repository().join("Cargo.lock"), program.join("Cargo.lock")).unwrap();
    for (index, example) in examples.iter().enumerate() {
        write(&program.join(format!("src/bin/example{index}.rs")), &source(&example.code));
    }
    for (index, example) in examples.iter().enumerate() {
        let message = message(&program, index);
        let mut lines = message.lines();
        for quoted in &example.quoted {
            assert!(
                lines.any(|line| line.contains(quoted.as_str())),
                "the guide quotes\n    {quoted}\nthe compiler says\n{message}"
            );
        }
    }
}

/// Returns the blocks of code that are followed by a block of text.
fn examples(page: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut code = None;
    // Every other part is the inside of a block.
    for block in page.split("```").skip(1).step_by(2) {
        let (language, inside) = block.split_once('\n').unwrap();
        match (language, code.take()) {
            ("text", Some(code)) => {
                examples.push(Example { code, quoted: inside.lines().map(str::to_owned).collect() });
            }
            _ => code = Some(inside.to_owned()),
        }
    }
    examples
}

/// Returns the code as a program, with the lines that rustdoc hides.
fn source(code: &str) -> String {
    let lines = code.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
    let (attributes, lines): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with("#!["));
    let (attributes, body) = (attributes.join("\n"), lines.join("\n"));
    match body.contains("fn renew") {
        true => format!("{attributes}\n{body}\nfn main() {{}}\n"),
        false => format!("{attributes}\nfn main() {{\n{body}\n}}\n"),
    }
}

/// Returns the compiler's message about a program that does not compile.
fn message(program: &Path, index: usize) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--color", "never", "--bin", &format!("example{index}")]);
    let output = cargo.arg("--target-dir").arg(program.join("target")).current_dir(program).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "compiles:\n{message}");
    message
}
