//! Reports of differences.

use std::fmt;

/// The differences between an expected and an actual value.
#[derive(Debug, Default)]
pub(super) struct Report {
    differences: Vec<Difference>,
}

#[derive(Debug)]
struct Difference {
    part: String,
    expected: String,
    got: String,
}

impl Report {
    /// Creates a report of one difference.
    pub(super) fn of(part: &str, expected: &str, got: &str) -> Self {
        let mut report = Self::default();
        report.add(part, expected, got);
        report
    }

    pub(super) fn add(
        &mut self,
        part: impl Into<String>,
        expected: impl Into<String>,
        got: impl Into<String>,
    ) {
        let difference = Difference { part: part.into(), expected: expected.into(), got: got.into() };
        self.differences.push(difference);
    }

    /// Adds a difference unless the values are equal.
    pub(super) fn compare(&mut self, part: &str, expected: &str, got: &str) {
        if expected != got {
            self.add(part, expected, got);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in &self.differences {
            let Difference { part, expected, got } = difference;
            writeln!(
                f,
                "  {part}\n    expected: {}\n    got:      {}",
                SingleLine(expected),
                SingleLine(got)
            )?;
        }
        Ok(())
    }
}

/// Displays text on one line, to preserve the layout of the report.
struct SingleLine<'t>(&'t str);

impl fmt::Display for SingleLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            "" => f.write_str("nothing"),
            text => text.lines().enumerate().try_for_each(|(index, line)| {
                let separator = if index == 0 { "" } else { "⏎" };
                write!(f, "{separator}{line}")
            }),
        }
    }
}
