//! Contents of a paragraph: text, code, emphasis and links.

use super::names::Names;
use std::collections::BTreeSet;

/// An item of a paragraph. Emphasis and links are never nested in themselves, and they never
/// overlap, so every Markdown parser reads them the same way.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inline {
    /// Whitespace between two words.
    Space,
    /// A hard line break.
    Break,
    /// Text without whitespace, not escaped.
    Text(String),
    /// The content of a code span.
    Code(String),
    Open(Emphasis),
    Close(Emphasis),
    OpenLink,
    /// The end of a link to a URL.
    CloseLink(String),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Emphasis {
    Strong,
    Weak,
}

/// An open emphasis or link, which the documentation may fail to close.
struct Mark {
    kind: Kind,
    /// False if it is dropped: emphasis in emphasis or code, or a relative link.
    rendered: bool,
}

#[derive(PartialEq)]
enum Kind {
    Emphasis(Emphasis),
    Link(String),
}

/// Maximum nesting depth; deeper nesting is ignored.
pub(super) const MAX_DEPTH: usize = 12;

/// A paragraph being read.
pub(super) struct Paragraph<'n> {
    /// The names to replace in code spans.
    names: &'n Names,
    /// The names that have a link already: only the first mention has one.
    linked: BTreeSet<&'n str>,
    items: Vec<Inline>,
    marks: Vec<Mark>,
    code_depth: usize,
}

impl<'n> Paragraph<'n> {
    pub(super) fn new(names: &'n Names) -> Self {
        Self { names, linked: BTreeSet::new(), items: Vec::new(), marks: Vec::new(), code_depth: 0 }
    }

    /// Closes all open marks and returns the paragraph, empty if it has no visible text.
    pub(super) fn take(&mut self) -> Vec<Inline> {
        self.code_depth = 0;
        self.close_marks(0);
        while matches!(self.items.last(), Some(Inline::Space | Inline::Break)) {
            self.items.pop();
        }
        let items = std::mem::take(&mut self.items);
        if self.names.is_empty() { items } else { self.replace_names(items) }
    }

