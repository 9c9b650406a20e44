//! The report as Markdown.

use crate::report::{Report, Section};
use crate::sample::linear_fit;
use crate::table::{cells, unmeasured};

/// The file name of the page, in the report's directory.
pub(crate) const PAGE: &str = "report.md";

const INTRODUCTION: &str = "# Benchmark report\n\n\
    Written by `cargo xtask bench`, which runs our client and its peer alternately on one machine. A figure \
    is the median of its repetitions; the spread is their minimum and maximum. The ratio is ours divided by \
    the peer's: lower is better, except for figures per second. The spread of the ratio is from our minimum \
    divided by the peer's maximum to our maximum divided by the peer's minimum. A figure without a spread \
    was measured once or did not vary.\n";

/// Renders the report. `plots` are pairs of a section's name and the file of a plot.
pub(crate) fn page(report: &Report, plots: &[(String, String)]) -> String {
    let mut page = INTRODUCTION.to_owned();
    for section in &report.sections {
        page.push_str(&format!("\n## {}\n\n{}\n\n", section.name, section.about));
        page.push_str(&format!("Measured on {}.\n", section.conditions.format()));
        table(section, &mut page);
        curves(section, &mut page);
        for (_, file) in plots.iter().filter(|(name, _)| *name == section.name) {
            page.push_str(&format!("\n![{}]({file})\n", file.trim_end_matches(".svg")));
        }
        skipped(section, &mut page);
    }
    page
}

fn table(section: &Section, page: &mut String) {
    if section.rows.is_empty() {
        return;
    }
    page.push_str("\n| | ours | spread | peer | spread | ratio | spread | budget |\n");
    page.push_str("|---|--:|--:|--:|--:|--:|--:|---|\n");
    for row in &section.rows {
        let cells = cells(&section.name, row).map(|cell| cell.replace('|', "\\|"));
        page.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn curves(section: &Section, page: &mut String) {
    for curve in &section.curves {
        let Some(fit) = linear_fit(&curve.points) else { continue };
        page.push_str(&format!(
            "\n{}: {} = {:.2} + {:.4} × {}; R² = {:.3}.\n",
            curve.name, curve.y, fit.intercept, fit.slope, curve.x, fit.r_squared
        ));
    }
}

fn skipped(section: &Section, page: &mut String) {
    let skipped = section.skipped.iter().map(|skipped| format!("{}: {}", skipped.name, skipped.reason));
    let unmeasured = unmeasured(section).map(|row| format!("{row}, which has a budget"));
    let lines: Vec<String> = skipped.chain(unmeasured).map(|line| format!("- {line}\n")).collect();
    if !lines.is_empty() {
        page.push_str(&format!("\nNot measured:\n\n{}", lines.concat()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Curve;
    use crate::report::tests::{row, section};

    #[test]
    fn renders_rows_plots_curves_and_skipped_measurements() {
        let mut call = section("call", vec![row(10.0, Some(100.0))]);
        call.skip("time", "the machine was busy");
        call.curves.push(Curve {
            name: "growth".to_owned(),
            x: "shapes".to_owned(),
            y: "ms".to_owned(),
            points: vec![(0.0, 1.0), (1.0, 3.0)],
        });
        let page = page(&Report { sections: vec![call] }, &[("call".to_owned(), "call.svg".to_owned())]);
        assert!(
            page.contains("| instructions | 10 |  | the-peer 100 |  | 0.10 × |  | ≤ 20,000: within |"),
            "{page}"
        );
        let columns = |line: &&str| line.matches('|').count();
        assert!(page.lines().filter(|line| line.starts_with('|')).all(|line| columns(&line) == 9), "{page}");
        assert!(
            page.contains("![call](call.svg)") && page.contains("- time: the machine was busy"),
            "{page}"
        );
        assert!(page.contains("growth: ms = 1.00 + 2.0000 × shapes"), "{page}");
    }
}
