//! Plots of the report: bars of ours beside the other's, and curves.

use super::Error;
use super::report::{Curve, Report, Row, Section};
use super::sample::line;
use plotters::coord::Shift;
use plotters::prelude::*;
use std::path::Path;

const OURS: RGBColor = RGBColor(0x2a, 0x78, 0xb5);
const OTHER: RGBColor = RGBColor(0xb0, 0xb0, 0xb0);

const WIDTH: u32 = 820;

/// The height of a row's two bars, in pixels.
const ROW: i32 = 44;

/// Where the bars begin, and how long the longest is.
const LEFT: i32 = 300;
const LENGTH: f64 = 380.0;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

type Drawn = Result<(), Box<dyn std::error::Error>>;

/// Draws what can be drawn of each section; the section's name and the file of each plot.
pub(crate) fn draw(report: &Report, out: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut files = Vec::new();
    for section in &report.sections {
        let compared: Vec<&Row> = section.rows.iter().filter(|row| row.ratio().is_some()).collect();
        if !compared.is_empty() {
            let file = format!("{}.svg", section.name);
            into(&out.join(&file), height(&compared), |area| bars(area, section, &compared))?;
            files.push((section.name.clone(), file));
        }
        for curve in section.curves.iter().filter(|curve| curve.points.len() > 1) {
            let file = format!("{}-{}.svg", section.name, curve.name);
            into(&out.join(&file), 420, |area| points(area, curve))?;
            files.push((section.name.clone(), file));
        }
    }
    Ok(files)
}

fn height(rows: &[&Row]) -> u32 {
    30 + u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_mul(ROW.unsigned_abs())
}

fn into(path: &Path, height: u32, draw: impl FnOnce(&Area<'_>) -> Drawn) -> Result<(), Error> {
    let area = SVGBackend::new(path, (WIDTH, height)).into_drawing_area();
    let drawn = area.fill(&WHITE).map_err(Into::into).and_then(|()| draw(&area));
    let drawn = drawn.and_then(|()| area.present().map_err(Into::into));
    drawn.map_err(|error| Error::Draw { path: path.to_owned(), reason: error.to_string() })
}

/// Two bars a row, of which the longer has the same length everywhere: rows are of different units.
fn bars(area: &Area<'_>, section: &Section, rows: &[&Row]) -> Drawn {
    area.draw_text(&section.name, &("sans-serif", 16).into_text_style(area), (10, 6))?;
    for (setup, row) in rows.iter().enumerate() {
        let top = 30 + ROW * i32::try_from(setup)?;
        let better = if row.unit.is_better_high() { " (more is better)" } else { "" };
        let label = ("sans-serif", 13).into_text_style(area);
        area.draw_text(&format!("{}{better}", row.what), &label, (10, top + 10))?;
        let Some(other) = &row.other else { continue };
        let (ours, others) = (row.ours.median(), other.sample.median());
        let longest = ours.max(others);
        let ours_says = format!("ours {}", row.unit.show(ours));
        bar(area, top, ours / longest, OURS, &ours_says)?;
        bar(area, top + 18, others / longest, OTHER, &format!("{} {}", other.name, row.unit.show(others)))?;
    }
    Ok(())
}

fn bar(area: &Area<'_>, top: i32, part: f64, colour: RGBColor, says: &str) -> Drawn {
    let right = LEFT + (part * LENGTH) as i32;
    area.draw(&Rectangle::new([(LEFT, top), (right.max(LEFT + 1), top + 15)], colour.filled()))?;
    // Beside a bar that leaves room, else in it.
    let x = if part > 0.6 { LEFT + 6 } else { right + 6 };
    area.draw_text(says, &("sans-serif", 12).into_text_style(area), (x, top + 2))?;
    Ok(())
}

/// The points of a curve, and the straight line that comes nearest to them.
fn points(area: &Area<'_>, curve: &Curve) -> Drawn {
    let most = |of: fn(&(f64, f64)) -> f64| curve.points.iter().map(of).fold(0.0, f64::max) * 1.05;
    let (right, top) = (most(|point| point.0), most(|point| point.1));
    let mut chart = ChartBuilder::on(area)
        .margin(16)
        .x_label_area_size(40)
        .y_label_area_size(56)
        .build_cartesian_2d(0.0..right, 0.0..top)?;
    chart.configure_mesh().x_desc(&curve.x).y_desc(&curve.y).light_line_style(TRANSPARENT).draw()?;
    chart.draw_series(curve.points.iter().map(|point| Circle::new(*point, 4, OURS.filled())))?;
    if let Some((slope, height, _)) = line(&curve.points) {
        chart.draw_series(LineSeries::new([(0.0, height), (right, height + slope * right)], OTHER))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::report::tests::{row, section};

    #[test]
    fn what_has_an_other_is_drawn_and_what_grows() {
        let out = tempfile::tempdir().unwrap();
        let mut call = section("call", vec![row(10.0, Some(100.0)), row(10.0, None)]);
        call.curves.push(Curve {
            name: "growth".to_owned(),
            x: "shapes".to_owned(),
            y: "ms".to_owned(),
            points: vec![(1.0, 1.0), (2.0, 2.0)],
        });
        let alone = section("build", vec![row(10.0, None)]);
        let files = draw(&Report { sections: vec![call, alone] }, out.path()).unwrap();
        let files: Vec<_> = files.iter().map(|(_, file)| file.as_str()).collect();
        assert_eq!(files, ["call.svg", "call-growth.svg"]);
        let bars = std::fs::read_to_string(out.path().join("call.svg")).unwrap();
        assert!(bars.contains("the-peer 100") && bars.contains("ours 10"), "{bars}");
        assert!(std::fs::read_to_string(out.path().join("call-growth.svg")).unwrap().contains("circle"));
    }
}
