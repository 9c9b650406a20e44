//! Figures of repeated runs.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The figures of one run, by name, in base units.
pub(crate) type Figures = BTreeMap<String, f64>;

/// The values of one figure in several runs, sorted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Sample(Vec<f64>);

impl Sample {
    /// Creates a sample from the finite figures. Returns `None` if there are none.
    pub(crate) fn new(figures: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut figures: Vec<f64> = figures.into_iter().filter(|figure| figure.is_finite()).collect();
        figures.sort_by(f64::total_cmp);
        (!figures.is_empty()).then_some(Self(figures))
    }

    /// Creates a sample of the figure `name` from the runs that have it.
    pub(crate) fn of(runs: &[Figures], name: &str) -> Option<Self> {
        Self::new(runs.iter().filter_map(|run| run.get(name).copied()))
    }

    /// Returns the median: the middle value, or the mean of the two middle values.
    pub(crate) fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        let at = |index: usize| self.0.get(index).copied().unwrap_or_default();
        if self.0.len() % 2 == 1 { at(middle) } else { (at(middle.saturating_sub(1)) + at(middle)) / 2.0 }
    }

    pub(crate) fn min(&self) -> f64 {
        self.0.first().copied().unwrap_or_default()
    }

    pub(crate) fn max(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }
}

/// The figures of several runs of each side.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs {
    pub(crate) ours: Vec<Figures>,
    /// Empty if there is no peer.
    pub(crate) peer: Vec<Figures>,
}

impl Runs {
    /// Creates runs without a peer.
    pub(crate) fn ours(ours: Vec<Figures>) -> Self {
        Self { ours, peer: Vec::new() }
    }
}

/// Runs both sides alternately, so that other load on the machine affects both.
///
/// # Errors
/// Returns the first error of a run.
pub(crate) fn alternate<E>(
    times: usize,
    ours: impl FnMut() -> Result<Figures, E>,
    peer: Option<&mut dyn FnMut() -> Result<Figures, E>>,
) -> Result<Runs, E> {
    interleave(times, 0, ours, peer)
}

/// Runs both sides alternately, ours both before and after each run of a peer that takes many times as long:
/// short runs vary more, and the extra runs cost little.
///
/// # Errors
/// Returns the first error of a run.
pub(crate) fn surround<E>(
    times: usize,
    ours: impl FnMut() -> Result<Figures, E>,
    peer: Option<&mut dyn FnMut() -> Result<Figures, E>>,
) -> Result<Runs, E> {
    interleave(times, 1, ours, peer)
}

/// Repeats: one run of ours, one of the peer, then `after` more of ours.
fn interleave<E>(
    times: usize,
    after: usize,
    mut ours: impl FnMut() -> Result<Figures, E>,
    mut peer: Option<&mut dyn FnMut() -> Result<Figures, E>>,
) -> Result<Runs, E> {
    let mut runs = Runs::default();
    for _ in 0..times {
        runs.ours.push(ours()?);
        if let Some(peer) = peer.as_mut() {
            runs.peer.push(peer()?);
        }
        for _ in 0..after {
            runs.ours.push(ours()?);
        }
    }
    Ok(runs)
}

/// A straight line through points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LinearFit {
    pub(crate) slope: f64,
    pub(crate) intercept: f64,
    /// The coefficient of determination, from 0 to 1.
    pub(crate) r_squared: f64,
}

/// Fits a straight line by least squares. Returns `None` for fewer than two distinct x values.
pub(crate) fn linear_fit(points: &[(f64, f64)]) -> Option<LinearFit> {
    let count = points.len() as f64;
    let mean = |axis: fn(&(f64, f64)) -> f64| points.iter().map(axis).sum::<f64>() / count;
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
    let r_squared = if yy == 0.0 { 1.0 } else { xy * xy / (xx * yy) };
    Some(LinearFit { slope, intercept: y - slope * x, r_squared })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn median_of_odd_and_even_counts() {
        let odd = Sample::new([3.0, 1.0, 2.0]).unwrap();
        assert_eq!((odd.min(), odd.median(), odd.max()), (1.0, 2.0, 3.0));
        let even = Sample::new([4.0, 1.0, 2.0, 3.0]).unwrap();
        assert_eq!((even.min(), even.median(), even.max()), (1.0, 2.5, 4.0));
    }

    #[test]
    fn sample_without_finite_figures_is_none() {
        assert_eq!(Sample::new([f64::NAN, f64::INFINITY]), None);
        assert_eq!(Sample::of(&[Figures::new()], "cpu"), None);
    }

    #[test]
    fn alternates_between_ours_and_the_peer() {
        let order = std::cell::RefCell::new(String::new());
        let run = |side: char| {
            order.borrow_mut().push(side);
            Ok::<_, Infallible>(Figures::from([("side".to_owned(), f64::from(u32::from(side)))]))
        };
        let runs = alternate(2, || run('o'), Some(&mut || run('p'))).unwrap();
        assert_eq!(order.take(), "opop");
        assert_eq!((runs.ours.len(), runs.peer.len()), (2, 2));
        let runs = surround(2, || run('o'), Some(&mut || run('p'))).unwrap();
        assert_eq!(order.take(), "opoopo");
        assert_eq!((runs.ours.len(), runs.peer.len()), (4, 2));
    }

    #[test]
    fn fits_a_line() {
        let fit = linear_fit(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]);
        assert_eq!(fit, Some(LinearFit { slope: 2.0, intercept: 1.0, r_squared: 1.0 }));
        let fit = linear_fit(&[(0.0, 0.0), (1.0, 9.0), (2.0, 0.0)]).unwrap();
        assert!(fit.r_squared < 0.1, "{fit:?}");
        assert_eq!(linear_fit(&[(1.0, 2.0)]), None);
    }
}
