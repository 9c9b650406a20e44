//! What several runs of the same measurement gave.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The figures that one run tells, by name, in base units.
pub(crate) type Figures = BTreeMap<String, f64>;

/// One figure of several runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Sample(Vec<f64>);

impl Sample {
    /// Of figures that are numbers; `None` if there are none.
    pub(crate) fn new(figures: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut figures: Vec<f64> = figures.into_iter().filter(|figure| figure.is_finite()).collect();
        figures.sort_by(f64::total_cmp);
        (!figures.is_empty()).then_some(Self(figures))
    }

    /// What `name` is in each of the runs that tell it.
    pub(crate) fn of(runs: &[Figures], name: &str) -> Option<Self> {
        Self::new(runs.iter().filter_map(|run| run.get(name).copied()))
    }

    /// The middle one, or the mean of the two in the middle.
    pub(crate) fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        let at = |setup: usize| self.0.get(setup).copied().unwrap_or_default();
        if self.0.len() % 2 == 1 { at(middle) } else { (at(middle.saturating_sub(1)) + at(middle)) / 2.0 }
    }

    pub(crate) fn min(&self) -> f64 {
        self.0.first().copied().unwrap_or_default()
    }

    pub(crate) fn max(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }
}

/// Runs both sides in turn, so that what else the machine does falls on both.
///
/// # Errors
/// The first that a run gives.
pub(crate) fn alternate<E>(
    times: usize,
    ours: impl FnMut() -> Result<Figures, E>,
    other: Option<&mut dyn FnMut() -> Result<Figures, E>>,
) -> Result<(Vec<Figures>, Vec<Figures>), E> {
    take_turns(times, 0, ours, other)
}

/// As [`alternate`], with ours before and after each run of the other, which takes many times as long: what is short
/// varies more, and this costs next to nothing.
///
/// # Errors
/// The first that a run gives.
pub(crate) fn surround<E>(
    times: usize,
    ours: impl FnMut() -> Result<Figures, E>,
    other: Option<&mut dyn FnMut() -> Result<Figures, E>>,
) -> Result<(Vec<Figures>, Vec<Figures>), E> {
    take_turns(times, 1, ours, other)
}

/// Ours once before each run of the other, and so many times after it.
fn take_turns<E>(
    times: usize,
    after: usize,
    mut ours: impl FnMut() -> Result<Figures, E>,
    mut other: Option<&mut dyn FnMut() -> Result<Figures, E>>,
) -> Result<(Vec<Figures>, Vec<Figures>), E> {
    let (mut of_ours, mut of_other) = (Vec::new(), Vec::new());
    for _ in 0..times {
        of_ours.push(ours()?);
        if let Some(other) = other.as_mut() {
            of_other.push(other()?);
        }
        for _ in 0..after {
            of_ours.push(ours()?);
        }
    }
    Ok((of_ours, of_other))
}

/// The straight line that comes nearest to the points, by least squares, as its slope and its height at 0;
/// with it, how much of what differs among the points it explains, from 0 to 1.
pub(crate) fn line(points: &[(f64, f64)]) -> Option<(f64, f64, f64)> {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points {
        let (dx, dy) = (point.0 - x, point.1 - y);
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    if points.len() < 2 || xx == 0.0 {
        return None;
    }
    let slope = xy / xx;
    let explained = if yy == 0.0 { 1.0 } else { xy * xy / (xx * yy) };
    Some((slope, y - slope * x, explained))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn the_median_is_in_the_middle_of_an_odd_or_even_number() {
        let odd = Sample::new([3.0, 1.0, 2.0]).unwrap();
        assert_eq!((odd.min(), odd.median(), odd.max()), (1.0, 2.0, 3.0));
        let even = Sample::new([4.0, 1.0, 2.0, 3.0]).unwrap();
        assert_eq!((even.min(), even.median(), even.max()), (1.0, 2.5, 4.0));
    }

    #[test]
    fn figures_that_are_no_numbers_are_none() {
        assert_eq!(Sample::new([f64::NAN, f64::INFINITY]), None);
        assert_eq!(Sample::of(&[Figures::new()], "cpu"), None);
    }

    #[test]
    fn the_two_sides_take_turns() {
        let order = std::cell::RefCell::new(String::new());
        let run = |side: char| {
            order.borrow_mut().push(side);
            Ok::<_, Infallible>(Figures::from([("side".to_owned(), f64::from(u32::from(side)))]))
        };
        let (ours, other) = alternate(2, || run('o'), Some(&mut || run('p'))).unwrap();
        assert_eq!(order.take(), "opop");
        assert_eq!((ours.len(), other.len()), (2, 2));
        let (ours, other) = surround(2, || run('o'), Some(&mut || run('p'))).unwrap();
        assert_eq!(order.take(), "opoopo");
        assert_eq!((ours.len(), other.len()), (4, 2));
    }

    #[test]
    fn a_line_is_found_through_its_points() {
        let (slope, height, explained) = line(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]).unwrap();
        assert_eq!((slope, height, explained), (2.0, 1.0, 1.0));
        let (_, _, explained) = line(&[(0.0, 0.0), (1.0, 9.0), (2.0, 0.0)]).unwrap();
        assert!(explained < 0.1, "{explained}");
        assert_eq!(line(&[(1.0, 2.0)]), None);
    }
}
