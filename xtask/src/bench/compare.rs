//! `cargo xtask bench --compare OLD.json NEW.json`: whether two reports agree on how ours stands to the other.
//!
//! Figures depend on the machine and on what else it does; ratios of what was measured in turn hardly do.

use super::Error;
use super::ratio::{Ratio, telling_apart};
use super::report::Report;
use super::table::align;
use std::path::Path;
use std::process::ExitCode;

/// The columns.
const HEAD: [&str; 6] = ["", "old", "spread", "new", "spread", ""];

/// What two reports say of the same figures.
struct Comparison {
    /// The figures that both have, with the ratio of the old and of the new report.
    both: Vec<(String, Ratio, Ratio)>,
    only_old: Vec<String>,
    only_new: Vec<String>,
}

/// Prints how the ratios of two files stand to each other.
pub(super) fn run(old: &Path, new: &Path) -> Result<ExitCode, Error> {
    let comparison = Comparison::of(&Report::read(old)?, &Report::read(new)?);
    print!("{}", comparison.show());
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

    /// Whether all agree. Reports that have nothing in common do not: nothing was compared.
    fn is_agreement(&self) -> bool {
        !self.both.is_empty() && self.agreeing() == self.both.len()
    }

    fn agreeing(&self) -> usize {
        self.both.iter().filter(|(_, old, new)| old.agrees(new)).count()
    }

    fn show(&self) -> String {
        let rows = self.both.iter().map(|(name, old, new)| cells(name, old, new));
        let rows: Vec<_> = std::iter::once(HEAD.map(str::to_owned)).chain(rows).collect();
        let mut text = align(&rows);
        for (which, names) in [("old", &self.only_old), ("new", &self.only_new)] {
            for name in names {
                text.push_str(&format!("only the {which} report has a ratio of: {name}\n"));
            }
        }
        text.push_str(&format!("{} of {} ratios agree\n", self.agreeing(), self.both.len()));
        text
    }
}

/// The ratios of a report by name. Whom ours is compared with belongs to it: to another it is another ratio.
fn ratios(report: &Report) -> Vec<(String, Ratio)> {
    let rows = report.sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)));
    let named = rows.filter_map(|(section, row)| {
        let name = format!("{}: {} ({})", section.name, row.what, row.other.as_ref()?.name);
        Some((name, row.ratio()?))
    });
    named.collect()
}

/// The names of `these` that are not among the others.
fn absent(these: &[(String, Ratio)], others: &[(String, Ratio)]) -> Vec<String> {
    let is_absent = |name: &String| others.iter().all(|(other, _)| other != name);
    these.iter().map(|(name, _)| name).filter(|name| is_absent(name)).cloned().collect()
}

fn cells(name: &str, old: &Ratio, new: &Ratio) -> [String; 6] {
    let mut decimals = old.decimals().max(new.decimals());
    let agrees = old.agrees(new);
    if !agrees {
        // What disagrees must not look the same.
        let (end, start) =
            if old.greatest < new.least { (old.greatest, new.least) } else { (new.greatest, old.least) };
        decimals = decimals.max(telling_apart(end, start));
    }
    [
        name.to_owned(),
        old.show(decimals),
        old.show_spread(decimals),
        new.show(decimals),
        new.show_spread(decimals),
        if agrees { "agree" } else { "DISAGREE" }.to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::report::tests::{row, section};
    use crate::bench::report::{Other, Row};
    use crate::bench::sample::Sample;
    use crate::bench::unit::Unit;

    /// A figure of ours beside 100 of the peer's.
    fn time(what: &str, ours: &[f64]) -> Row {
        let sample = |figures: &[f64]| Sample::new(figures.iter().copied()).unwrap();
        let other = Other { name: "the-peer".to_owned(), sample: sample(&[100.0]) };
        Row { what: what.to_owned(), unit: Unit::Seconds, ours: sample(ours), other: Some(other) }
    }

    fn report(rows: Vec<Row>) -> Report {
        Report { sections: vec![section("call", rows)] }
    }

    fn compare(old: Vec<Row>, new: Vec<Row>) -> Comparison {
        Comparison::of(&report(old), &report(new))
    }

    #[test]
    fn ratios_whose_spreads_overlap_agree() {
        let comparison =
            compare(vec![time("time", &[30.0, 31.0, 33.0])], vec![time("time", &[32.0, 34.0, 36.0])]);
        let text = comparison.show();
        assert!(comparison.is_agreement(), "{text}");
        let line = text.lines().nth(1).unwrap();
        assert_eq!(line, "call: time (the-peer)  0.31 ×  0.30–0.33 ×  0.34 ×  0.32–0.36 ×  agree");
        assert_eq!(text.lines().last(), Some("1 of 1 ratios agree"));
    }

    #[test]
    fn one_ratio_outside_of_the_spread_is_a_disagreement() {
        let kept = || time("time", &[30.0, 33.0]);
        let old = vec![kept(), time("p99", &[30.0, 31.0, 33.0])];
        let comparison = compare(old, vec![kept(), time("p99", &[34.0, 35.0, 36.0])]);
        let text = comparison.show();
        assert!(!comparison.is_agreement(), "{text}");
        assert!(text.contains("0.31 ×  0.30–0.33 ×  0.35 ×  0.34–0.36 ×  DISAGREE\n"), "{text}");
        assert_eq!(text.lines().last(), Some("1 of 2 ratios agree"));
    }

    #[test]
    fn what_disagrees_does_not_look_the_same() {
        let text = compare(vec![row(10.0, Some(100.0))], vec![row(10.04, Some(100.0))]).show();
        assert!(text.contains("0.1000 ×          0.1004 ×          DISAGREE"), "{text}");
    }

    #[test]
    fn a_ratio_that_only_one_report_has_is_named_and_does_not_count() {
        let mut to_another = time("time", &[30.0]);
        to_another.other.as_mut().unwrap().name = "another".to_owned();
        let old = vec![row(10.0, Some(100.0)), time("time", &[30.0]), time("p50", &[30.0])];
        let new = vec![row(10.0, Some(100.0)), to_another, Row { other: None, ..time("p50", &[30.0]) }];
        let comparison = compare(old, new);
        let text = comparison.show();
        assert!(comparison.is_agreement(), "{text}");
        let end = "only the old report has a ratio of: call: time (the-peer)\n\
                   only the old report has a ratio of: call: p50 (the-peer)\n\
                   only the new report has a ratio of: call: time (another)\n\
                   1 of 1 ratios agree\n";
        assert!(text.ends_with(end), "{text}");
    }

    #[test]
    fn reports_with_nothing_in_common_do_not_agree() {
        assert!(!compare(vec![time("time", &[30.0])], vec![time("p99", &[30.0])]).is_agreement());
    }
}
