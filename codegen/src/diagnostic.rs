//! Diagnostics of errors in a model.
//!
//! A diagnostic refers to the sources by spans. The caller renders it with source text and colours.

use crate::source::Span;
use crate::text;
use std::fmt;

/// An error in a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The error message, one line without a full stop.
    pub message: String,
    /// The span of the error.
    pub span: Span,
    /// A short label for `span`.
    pub label: String,
    /// Related spans, each with a short label.
    pub related: Vec<(Span, String)>,
    /// A suggestion that fixes the error.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Creates a diagnostic. Texts of diagnostics may contain texts of the model: control and bidirectional
    /// characters are escaped, and long texts are shortened.
    ///
    /// It has no label, related spans or help.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            message: text::message(message.into()),
            span,
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// Sets the label of the span.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = text::message(label.into());
        self
    }

    /// Adds a related span with its label.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, text::message(label.into())));
        self
    }

    /// Sets the help text.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(text::message(help.into()));
        self
    }
}

/// The diagnostics of one run. Not empty if returned as an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all diagnostics of another run.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// Returns true if there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the diagnostics. They are ordered by file and position if returned as an error.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Returns `value` if there are no diagnostics.
    ///
    /// # Errors
    /// Returns the diagnostics, sorted by span, if there are any.
    pub fn into_result<T>(mut self, value: T) -> Result<T, Self> {
        if self.0.is_empty() {
            return Ok(value);
        }
        self.0.sort_by_key(|d| d.span);
        Err(self)
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "error: {}", diagnostic.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
