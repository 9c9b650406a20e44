//! `cargo xtask bench --compare OLD.json NEW.json`: compares the ratios to the peer in two reports.
//!
//! Figures depend on the machine and its load. Ratios hardly do, since the two sides are measured
//! alternately.

use crate::error::Error;
use crate::ratio::{Ratio, distinguishing_decimals};
use crate::report::Report;
use crate::table::align;
use std::path::Path;
use std::process::ExitCode;

/// The column headings.
const HEAD: [&str; 6] = ["", "old", "spread", "new", "spread", ""];

/// The ratios of two reports.
struct Comparison {
    /// The ratios in both reports: name, old and new.
    both: Vec<(String, Ratio, Ratio)>,
    only_old: Vec<String>,
    only_new: Vec<String>,
}

/// Compares two report files. Fails if a ratio differs.
pub(crate) fn run(old: &Path, new: &Path) -> Result<ExitCode, Error> {
    let comparison = Comparison::of(&Report::read(old)?, &Report::read(new)?);
    print!("{}", comparison.to_table());
    Ok(if comparison.is_agreement() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Comparison {
    fn of(old: &Report, new: &Report) -> Self {
        let (old, new) = (ratios(old), ratios(new));
        let mut comparison = Self { both: vec![], only_old: vec![], only_new: absent(&new, &old) };
        for (name, ratio) in old {
            match new.iter().find(|(same, _)| *same == name) {
                Some((_, newer)) => comparison.both.push((name, ratio, *newer)),
                None => comparison.only_old.push(name),
            }
        }
        comparison
    }

    /// Returns true if all common ratios agree and there is at least one.
    fn is_agreement(&self) -> bool {
        !self.both.is_empty() && self.agreeing() == self.both.len()
    }

    fn agreeing(&self) -> usize {
        self.both.iter().filter(|(_, old, new)| old.agrees(new)).count()
    }

    fn to_table(&self) -> String {
        let rows = self.both.iter().map(|(name, old, new)| cells(name, old, new));
        let rows: Vec<_> = std::iter::once(HEAD.map(str::to_owned)).chain(rows).collect();
        let mut text = align(&rows);
        for (which, names) in [("old", &self.only_old), ("new", &self.only_new)] {
            for name in names {
                text.push_str(&format!("only in the {which} report: {name}\n"));
            }
        }
        text.push_str(&format!("{} of {} ratios agree\n", self.agreeing(), self.both.len()));
        text
    }
}

/// Returns the ratios of a report by name. The name includes the peer, so only ratios to the same peer are
/// compared.
fn ratios(report: &Report) -> Vec<(String, Ratio)> {
    let rows = report.sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)));
    let named = rows.filter_map(|(section, row)| {
        let name = format!("{}: {} ({})", section.name, row.name, row.peer.as_ref()?.name);
        Some((name, row.ratio()?))
    });
    named.collect()
}

/// Returns the names in `ratios` that are not in `others`.
fn absent(ratios: &[(String, Ratio)], others: &[(String, Ratio)]) -> Vec<String> {
    let is_absent = |name: &String| others.iter().all(|(other, _)| other != name);
    ratios.iter().map(|(name, _)| name).filter(|name| is_absent(name)).cloned().collect()
}

fn cells(name: &str, old: &Ratio, new: &Ratio) -> [String; 6] {
    let mut decimals = old.decimals().max(new.decimals());
    let agrees = old.agrees(new);
    if !agrees {
        // Enough decimals to make the difference visible.
        let (end, start) = if old.max < new.min { (old.max, new.min) } else { (new.max, old.min) };
        decimals = decimals.max(distinguishing_decimals(end, start));
    }
    [
        name.to_owned(),
        old.format(decimals),
        old.format_spread(decimals),
        new.format(decimals),
        new.format_spread(decimals),
        if agrees { "agree" } else { "DISAGREE" }.to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::{row, section};
    use crate::report::{Peer, Row};
    use crate::sample::Sample;
    use crate::unit::Unit;

    /// A row with these figures of ours and 100 of the peer.
    fn time(name: &str, ours: &[f64]) -> Row {
        let sample = |figures: &[f64]| Sample::new(figures.iter().copied()).unwrap();
        let peer = Peer { name: "the-peer".to_owned(), sample: sample(&[100.0]) };
        Row { name: name.to_owned(), unit: Unit::Seconds, ours: sample(ours), peer: Some(peer) }
    }

    fn report(rows: Vec<Row>) -> Report {
        Report { sections: vec![section("call", rows)] }
    }

    fn compare(old: Vec<Row>, new: Vec<Row>) -> Comparison {
        Comparison::of(&report(old), &report(new))
    }

    #[test]
    fn overlapping_spreads_agree() {
        let comparison =
            compare(vec![time("time", &[30.0, 31.0, 33.0])], vec![time("time", &[32.0, 34.0, 36.0])]);
        let text = comparison.to_table();
        assert!(comparison.is_agreement(), "{text}");
        let line = text.lines().nth(1).unwrap();
        assert_eq!(line, "call: time (the-peer)  0.31 ×  0.30–0.33 ×  0.34 ×  0.32–0.36 ×  agree");
        assert_eq!(text.lines().last(), Some("1 of 1 ratios agree"));
    }

    #[test]
    fn one_disjoint_spread_is_a_disagreement() {
        let unchanged = || time("time", &[30.0, 33.0]);
        let old = vec![unchanged(), time("p99", &[30.0, 31.0, 33.0])];
        let comparison = compare(old, vec![unchanged(), time("p99", &[34.0, 35.0, 36.0])]);
        let text = comparison.to_table();
        assert!(!comparison.is_agreement(), "{text}");
        assert!(text.contains("0.31 ×  0.30–0.33 ×  0.35 ×  0.34–0.36 ×  DISAGREE\n"), "{text}");
        assert_eq!(text.lines().last(), Some("1 of 2 ratios agree"));
    }

    #[test]
    fn shows_enough_decimals_to_tell_disagreeing_ratios_apart() {
        let text = compare(vec![row(10.0, Some(100.0))], vec![row(10.04, Some(100.0))]).to_table();
        assert!(text.contains("0.1000 ×          0.1004 ×          DISAGREE"), "{text}");
    }

    #[test]
    fn lists_but_does_not_count_a_ratio_of_only_one_report() {
        let mut to_another = time("time", &[30.0]);
        to_another.peer.as_mut().unwrap().name = "another".to_owned();
        let old = vec![row(10.0, Some(100.0)), time("time", &[30.0]), time("p50", &[30.0])];
        let new = vec![row(10.0, Some(100.0)), to_another, Row { peer: None, ..time("p50", &[30.0]) }];
        let comparison = compare(old, new);
        let text = comparison.to_table();
        assert!(comparison.is_agreement(), "{text}");
        let end = "only in the old report: call: time (the-peer)\n\
                   only in the old report: call: p50 (the-peer)\n\
                   only in the new report: call: time (another)\n\
                   1 of 1 ratios agree\n";
        assert!(text.ends_with(end), "{text}");
    }

    #[test]
    fn reports_without_common_ratios_do_not_agree() {
        assert!(!compare(vec![time("time", &[30.0])], vec![time("p99", &[30.0])]).is_agreement());
    }
}
