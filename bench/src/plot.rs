//! SVG plots of the report: bars for ours and the peer, and curves.

use crate::error::Error;
use crate::report::{Curve, Report, Row, Section};
use crate::sample::{LinearFit, linear_fit};
use plotters::coord::Shift;
use plotters::prelude::*;
use std::path::Path;

const OURS: RGBColor = RGBColor(0x2a, 0x78, 0xb5);
const PEER: RGBColor = RGBColor(0xb0, 0xb0, 0xb0);

const WIDTH: u32 = 820;

/// The height of a row with two bars, in pixels.
const ROW_HEIGHT: i32 = 44;

/// The left end of the bars and the length of the longest, in pixels.
const LEFT: i32 = 300;
const BAR_LENGTH: f64 = 380.0;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

type DrawResult = Result<(), Box<dyn std::error::Error>>;

/// Draws the plots of all sections. Returns the section's name and the file of each plot.
pub(crate) fn draw(report: &Report, out: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut files = Vec::new();
    for section in &report.sections {
        let compared: Vec<&Row> = section.rows.iter().filter(|row| row.ratio().is_some()).collect();
        if !compared.is_empty() {
            let file = format!("{}.svg", section.name);
            draw_to(&out.join(&file), height(&compared), |area| bars(area, section, &compared))?;
            files.push((section.name.clone(), file));
        }
        for curve in section.curves.iter().filter(|curve| curve.points.len() > 1) {
            let file = format!("{}-{}.svg", section.name, curve.name);
            draw_to(&out.join(&file), 420, |area| points(area, curve))?;
            files.push((section.name.clone(), file));
        }
    }
    Ok(files)
}

fn height(rows: &[&Row]) -> u32 {
    30 + u32::try_from(rows.len()).unwrap_or(u32::MAX).saturating_mul(ROW_HEIGHT.unsigned_abs())
}

fn draw_to(path: &Path, height: u32, draw: impl FnOnce(&Area<'_>) -> DrawResult) -> Result<(), Error> {
    let area = SVGBackend::new(path, (WIDTH, height)).into_drawing_area();
    let result = area.fill(&WHITE).map_err(Into::into).and_then(|()| draw(&area));
    let result = result.and_then(|()| area.present().map_err(Into::into));
    result.map_err(|error| Error::Draw { path: path.to_owned(), reason: error.to_string() })
}

/// Draws two bars per row. The longer bar has the same length in each row, since rows have different units.
fn bars(area: &Area<'_>, section: &Section, rows: &[&Row]) -> DrawResult {
    area.draw_text(&section.name, &("sans-serif", 16).into_text_style(area), (10, 6))?;
    for (index, row) in rows.iter().enumerate() {
        let top = 30 + ROW_HEIGHT * i32::try_from(index)?;
        let better = if row.unit.higher_is_better() { " (higher is better)" } else { "" };
        let label = ("sans-serif", 13).into_text_style(area);
        area.draw_text(&format!("{}{better}", row.name), &label, (10, top + 10))?;
        let Some(peer) = &row.peer else { continue };
        let (ours, peers) = (row.ours.median(), peer.sample.median());
        let longest = ours.max(peers);
        bar(area, top, ours / longest, OURS, &format!("ours {}", row.unit.format(ours)))?;
        bar(area, top + 18, peers / longest, PEER, &format!("{} {}", peer.name, row.unit.format(peers)))?;
    }
    Ok(())
}

fn bar(area: &Area<'_>, top: i32, fraction: f64, colour: RGBColor, label: &str) -> DrawResult {
    let right = LEFT + (fraction * BAR_LENGTH) as i32;
    area.draw(&Rectangle::new([(LEFT, top), (right.max(LEFT + 1), top + 15)], colour.filled()))?;
    // The label is right of a short bar and inside a long one.
    let x = if fraction > 0.6 { LEFT + 6 } else { right + 6 };
    area.draw_text(label, &("sans-serif", 12).into_text_style(area), (x, top + 2))?;
    Ok(())
}

/// Draws the points of a curve and their linear fit.
fn points(area: &Area<'_>, curve: &Curve) -> DrawResult {
    let end = |axis: fn(&(f64, f64)) -> f64| curve.points.iter().map(axis).fold(0.0, f64::max) * 1.05;
    let (right, top) = (end(|point| point.0), end(|point| point.1));
    let mut chart = ChartBuilder::on(area)
        .margin(16)
        .x_label_area_size(40)
        .y_label_area_size(56)
        .build_cartesian_2d(0.0..right, 0.0..top)?;
    chart.configure_mesh().x_desc(&curve.x).y_desc(&curve.y).light_line_style(TRANSPARENT).draw()?;
    chart.draw_series(curve.points.iter().map(|point| Circle::new(*point, 4, OURS.filled())))?;
    if let Some(LinearFit { slope, intercept, .. }) = linear_fit(&curve.points) {
        chart.draw_series(LineSeries::new([(0.0, intercept), (right, intercept + slope * right)], PEER))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::{row, section};

    #[test]
    fn draws_rows_with_a_peer_and_curves() {
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
