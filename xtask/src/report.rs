//! Rendering of diagnostics in the style of rustc: location, snippet and help.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use farrier_codegen::{Diagnostic, Diagnostics, Span};
use std::io::IsTerminal;

/// Renders all diagnostics, then their count.
pub(crate) fn render(diagnostics: &Diagnostics, path: &str, source: &str) -> String {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text: String = diagnostics
        .iter()
        .map(|diagnostic| render_one(&renderer, diagnostic, path, source) + "\n\n")
        .collect();
    let count = diagnostics.iter().count();
    let plural = if count == 1 { "" } else { "s" };
    text.push_str(&format!("error: {path}: {count} error{plural}; nothing was written"));
    text
}

fn render_one(renderer: &Renderer, diagnostic: &Diagnostic, path: &str, source: &str) -> String {
    let range = |span: Span| {
        let start = source.floor_char_boundary(span.start);
        start..source.floor_char_boundary(span.end).max(start)
    };
    let mut snippet = Snippet::source(source).path(path);
    let primary = AnnotationKind::Primary.span(range(diagnostic.span));
    snippet = snippet.annotation(if diagnostic.label.is_empty() {
        primary
    } else {
        primary.label(diagnostic.label.as_str())
    });
    for (span, label) in &diagnostic.related {
        snippet = snippet.annotation(AnnotationKind::Context.span(range(*span)).label(label.as_str()));
    }
    let mut group = Level::ERROR.primary_title(diagnostic.message.as_str()).element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}