    /// Replaces names in code spans, and links their first mention outside a link.
    fn replace_names(&mut self, items: Vec<Inline>) -> Vec<Inline> {
        let mut replaced = Vec::with_capacity(items.len());
        let mut in_link = false;
        for item in items {
            match &item {
                Inline::OpenLink => in_link = true,
                Inline::CloseLink(_) => in_link = false,
                _ => {}
            }
            let names = self.names;
            let found = if let Inline::Code(code) = &item { names.get_key_value(code) } else { None };
            let Some((key, found)) = found else {
                replaced.push(item);
                continue;
            };
            let code = Inline::Code(found.name.clone());
            match &found.target {
                Some(target) if !in_link && self.linked.insert(key) => {
                    replaced.extend([Inline::OpenLink, code, Inline::CloseLink(target.clone())]);
                }
                _ => replaced.push(code),
            }
        }
        replaced
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Adds text with decoded entities. Whitespace collapses to one space.
    pub(super) fn text(&mut self, text: &str) {
        let mut pieces = text.split(char::is_whitespace);
        if let Some(first) = pieces.next() {
            self.word(first);
        }
        for piece in pieces {
            self.space();
            self.word(piece);
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        match (self.items.last_mut(), self.code_depth > 0) {
            (Some(Inline::Code(code)), true) => code.push_str(word),
            (_, true) => self.items.push(Inline::Code(word.to_owned())),
            (Some(Inline::Text(text)), false) => text.push_str(word),
            (_, false) => {
                self.end_code();
                self.items.push(Inline::Text(word.to_owned()));
            }
        }
    }

    pub(super) fn space(&mut self) {
        if self.code_depth > 0
            && let Some(Inline::Code(code)) = self.items.last_mut()
        {
            if !code.ends_with(' ') {
                code.push(' ');
            }
            return;
        }
        self.end_code();
        let is_open = |item: &Inline| matches!(item, Inline::Open(_) | Inline::OpenLink);
        // A mark must precede a word: `** x**` is not emphasis.
        let at = self.items.iter().rposition(|item| !is_open(item)).map_or(0, |last| last + 1);
        let useful = at > 0 && !matches!(self.items[at - 1], Inline::Space | Inline::Break);
        if useful {
            self.items.insert(at, Inline::Space);
        }
    }

    pub(super) fn line_break(&mut self) {
        if self.code_depth > 0 {
            return self.space();
        }
        if self.items.last() == Some(&Inline::Space) {
            self.items.pop();
        }
        if !matches!(self.items.last(), None | Some(Inline::Break)) {
            self.items.push(Inline::Break);
        }
    }

    pub(super) fn open_code(&mut self) {
        self.code_depth += 1;
    }

    pub(super) fn close_code(&mut self) {
        self.code_depth = self.code_depth.saturating_sub(1);
        if self.code_depth == 0 {
            self.end_code();
        }
    }

    /// Moves trailing whitespace out of a code span.
    fn end_code(&mut self) {
        if let Some(Inline::Code(code)) = self.items.last_mut()
            && code.ends_with(' ')
        {
            code.pop();
            self.items.push(Inline::Space);
        }
    }

    pub(super) fn open_emphasis(&mut self, emphasis: Emphasis) {
        let nested = self.marks.iter().any(|mark| mark.rendered && matches!(mark.kind, Kind::Emphasis(_)));
        let rendered = !nested && self.code_depth == 0;
        self.open(Mark { kind: Kind::Emphasis(emphasis), rendered }, Inline::Open(emphasis));
    }

    pub(super) fn close_emphasis(&mut self, emphasis: Emphasis) {
        if let Some(at) = self.marks.iter().rposition(|mark| mark.kind == Kind::Emphasis(emphasis)) {
            self.close_marks(at);
        }
    }

    /// Opens a link. If the URL is not absolute, only the link's text is kept.
    pub(super) fn open_link(&mut self, url: &str) {
        self.close_link();
        let rendered = is_absolute(url);
        self.open(Mark { kind: Kind::Link(url.to_owned()), rendered }, Inline::OpenLink);
    }

    pub(super) fn close_link(&mut self) {
        if let Some(at) = self.marks.iter().rposition(|mark| matches!(mark.kind, Kind::Link(_))) {
            self.close_marks(at);
        }
    }

    fn open(&mut self, mark: Mark, item: Inline) {
        if self.marks.len() >= MAX_DEPTH {
            return;
        }
        if mark.rendered {
            self.end_code();
            self.items.push(item);
        }
        self.marks.push(mark);
    }

    /// Closes the marks from the innermost to the one at `outermost`, so that none overlap.
    fn close_marks(&mut self, outermost: usize) {
        self.end_code();
        for mark in self.marks.split_off(outermost.min(self.marks.len())).into_iter().rev() {
            if !mark.rendered {
                continue;
            }
            let spaced = self.items.last() == Some(&Inline::Space);
            if spaced {
                self.items.pop();
            }
            match (self.items.last(), mark.kind) {
                (Some(Inline::Open(_) | Inline::OpenLink), _) => {
                    self.items.pop();
                }
                (_, Kind::Emphasis(emphasis)) => self.items.push(Inline::Close(emphasis)),
                (_, Kind::Link(url)) => self.items.push(Inline::CloseLink(url)),
            }
            if spaced {
                self.space();
            }
        }
    }
}

fn is_absolute(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let host = lower.strip_prefix("https://").map(|_| 8).or(lower.strip_prefix("http://").map(|_| 7));
    host.is_some_and(|host| url.len() > host)
}

#[cfg(test)]
mod tests {
    use super::*;

    static NAMES: Names = Names::new();

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    #[test]
    fn moves_whitespace_out_of_marks_and_code() {
        let mut paragraph = Paragraph::new(&NAMES);
        paragraph.text("a");
        paragraph.open_emphasis(Emphasis::Strong);
        paragraph.text(" b ");
        paragraph.close_emphasis(Emphasis::Strong);
        paragraph.open_code();
        paragraph.text(" c  d ");
        paragraph.close_code();
        paragraph.text("e");
        let expected = [
            text("a"),
            Inline::Space,
            Inline::Open(Emphasis::Strong),
            text("b"),
            Inline::Close(Emphasis::Strong),
            Inline::Space,
            Inline::Code("c d".into()),
            Inline::Space,
            text("e"),
        ];
        assert_eq!(paragraph.take(), expected);
    }

    #[test]
    fn closes_marks_in_order_and_drops_empty_ones() {
        let mut paragraph = Paragraph::new(&NAMES);
        paragraph.open_link("https://x.y");
        paragraph.open_emphasis(Emphasis::Weak);
        paragraph.text("a");
        paragraph.close_link();
        paragraph.close_emphasis(Emphasis::Weak);
        paragraph.open_emphasis(Emphasis::Strong);
        let expected = [
            Inline::OpenLink,
            Inline::Open(Emphasis::Weak),
            text("a"),
            Inline::Close(Emphasis::Weak),
            Inline::CloseLink("https://x.y".into()),
        ];
        assert_eq!(paragraph.take(), expected);
    }

    #[test]
    fn relative_links_are_text() {
        for url in ["", "#top", "api/Foo.html", "//x.y", "https://", "mailto:a@b.c", "javascript:x"] {
            let mut paragraph = Paragraph::new(&NAMES);
            paragraph.open_link(url);
            paragraph.text("a");
            paragraph.close_link();
            assert_eq!(paragraph.take(), [text("a")], "{url}");
        }
    }
}
