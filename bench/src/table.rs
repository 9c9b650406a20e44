//! Tables for the terminal.

use crate::budget;
use crate::report::{Row, Section};
use crate::sample::Sample;

/// The column headings.
const HEAD: [&str; 8] = ["", "ours", "spread", "peer", "spread", "ratio", "spread", "budget"];

/// Renders a section: its rows, skipped measurements, and budgets without a measurement.
pub(crate) fn render(section: &Section) -> String {
    let rows: Vec<[String; 8]> = std::iter::once(HEAD.map(str::to_owned))
        .chain(section.rows.iter().map(|row| cells(&section.name, row)))
        .collect();
    let mut text = format!("\n{} ({})\n{}", section.name, section.conditions.format(), align(&rows));
    for skipped in &section.skipped {
        text.push_str(&format!("skipped: {}: {}\n", skipped.name, skipped.reason));
    }
    for row in unmeasured(section) {
        text.push_str(&format!("not measured: {row}, which has a budget\n"));
    }
    text
}

/// Formats rows as aligned columns, the first to the left, the others to the right.
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

/// Returns the names of rows with a budget that were not measured.
pub(crate) fn unmeasured(section: &Section) -> impl Iterator<Item = &'static str> {
    budget::rows(&section.name).filter(|name| section.rows.iter().all(|row| row.name != *name))
}

/// Returns the cells of a row.
pub(crate) fn cells(bench: &str, row: &Row) -> [String; 8] {
    let format = |figure| row.unit.format(figure);
    let spread = |sample: &Sample| {
        if sample.min() == sample.max() {
            String::new()
        } else {
            format!("{}–{}", format(sample.min()), format(sample.max()))
        }
    };
    let peer = row.peer.as_ref();
    let ratio = row.ratio().map(|ratio| (ratio, ratio.decimals()));
    [
        row.name.clone(),
        format(row.ours.median()),
        spread(&row.ours),
        peer.map(|peer| format!("{} {}", peer.name, format(peer.sample.median()))).unwrap_or_default(),
        peer.map(|peer| spread(&peer.sample)).unwrap_or_default(),
        ratio.map(|(ratio, decimals)| ratio.format(decimals)).unwrap_or_default(),
        ratio.map(|(ratio, decimals)| ratio.format_spread(decimals)).unwrap_or_default(),
        verdict(bench, row),
    ]
}

/// Returns the budget of a row and its result.
fn verdict(bench: &str, row: &Row) -> String {
    let Some(budget) = budget::of(bench, &row.name) else { return String::new() };
    let result = match budget.is_met(row) {
        Some(true) => "within",
        Some(false) => "EXCEEDED",
        None => "no peer",
    };
    format!("{}: {result}", budget.format(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::{row, section};

    #[test]
    fn renders_peer_ratio_and_budget() {
        let text = render(&section("call", vec![row(20_001.0, Some(199_900.0))]));
        let line = text.lines().find(|line| line.starts_with("instructions")).unwrap();
        assert!(
            line.contains("20,001") && line.contains("the-peer 199,900") && line.contains("0.10 ×"),
            "{line}"
        );
        assert!(line.ends_with("≤ 20,000: EXCEEDED"), "{line}");
        let text = render(&section("call", vec![row(20_000.0, None)]));
        assert!(text.contains("≤ 20,000: within"), "{text}");
    }

    #[test]
    fn renders_the_spread_of_the_ratio() {
        let mut varying = row(1.0, Some(10.0));
        varying.ours = Sample::new([1.0, 2.0, 4.0]).unwrap();
        let text = render(&section("call", vec![varying]));
        let line = text.lines().find(|line| line.starts_with("instructions")).unwrap();
        assert!(line.contains("0.20 ×  0.10–0.40 ×"), "{line}");
    }

    #[test]
    fn lists_skipped_measurements_and_budgets_without_a_measurement() {
        let mut section = section("call", vec![]);
        section.skip("the peer", "there is no network");
        let text = render(&section);
        assert!(text.contains("skipped: the peer: there is no network\n"), "{text}");
        assert!(text.contains("not measured: instructions, which has a budget\n"), "{text}");
    }
}
