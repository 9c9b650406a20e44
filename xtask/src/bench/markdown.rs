//! The report as a page.

use super::report::{Report, Section};
use super::sample::line;
use super::table::{cells, unmeasured};

/// The page's file, from the report's folder.
pub(crate) const PAGE: &str = "report.md";

const INTRODUCTION: &str = "# Measured\n\n\
    Written by `cargo xtask bench`, which measures ours and the other in turn, in one run on one machine. A figure \
    is the median of its repetitions; the spread goes from the least to the greatest. The ratio is ours to the \
    other's: less is better, but for what is per second. Its spread goes from the least that it can be, the least of \
    ours to the greatest of the other's, to the greatest that it can be. What has no spread was measured once, or \
    was the same each time. The same as data is in [report.json](report.json).\n";

/// The page. `plots` are the files with the plots, with the name of the section that each belongs to.
pub(crate) fn page(report: &Report, plots: &[(String, String)]) -> String {
    let mut page = INTRODUCTION.to_owned();
    for section in &report.sections {
        page.push_str(&format!("\n## {}\n\n{}\n\n", section.name, section.about));
        page.push_str(&format!("Measured on {}.\n", section.conditions.show()));
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
    page.push_str("\n| | ours | spread | other | spread | ratio | spread | budget |\n");
    page.push_str("|---|--:|--:|--:|--:|--:|--:|---|\n");
    for row in &section.rows {
        let cells = cells(&section.name, row).map(|cell| cell.replace('|', "\\|"));
        page.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn curves(section: &Section, page: &mut String) {
    for curve in &section.curves {
        let Some((slope, height, explained)) = line(&curve.points) else { continue };
        page.push_str(&format!(
            "\n{}: {} = {height:.2} + {slope:.4} × {}; the straight line explains {:.1} % of the differences.\n",
            curve.name,
            curve.y,
            curve.x,
            explained * 100.0
        ));
    }
}

fn skipped(section: &Section, page: &mut String) {
    let skipped = section.skipped.iter().map(|skipped| format!("{}: {}", skipped.what, skipped.reason));
    let unmeasured = unmeasured(section).map(|row| format!("{row}, though it has a budget"));
    let lines: Vec<String> = skipped.chain(unmeasured).map(|line| format!("- {line}\n")).collect();
    if !lines.is_empty() {
        page.push_str(&format!("\nNot measured:\n\n{}", lines.concat()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::report::Curve;
    use crate::bench::report::tests::{row, section};

    #[test]
    fn the_page_has_rows_plots_and_what_was_left_out() {
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
