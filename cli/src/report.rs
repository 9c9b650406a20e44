//! Rendering of diagnostics in the style of rustc: locations, snippets and help.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use farrier_codegen::{Diagnostic, Diagnostics, FileId, Source, Span};
use std::io::IsTerminal;

/// Colours in messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No colours.
    Plain,
    /// Colours for terminals.
    Colored,
}

impl Style {
    /// Returns the style of the standard error stream.
    pub fn of_stderr() -> Self {
        let colored = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        if colored { Self::Colored } else { Self::Plain }
    }

    fn renderer(self) -> Renderer {
        match self {
            Self::Plain => Renderer::plain(),
            Self::Colored => Renderer::styled(),
        }
    }
}

/// Renders all diagnostics, then their count.
pub fn render(diagnostics: &Diagnostics, sources: &[Source], style: Style) -> String {
    let renderer = style.renderer();
    let mut text: String =
        diagnostics.iter().map(|diagnostic| render_one(&renderer, diagnostic, sources) + "\n\n").collect();
    let count = diagnostics.iter().count();
    let plural = if count == 1 { "" } else { "s" };
    text.push_str(&format!("error: {}: {count} error{plural}; nothing was written", name(sources)));
    text
}

/// Returns the name of the first source, and the number of the others.
fn name(sources: &[Source]) -> String {
    let first = sources.first().map_or("the model", Source::name);
    match sources.len() {
        0 | 1 => first.to_owned(),
        2 => format!("{first} and 1 more file"),
        count => format!("{first} and {} more files", count - 1),
    }
}

/// Renders one diagnostic without colours.
#[cfg(feature = "cli")]
pub(crate) fn render_plain(diagnostic: &Diagnostic, sources: &[Source]) -> String {
    render_one(&Style::Plain.renderer(), diagnostic, sources)
}

fn render_one(renderer: &Renderer, diagnostic: &Diagnostic, sources: &[Source]) -> String {
    let spans = &diagnostic.related;
    let mut files: Vec<FileId> = spans.iter().map(|(span, _)| span.file).collect();
    files.sort();
    files.dedup();
    files.retain(|file| *file != diagnostic.span.file);
    files.insert(0, diagnostic.span.file);
    let snippets = files.into_iter().filter_map(|file| snippet(diagnostic, file, sources));
    let title = Level::ERROR.primary_title(diagnostic.message.as_str());
    let mut group = Group::with_title(title).elements(snippets);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// Returns the snippet of a file with the spans in it.
fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    file: FileId,
    sources: &'a [Source],
) -> Option<Snippet<'a, Annotation<'a>>> {
    let source = sources.get(file.index())?;
    let annotation = |kind: AnnotationKind, span: Span, label: &'a str| {
        let annotation = kind.span(range(source.text(), span));
        if label.is_empty() { annotation } else { annotation.label(label) }
    };
    let primary = annotation(AnnotationKind::Primary, diagnostic.span, &diagnostic.label);
    let is_primary = diagnostic.span.file == file;
    let related = diagnostic.related.iter().filter(|(span, _)| span.file == file);
    let related = related.map(|(span, label)| annotation(AnnotationKind::Context, *span, label));
    let annotations = Some(primary).filter(|_| is_primary).into_iter().chain(related);
    Some(Snippet::source(source.text()).path(source.name()).annotations(annotations))
}

/// Returns the range of a span, at character boundaries of the text.
fn range(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(span.range().start);
    start..text.floor_char_boundary(span.range().end).max(start)
}
