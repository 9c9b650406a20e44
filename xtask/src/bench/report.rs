//! What was measured: rows beside the peer's, what was left out and why, and curves.

use super::ratio::Ratio;
use super::sample::{Figures, Sample};
use super::unit::Unit;
use super::{Error, conditions::Conditions};
use serde::{Deserialize, Serialize, Serializer};
use std::fs;
use std::path::Path;

/// The file that holds all sections, from the report's folder.
pub(crate) const JSON: &str = "report.json";

/// All sections, in the order of the benchmarks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) sections: Vec<Section>,
}

/// What one benchmark has measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Section {
    /// The benchmark's name.
    pub(crate) name: String,
    /// What it measures, a sentence or two.
    pub(crate) about: String,
    pub(crate) conditions: Conditions,
    pub(crate) rows: Vec<Row>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) curves: Vec<Curve>,
}

/// One figure of ours, beside another's.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) unit: Unit,
    pub(crate) ours: Sample,
    pub(crate) other: Option<Other>,
}

/// What ours is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Other {
    pub(crate) name: String,
    pub(crate) sample: Sample,
}

/// What was not measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Skipped {
    pub(crate) what: String,
    pub(crate) reason: String,
}

/// How one figure grows with another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Curve {
    pub(crate) name: String,
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) points: Vec<(f64, f64)>,
}

impl Row {
    /// How many times the other's ours is.
    pub(crate) fn ratio(&self) -> Option<Ratio> {
        Ratio::of(&self.ours, &self.other.as_ref()?.sample)
    }
}

/// With the ratio, for whoever reads the file by other means. It is not read back: the samples say it.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'a> {
            what: &'a str,
            unit: Unit,
            ours: &'a Sample,
            other: Option<&'a Other>,
            ratio: Option<Ratio>,
        }
        let Self { what, unit, ours, other } = self;
        Written { what, unit: *unit, ours, other: other.as_ref(), ratio: self.ratio() }.serialize(serializer)
    }
}

impl Section {
    /// Adds the figure `name` of the runs, if they tell it.
    pub(crate) fn add(
        &mut self,
        what: impl Into<String>,
        unit: Unit,
        name: &str,
        runs: &(Vec<Figures>, Vec<Figures>),
        other: &str,
    ) {
        let Some(ours) = Sample::of(&runs.0, name) else { return };
        let other = Sample::of(&runs.1, name).map(|sample| Other { name: other.to_owned(), sample });
        self.rows.push(Row { what: what.into(), unit, ours, other });
    }

    /// Says that something is not measured, and why.
    pub(crate) fn skip(&mut self, what: impl Into<String>, reason: impl Into<String>) {
        self.skipped.push(Skipped { what: what.into(), reason: reason.into() });
    }

    /// What there is; where something is missing, `None`, and the reason among what was skipped.
    pub(crate) fn have<T>(&mut self, what: &str, result: Result<T, Error>) -> Result<Option<T>, Error> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Error::Missing(reason)) => {
                self.skip(what, reason);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

impl Report {
    /// The report of an earlier run, or an empty one.
    pub(crate) fn load(dir: &Path) -> Result<Self, Error> {
        match Self::read(&dir.join(JSON)) {
            Err(Error::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                Ok(Self::default())
            }
            Err(Error::Report { path, source }) => Err(Error::Read {
                path,
                source: std::io::Error::other(format!("{source}; delete it, and measure all anew")),
            }),
            result => result,
        }
    }

    /// The report in this file.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let text =
            fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        serde_json::from_str(&text).map_err(|source| Error::Report { path: path.to_owned(), source })
    }

    /// Puts a section in the place of an earlier one; `order` are the names of all.
    pub(crate) fn put(&mut self, section: Section, order: &[&str]) {
        self.sections.retain(|old| old.name != section.name);
        self.sections.push(section);
        self.sections.sort_by_key(|section| order.iter().position(|name| *name == section.name));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A row with a figure of ours, and one of the peer's.
    pub(crate) fn row(ours: f64, peer: Option<f64>) -> Row {
        let sample = |figure| Sample::new([figure]).unwrap();
        Row {
            what: "instructions".to_owned(),
            unit: Unit::Count,
            ours: sample(ours),
            other: peer.map(|figure| Other { name: "the-peer".to_owned(), sample: sample(figure) }),
        }
    }

    /// A section with these rows.
    pub(crate) fn section(name: &str, rows: Vec<Row>) -> Section {
        Section { name: name.to_owned(), rows, ..Section::default() }
    }

    #[test]
    fn what_was_measured_anew_takes_the_place_of_the_old() {
        let order = ["build", "call"];
        let mut report = Report::default();
        report.put(section("call", vec![row(1.0, None)]), &order);
        report.put(section("build", vec![]), &order);
        report.put(section("call", vec![row(2.0, None)]), &order);
        let names: Vec<_> = report.sections.iter().map(|section| section.name.as_str()).collect();
        assert_eq!(names, order);
        assert_eq!(report.sections[1].rows, [row(2.0, None)]);
    }

    #[test]
    fn only_a_report_that_is_not_there_is_an_empty_one() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Report::load(dir.path()).unwrap(), Report::default());
        fs::write(dir.path().join(JSON), "{").unwrap();
        let error = Report::load(dir.path()).unwrap_err().to_string();
        assert!(error.ends_with("delete it, and measure all anew"), "{error}");
        fs::write(dir.path().join(JSON), [0xff]).unwrap();
        assert!(matches!(Report::load(dir.path()), Err(Error::Read { .. })));
    }

    #[test]
    fn what_is_missing_is_skipped_with_its_reason_and_what_fails_fails() {
        let mut section = section("call", vec![]);
        let missing = section.have("instructions", Err::<(), _>(Error::Missing("no valgrind".to_owned())));
        assert_eq!(missing.unwrap(), None);
        assert_eq!(section.skipped[0].reason, "no valgrind");
        let failed = Error::Run { program: "x".into(), source: std::io::ErrorKind::NotFound.into() };
        section.have("instructions", Err::<(), _>(failed)).unwrap_err();
    }

    #[test]
    fn figures_of_runs_become_rows() {
        let run = |cpu: f64| Figures::from([("cpu".to_owned(), cpu)]);
        let mut section = section("build", vec![]);
        section.add("CPU", Unit::Seconds, "cpu", &(vec![run(1.0), run(3.0)], vec![run(4.0)]), "the-peer");
        section.add("wall", Unit::Seconds, "wall", &(vec![run(1.0)], vec![]), "the-peer");
        assert_eq!(section.rows.len(), 1);
        assert_eq!(section.rows[0].ratio().unwrap().medians, 0.5);
    }

    #[test]
    fn the_ratio_is_written_and_a_report_is_read_with_it_or_without() {
        let report = Report { sections: vec![section("call", vec![row(1.0, Some(4.0)), row(1.0, None)])] };
        let mut data = serde_json::to_value(&report).unwrap();
        let rows = data["sections"][0]["rows"].as_array_mut().unwrap();
        assert_eq!(rows[0]["ratio"], serde_json::json!({"medians": 0.25, "least": 0.25, "greatest": 0.25}));
        assert!(rows[1]["ratio"].is_null());
        let without = rows.iter_mut().map(|row| row.as_object_mut().unwrap().remove("ratio"));
        assert_eq!(without.count(), 2);
        assert_eq!(serde_json::from_value::<Report>(data).unwrap(), report);
        let text = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    }
}
