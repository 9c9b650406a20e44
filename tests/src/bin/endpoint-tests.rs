//! Runs the endpoint tests of all models in a directory, for `cargo xtask conformance --endpoints DIR`.

use farrier_tests::endpoint_rules::report;
use std::process::ExitCode;

/// The exit code if there are no endpoint tests to run.
const NOTHING_TO_RUN: u8 = 2;

fn main() -> ExitCode {
    let Some(directory) = std::env::args_os().nth(1) else {
        eprintln!("error: missing directory; usage: `cargo xtask conformance --endpoints DIR`");
        return ExitCode::from(NOTHING_TO_RUN);
    };
    match report::run_directory(directory.as_ref()) {
        Ok(report) => {
            print!("{}", report.text);
            if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("error: {error}");
            eprintln!(
                "help: use a directory of AWS service models in Smithy JSON AST, such as those of \
                 https://github.com/aws/api-models-aws"
            );
            ExitCode::from(NOTHING_TO_RUN)
        }
    }
}
