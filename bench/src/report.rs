//! The data of a report: rows, skipped measurements and curves.

use crate::conditions::Conditions;
use crate::error::Error;
use crate::ratio::Ratio;
use crate::sample::{Runs, Sample};
use crate::unit::Unit;
use serde::{Deserialize, Serialize, Serializer};
use std::fs;
use std::path::Path;

/// The file name of the data, in the report's directory.
pub(crate) const JSON: &str = "report.json";

/// All sections, in the order of the benchmarks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) sections: Vec<Section>,
}

/// The results of one benchmark.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Section {
    /// The benchmark's name.
    pub(crate) name: String,
    /// A description of the measurement.
    pub(crate) about: String,
    pub(crate) conditions: Conditions,
    pub(crate) rows: Vec<Row>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) curves: Vec<Curve>,
}

/// A figure of ours, compared with the peer's.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) unit: Unit,
    pub(crate) ours: Sample,
    pub(crate) peer: Option<Peer>,
}

/// The peer's name and figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Peer {
    pub(crate) name: String,
    pub(crate) sample: Sample,
}

/// A measurement that was skipped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Skipped {
    pub(crate) name: String,
    pub(crate) reason: String,
}

/// One figure as a function of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Curve {
    pub(crate) name: String,
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) points: Vec<(f64, f64)>,
}

impl Row {
    /// Returns the ratio of our figure to the peer's, if there is a peer.
    pub(crate) fn ratio(&self) -> Option<Ratio> {
        Ratio::of(&self.ours, &self.peer.as_ref()?.sample)
    }
}

/// Adds the ratio for other readers of the file. It is not deserialized, since it follows from the samples.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'a> {
            name: &'a str,
            unit: Unit,
            ours: &'a Sample,
            peer: Option<&'a Peer>,
            ratio: Option<Ratio>,
        }
        let Self { name, unit, ours, peer } = self;
        Written { name, unit: *unit, ours, peer: peer.as_ref(), ratio: self.ratio() }.serialize(serializer)
    }
}

impl Section {
    /// Adds a row with the runs' figure `figure`, if they have it.
    pub(crate) fn add(&mut self, name: impl Into<String>, unit: Unit, figure: &str, runs: &Runs, peer: &str) {
        let Some(ours) = Sample::of(&runs.ours, figure) else { return };
        let peer = Sample::of(&runs.peer, figure).map(|sample| Peer { name: peer.to_owned(), sample });
        self.rows.push(Row { name: name.into(), unit, ours, peer });
    }

    /// Records a skipped measurement.
    pub(crate) fn skip(&mut self, name: impl Into<String>, reason: impl Into<String>) {
        self.skipped.push(Skipped { name: name.into(), reason: reason.into() });
    }

    /// Converts [`Error::Missing`] to `None` and records the measurement as skipped.
    pub(crate) fn or_skip<T>(&mut self, name: &str, result: Result<T, Error>) -> Result<Option<T>, Error> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Error::Missing(reason)) => {
                self.skip(name, reason);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

impl Report {
    /// Loads the report of an earlier run, or an empty one if there is none.
    pub(crate) fn load(dir: &Path) -> Result<Self, Error> {
        match Self::read(&dir.join(JSON)) {
            Err(Error::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                Ok(Self::default())
            }
            Err(Error::Report { path, source }) => Err(Error::Read {
                path,
                source: std::io::Error::other(format!("{source}; delete it and run all benchmarks")),
            }),
            result => result,
        }
    }

    /// Reads a report file.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let text =
            fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        serde_json::from_str(&text).map_err(|source| Error::Report { path: path.to_owned(), source })
    }

    /// Adds or replaces a section. `order` is the names of all sections.
    pub(crate) fn insert(&mut self, section: Section, order: &[&str]) {
        self.sections.retain(|old| old.name != section.name);
        self.sections.push(section);
        self.sections.sort_by_key(|section| order.iter().position(|name| *name == section.name));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::sample::Figures;

    /// A row with a figure of ours and of the peer.
    pub(crate) fn row(ours: f64, peer: Option<f64>) -> Row {
        let sample = |figure| Sample::new([figure]).unwrap();
        Row {
            name: "instructions".to_owned(),
            unit: Unit::Count,
            ours: sample(ours),
            peer: peer.map(|figure| Peer { name: "the-peer".to_owned(), sample: sample(figure) }),
        }
    }

    /// A section with these rows.
    pub(crate) fn section(name: &str, rows: Vec<Row>) -> Section {
        Section { name: name.to_owned(), rows, ..Section::default() }
    }

    #[test]
    fn replaces_a_section_of_the_same_name() {
        let order = ["build", "call"];
        let mut report = Report::default();
        report.insert(section("call", vec![row(1.0, None)]), &order);
        report.insert(section("build", vec![]), &order);
        report.insert(section("call", vec![row(2.0, None)]), &order);
        let names: Vec<_> = report.sections.iter().map(|section| section.name.as_str()).collect();
        assert_eq!(names, order);
        assert_eq!(report.sections[1].rows, [row(2.0, None)]);
    }

    #[test]
    fn loads_an_empty_report_only_if_the_file_is_missing() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Report::load(dir.path()).unwrap(), Report::default());
        fs::write(dir.path().join(JSON), "{").unwrap();
        let error = Report::load(dir.path()).unwrap_err().to_string();
        assert!(error.ends_with("delete it and run all benchmarks"), "{error}");
        fs::write(dir.path().join(JSON), [0xff]).unwrap();
        assert!(matches!(Report::load(dir.path()), Err(Error::Read { .. })));
    }

    #[test]
    fn skips_missing_requirements_and_returns_other_errors() {
        let mut section = section("call", vec![]);
        let missing = section.or_skip("instructions", Err::<(), _>(Error::Missing("no valgrind".to_owned())));
        assert_eq!(missing.unwrap(), None);
        assert_eq!(section.skipped[0].reason, "no valgrind");
        let failed = Error::Run { program: "x".into(), source: std::io::ErrorKind::NotFound.into() };
        section.or_skip("instructions", Err::<(), _>(failed)).unwrap_err();
    }

    #[test]
    fn adds_rows_for_figures_of_the_runs() {
        let run = |cpu: f64| Figures::from([("cpu".to_owned(), cpu)]);
        let mut section = section("build", vec![]);
        let runs = Runs { ours: vec![run(1.0), run(3.0)], peer: vec![run(4.0)] };
        section.add("CPU", Unit::Seconds, "cpu", &runs, "the-peer");
        section.add("wall", Unit::Seconds, "wall", &Runs::ours(vec![run(1.0)]), "the-peer");
        assert_eq!(section.rows.len(), 1);
        assert_eq!(section.rows[0].ratio().unwrap().medians, 0.5);
    }

    #[test]
    fn serializes_the_ratio_and_deserializes_with_or_without_it() {
        let report = Report { sections: vec![section("call", vec![row(1.0, Some(4.0)), row(1.0, None)])] };
        let mut data = serde_json::to_value(&report).unwrap();
        let rows = data["sections"][0]["rows"].as_array_mut().unwrap();
        assert_eq!(rows[0]["ratio"], serde_json::json!({"medians": 0.25, "min": 0.25, "max": 0.25}));
        assert!(rows[1]["ratio"].is_null());
        let without = rows.iter_mut().map(|row| row.as_object_mut().unwrap().remove("ratio"));
        assert_eq!(without.count(), 2);
        assert_eq!(serde_json::from_value::<Report>(data).unwrap(), report);
        let text = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    }
}
