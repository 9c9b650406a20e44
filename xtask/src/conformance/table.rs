//! Printing the results of the suite.

use super::outcome::Outcome;
use super::results::Verdict;
use std::collections::BTreeMap;

/// Numbers of cases of a service and protocol, or of a protocol.
#[derive(Clone, Copy, Default)]
struct Counts {
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// Prints the failures, the skipped cases and a table. Returns true if anything failed.
pub(super) fn print(outcomes: &[Outcome]) -> bool {
    print_failures(outcomes);
    print_skipped(outcomes);
    print_counts(outcomes);
    let has_failed = |outcome: &Outcome| {
        outcome.has_errors || outcome.tested.iter().any(|(_, verdict)| *verdict != Verdict::Passed)
    };
    outcomes.iter().any(has_failed)
}

fn print_failures(outcomes: &[Outcome]) {
    for outcome in outcomes {
        if outcome.has_errors {
            println!("FAILED {}: its model has errors, see above\n", outcome.service);
        }
        if !outcome.compiles {
            let ids: Vec<&str> = outcome.tested.iter().map(|(test, _)| test.id.as_str()).collect();
            let service = &outcome.service;
            println!(
                "FAILED {service}: the generated crate does not compile, see above\n    {}\n",
                ids.join(" ")
            );
            continue;
        }
        for (test, verdict) in &outcome.tested {
            if let Verdict::Failed(output) = verdict {
                println!("FAILED {} {}\n{output}\n", outcome.service, test.id);
            }
        }
    }
}

fn print_skipped(outcomes: &[Outcome]) {
    for outcome in outcomes {
        let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for skipped in &outcome.skipped {
            by_reason.entry(&skipped.reason).or_default().push(&skipped.case.id);
        }
        for (reason, ids) in by_reason {
            let count = ids.len();
            let plural = if count == 1 { "" } else { "s" };
            println!("skipped {} {count} case{plural}: {reason}", outcome.service);
            if !reason.ends_with("is not supported yet") {
                println!("    {}", ids.join(" "));
            }
        }
    }
    println!();
}

fn print_counts(outcomes: &[Outcome]) {
    let mut totals: BTreeMap<String, Counts> = BTreeMap::new();
    let mut rows = Vec::new();
    for outcome in outcomes {
        for (protocol, counts) in counts(outcome) {
            totals.entry(protocol.clone()).or_default().add(counts);
            rows.push((outcome.service.clone(), protocol, counts));
        }
    }
    rows.extend(totals.into_iter().map(|(protocol, counts)| ("total".to_owned(), protocol, counts)));
    let width = |column: fn(&(String, String, Counts)) -> usize| rows.iter().map(column).max().unwrap_or(0);
    let (first, second) = (width(|row| row.0.len()), width(|row| row.1.len()));
    println!(
        "{:first$}  {:second$}  {:>6}  {:>6}  {:>6}  {:>7}",
        "service", "protocol", "cases", "passed", "failed", "skipped"
    );
    for (service, protocol, Counts { passed, failed, skipped }) in rows {
        let cases = passed + failed + skipped;
        println!("{service:first$}  {protocol:second$}  {cases:>6}  {passed:>6}  {failed:>6}  {skipped:>7}");
    }
}

/// Counts the cases of a service by protocol. Event stream cases, a separate suite, are counted separately.
fn counts(outcome: &Outcome) -> BTreeMap<String, Counts> {
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for (test, verdict) in &outcome.tested {
        let row = counts.entry(name(&test.protocol).to_owned()).or_default();
        match verdict {
            Verdict::Passed => row.passed += 1,
            Verdict::Failed(_) => row.failed += 1,
        }
    }
    for skipped in &outcome.skipped {
        let streams = if skipped.case.is_event_stream { " event streams" } else { "" };
        let protocol = format!("{}{streams}", name(&skipped.case.protocol));
        counts.entry(protocol).or_default().skipped += 1;
    }
    counts
}

fn name(protocol: &str) -> &str {
    protocol.rsplit('#').next().unwrap_or(protocol)
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}
