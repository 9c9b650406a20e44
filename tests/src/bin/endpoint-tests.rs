//! The endpoint tests of every model in a folder: what `cargo xtask conformance --endpoints DIR` runs.

use farrier_tests::endpoint_rules::report;
use std::process::ExitCode;

/// What is wrong is how the program was called, or where.
const NOTHING_TO_RUN: u8 = 2;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("error: which folder? `cargo xtask conformance --endpoints DIR`");
        return ExitCode::from(NOTHING_TO_RUN);
    };
    match report::of_folder(folder.as_ref()) {
        Ok(report) => {
            print!("{}", report.text);
            if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("error: {error}");
            eprintln!(
                "help: any folder with AWS service models as Smithy JSON AST will do, such as those of \
                 https://github.com/aws/api-models-aws"
            );
            ExitCode::from(NOTHING_TO_RUN)
        }
    }
}
