//! A section as a table for the terminal.

use super::budget;
use super::report::{Row, Section};
use super::sample::Sample;

/// The columns.
const HEAD: [&str; 8] = ["", "ours", "spread", "other", "spread", "ratio", "spread", "budget"];

/// A section's rows, what was skipped, and budgets of which nothing was measured.
pub(crate) fn show(section: &Section) -> String {
    let rows: Vec<[String; 8]> = std::iter::once(HEAD.map(str::to_owned))
        .chain(section.rows.iter().map(|row| cells(&section.name, row)))
        .collect();
    let mut text = format!("\n{} ({})\n{}", section.name, section.conditions.show(), align(&rows));
    for skipped in &section.skipped {
        text.push_str(&format!("skipped: {}: {}\n", skipped.what, skipped.reason));
    }
    for row in unmeasured(section) {
        text.push_str(&format!("not measured: {row}, which has a budget\n"));
    }
    text
}

/// Lines whose columns stand below each other, the first aligned to the left, the others to the right.
pub(crate) fn align<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = width(column);
            line.push_str(&if column == 0 { format!("{cell:width$}") } else { format!("  {cell:>width$}") });
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The rows with a budget that were not measured.
pub(crate) fn unmeasured(section: &Section) -> impl Iterator<Item = &'static str> {
    budget::rows(&section.name).filter(|name| section.rows.iter().all(|row| row.what != *name))
}

/// What stands in the columns of a row.
pub(crate) fn cells(bench: &str, row: &Row) -> [String; 8] {
    let show = |figure| row.unit.show(figure);
    let spread = |sample: &Sample| {
        if sample.min() == sample.max() {
            String::new()
        } else {
            format!("{}–{}", show(sample.min()), show(sample.max()))
        }
    };
    let other = row.other.as_ref();
    let ratio = row.ratio().map(|ratio| (ratio, ratio.decimals()));
    [
        row.what.clone(),
        show(row.ours.median()),
        spread(&row.ours),
        other.map(|other| format!("{} {}", other.name, show(other.sample.median()))).unwrap_or_default(),
        other.map(|other| spread(&other.sample)).unwrap_or_default(),
        ratio.map(|(ratio, decimals)| ratio.show(decimals)).unwrap_or_default(),
        ratio.map(|(ratio, decimals)| ratio.show_spread(decimals)).unwrap_or_default(),
        verdict(bench, row),
    ]
}

/// The budget of a row and whether it is kept.
fn verdict(bench: &str, row: &Row) -> String {
    let Some(budget) = budget::of(bench, &row.what) else { return String::new() };
    let kept = match budget.is_kept(row) {
        Some(true) => "within",
        Some(false) => "ABOVE",
        None => "open",
    };
    format!("{}: {kept}", budget.show(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::report::tests::{row, section};

    #[test]
    fn a_row_says_how_it_stands_to_the_peer_and_to_its_budget() {
        let text = show(&section("call", vec![row(20_001.0, Some(199_900.0))]));
        let line = text.lines().find(|line| line.starts_with("instructions")).unwrap();
        assert!(
            line.contains("20,001") && line.contains("the-peer 199,900") && line.contains("0.10 ×"),
            "{line}"
        );
        assert!(line.ends_with("≤ 20,000: ABOVE"), "{line}");
        let text = show(&section("call", vec![row(20_000.0, None)]));
        assert!(text.contains("≤ 20,000: within"), "{text}");
    }

    #[test]
    fn the_spread_of_the_ratio_stands_beside_it() {
        let mut varying = row(1.0, Some(10.0));
        varying.ours = Sample::new([1.0, 2.0, 4.0]).unwrap();
        let text = show(&section("call", vec![varying]));
        let line = text.lines().find(|line| line.starts_with("instructions")).unwrap();
        assert!(line.contains("0.20 ×  0.10–0.40 ×"), "{line}");
    }

    #[test]
    fn what_was_skipped_and_what_has_a_budget_but_no_figure_is_told() {
        let mut section = section("call", vec![]);
        section.skip("the peer", "there is no network");
        let text = show(&section);
        assert!(text.contains("skipped: the peer: there is no network\n"), "{text}");
        assert!(text.contains("not measured: instructions, which has a budget\n"), "{text}");
    }
}
