//! Messages of the commands: for people, or as JSON for programs.

use crate::crate_files::Comparison;
use crate::diff;
use crate::generate::Failure;
use crate::report::{Style, render, render_plain};
use farrier_codegen::{Generated, Source, Span};
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};

/// Prints a line to the standard output. Unlike `println!`, it does not panic if nobody reads it.
macro_rules! say {
    ($($argument:tt)*) => {{
        let _ = std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", format_args!($($argument)*)));
    }};
}
pub(super) use say;

/// Prints text without a line break to the standard output, at once.
macro_rules! say_part {
    ($($argument:tt)*) => {{
        let _ = std::io::Write::write_fmt(&mut std::io::stdout(), format_args!($($argument)*));
        let _ = std::io::stdout().flush();
    }};
}

/// Prints a line to the standard error stream.
macro_rules! warn {
    ($($argument:tt)*) => {{
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{}\n", format_args!($($argument)*)));
    }};
}

/// The format of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// Text for people
    Human,
    /// A JSON object on each line of the standard output
    Json,
}

/// The place of messages.
#[derive(Debug)]
pub struct Output {
    format: MessageFormat,
    shows_progress: bool,
}

/// The result of writing a crate.
pub(super) struct Summary {
    pub(super) lines: usize,
    pub(super) milliseconds: u128,
    pub(super) written: usize,
    pub(super) removed: usize,
    /// Files of the user in the place of generated ones.
    pub(super) kept: Vec<String>,
}

impl Output {
    /// Creates the output of a command.
    pub fn new(format: MessageFormat) -> Self {
        let shows_progress = format == MessageFormat::Human && std::io::stdout().is_terminal();
        Self { format, shows_progress }
    }

    /// Shows the crate that is being generated, on a line that later ones replace.
    pub(super) fn progress(&self, number: usize, count: usize, out: &str) {
        if self.shows_progress && count > 1 {
            say_part!("\r\x1b[K[{number}/{count}] {out}");
        }
    }

    /// Removes the line of the progress.
    pub(super) fn end_progress(&self) {
        if self.shows_progress {
            say_part!("\r\x1b[K");
        }
    }

    /// Prints the reason why a crate could not be generated.
    pub(super) fn failure(&self, failure: &Failure) {
        match (self.format, failure) {
            (MessageFormat::Human, Failure::Files(error)) => warn!("error: {error}"),
            (MessageFormat::Human, Failure::Model { diagnostics, sources }) => {
                warn!("{}", render(diagnostics, sources, Style::of_stderr()));
            }
            (MessageFormat::Json, Failure::Files(error)) => {
                print_json(
                    &json!({"reason": "diagnostic", "level": "error", "message": error.to_string(), "spans": []}),
                );
            }
            (MessageFormat::Json, Failure::Model { diagnostics, sources }) => {
                for diagnostic in diagnostics.iter() {
                    let mut spans = vec![span(diagnostic.span, &diagnostic.label, true, sources)];
                    spans.extend(
                        diagnostic.related.iter().map(|(at, label)| span(*at, label, false, sources)),
                    );
                    print_json(&json!({
                        "reason": "diagnostic",
                        "level": "error",
                        "message": diagnostic.message,
                        "spans": spans.into_iter().flatten().collect::<Vec<_>>(),
                        "help": diagnostic.help,
                        "rendered": render_plain(diagnostic, sources),
                    }));
                }
            }
        }
    }

    /// Prints the result of writing a crate.
    pub(super) fn written(&self, out: &str, generated: &Generated, summary: &Summary) {
        let Summary { lines, milliseconds, written, removed, kept } = summary;
        if self.format == MessageFormat::Json {
            print_json(&json!({
                "reason": "generated",
                "out": out,
                "shapes": generated.shapes,
                "operations": generated.operations,
                "files": generated.files.len(),
                "lines": lines,
                "milliseconds": u64::try_from(*milliseconds).unwrap_or(u64::MAX),
                "written": written,
                "removed": removed,
                "kept": kept,
                "skipped": generated.skipped,
            }));
            return;
        }
        for line in &generated.skipped {
            say!("skipped: {line}");
        }
        for path in kept {
            say!("kept: `{out}/{path}` has no header of generated files");
        }
        say!(
            "{out}: {} shapes, {} operation{}, {} files, {lines} lines in {milliseconds} ms ({written} written, \
             {removed} removed)",
            generated.shapes,
            generated.operations,
            if generated.operations == 1 { "" } else { "s" },
            generated.files.len(),
        );
    }

    /// Prints the differences between a crate on disk and the generated one.
    pub(super) fn drift(&self, out: &str, comparison: &Comparison, fix_command: &str) {
        if self.format == MessageFormat::Json {
            print_json(&json!({
                "reason": "checked",
                "out": out,
                "up_to_date": comparison.is_clean(),
                "changed": comparison.changed.iter().map(|change| &change.path).collect::<Vec<_>>(),
                "missing": comparison.missing.iter().map(|(path, _)| path).collect::<Vec<_>>(),
                "orphaned": comparison.orphaned,
                "fix": fix_command,
            }));
            return;
        }
        if comparison.is_clean() {
            say!("{out}: up to date");
            return;
        }
        for change in &comparison.changed {
            say_part!("{}", diff::unified(&format!("{out}/{}", change.path), &change.old, &change.new));
        }
        for (path, _) in &comparison.missing {
            say!("missing: {out}/{path}");
        }
        for path in &comparison.orphaned {
            say!("orphaned: {out}/{path}");
        }
        warn!("error: `{out}` is out of date; run `{fix_command}` to regenerate it");
    }

    /// Prints a generated crate that is no longer part of the project.
    pub(super) fn orphaned_crate(&self, out: &str) {
        match self.format {
            MessageFormat::Human => say!("orphaned: {out} (no longer listed: delete it)"),
            MessageFormat::Json => print_json(&json!({"reason": "orphaned", "out": out})),
        }
    }

    /// Prints the end of the command.
    pub(super) fn finished(&self, success: bool) {
        if self.format == MessageFormat::Json {
            print_json(&json!({"reason": "finished", "success": success}));
        }
    }
}

fn print_json(message: &Value) {
    say!("{message}");
}

/// Returns a span with lines and columns from 1, in characters. `None` if it is in no file.
fn span(span: Span, label: &str, is_primary: bool, sources: &[Source]) -> Option<Value> {
    let source = sources.get(span.file.index())?;
    let (start, end) =
        (position(source.text(), span.range().start), position(source.text(), span.range().end));
    Some(json!({
        "file": source.name(),
        "line_start": start.0,
        "column_start": start.1,
        "line_end": end.0,
        "column_end": end.1,
        "is_primary": is_primary,
        "label": label,
    }))
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..text.floor_char_boundary(offset)).unwrap_or_default();
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
